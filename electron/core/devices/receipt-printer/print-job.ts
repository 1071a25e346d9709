import type { PrinterLine } from './printer-line.ts'

/** How a printer is, as far as it says. `silent`: it answers no question, and is taken to be well. */
export type PrinterCondition = 'well' | 'silent' | 'paper-low' | 'paper-out' | 'cover-open' | 'fault'

export interface Patience {
  /** For a connection. */
  readonly connect: number
  /** For an answer to a question about its state. */
  readonly answer: number
  /** For a printer that takes no byte more. */
  readonly stall: number
  /** For the answer that comes after the last line is printed. */
  readonly end: number
}
export const usualPatience: Patience = { connect: 3000, answer: 1500, stall: 15_000, end: 4000 }

/** DLE EOT: answered at once, whatever is being printed. 2 tells why it is offline, 4 of the paper. */
const askState = (about: 2 | 4) => Uint8Array.of(0x10, 0x04, about)
/** GS r 1: answered in its turn, after what was sent before it. */
const askAtEnd = Uint8Array.of(0x1d, 0x72, 1)

/** Every answer to DLE EOT has these bits fixed (bits 0 and 7 clear, 1 and 4 set). */
const isAnswer = (byte: number) => (byte & 0b1001_0011) === 0b0001_0010

async function ask(line: PrinterLine, about: 2 | 4, patience: Patience): Promise<number | null> {
  await line.write(askState(about), patience.stall)
  for (;;) {
    const byte = await line.read(patience.answer)
    if (byte === null || isAnswer(byte)) return byte
  }
}

/** Asks a printer how it is. Rejects where the line breaks. */
export async function conditionOf(line: PrinterLine, patience: Patience): Promise<PrinterCondition> {
  const offline = await ask(line, 2, patience)
  if (offline === null) return 'silent'
  const paper = await ask(line, 4, patience)
  if ((offline & 0x20) !== 0 || (paper !== null && (paper & 0x60) !== 0)) return 'paper-out'
  if ((offline & 0x04) !== 0) return 'cover-open'
  if ((offline & 0x40) !== 0) return 'fault'
  return paper !== null && (paper & 0x0c) !== 0 ? 'paper-low' : 'well'
}

export const stops = (condition: PrinterCondition): boolean =>
  condition === 'paper-out' || condition === 'cover-open' || condition === 'fault'

/** `not-begun`: no byte of it was sent. `unsure`: it stopped in the middle, or nobody knows how far it came. */
export type PrintOutcome = 'printed' | 'unsure' | 'not-begun'

/**
 * Prints one job on an open line, once, and closes the line. A printer that tells its state is asked before and after: out of paper before is
 * `not-begun`, out of paper after is `unsure`. Of one that tells nothing, what it took counts as printed.
 */
export async function printJob(
  line: PrinterLine,
  job: Uint8Array,
  patience: Patience,
): Promise<{ outcome: PrintOutcome; condition: PrinterCondition | 'gone'; detail?: string }> {
  let outcome: PrintOutcome = 'not-begun'
  try {
    const before = await conditionOf(line, patience)
    if (stops(before)) {
      await line.close().catch(() => undefined)
      return { outcome, condition: before }
    }
    outcome = 'unsure'
    await line.write(job, patience.stall)
    if (before === 'silent') {
      await line.close()
      return { outcome: 'printed', condition: before }
    }
    await line.write(askAtEnd, patience.stall)
    const done = await line.read(patience.end)
    const after = await conditionOf(line, patience)
    await line.close()
    // Many printers know no GS r: then that it is well and answers has to do.
    const stopped = stops(after) || (done === null && after === 'silent')
    return { outcome: stopped ? 'unsure' : 'printed', condition: after }
  } catch (error) {
    await line.close().catch(() => undefined)
    return { outcome, condition: 'gone', detail: error instanceof Error ? error.message : String(error) }
  }
}

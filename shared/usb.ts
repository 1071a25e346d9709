import { z } from 'zod'
import { type Anchor, anchor } from './anchor.ts'
import { type Envelope, envelope } from './envelope.ts'
import { bytes32, terminalId } from './ids.ts'
import { type FeedName, feedName, historyBody, historyReply, pullReply, pushBody, pushReply } from './province-api.ts'

/**
 * The same exchange as over HTTP, on a stick: a file out with all that waits, a file back with what the province says to it. Both are
 * lines of JSON, each a signed and sealed envelope (docs/province-link.md). An envelope on a stick may be weeks late and may come twice, so that
 * nothing here is fresh by its counter: all of it may be repeated, and says itself what it goes on from.
 */

/** The folder on the stick. */
export const usbFolder = 'aixin'
export const outName = (terminal: string) => `${terminal}.to-province.aixin`
export const backName = (terminal: string) => `${terminal}.from-province.aixin`
/** What the province holds now, readable by anybody: an anchor for `aixin verify --anchor`. */
export const receiptName = (terminal: string) => `${terminal}.receipt.json`

/** The terminal whose file out has this name; null for any other file. */
export function terminalOfOut(name: string): string | null {
  const found = /^([A-Za-z0-9][A-Za-z0-9._-]{0,63})\.to-province\.aixin$/.exec(name)
  return found?.[1] ?? null
}

/** A file is named by the nonce of its first envelope. */
const fileId = z.string().regex(/^[A-Za-z0-9_-]{16,86}$/)

/** First line out, kind `usb-open`. `history`: what the terminal lost and asks back, if anything. */
export const usbOpen = z.strictObject({ history: historyBody.nullable() })
export type UsbOpen = z.input<typeof usbOpen>
const ledgerPlace = z.strictObject({ generation: z.int().nonnegative(), seq: z.int().nonnegative() })
/**
 * A line of records, kind `usb-records`: each goes on where the one before ended. `after`: up to where the province had acknowledged, so that one
 * that lost some of that knows it from a file that lacks a line.
 */
export const usbRecords = z.strictObject({ file: fileId, push: pushBody, after: ledgerPlace.optional() })
export type UsbRecords = z.input<typeof usbRecords>
const cursors = z.record(feedName, z.string().nullable())
/** Last line out, kind `usb-end`: without it the file is cut off. `cursors`: from where each feed goes on. */
export const usbEnd = z.strictObject({ file: fileId, cursors })
export type UsbEnd = z.infer<typeof usbEnd>

/** The lines back: each answers the file by its id, in `replyTo` of the envelope. */
export const usbHistory = z.strictObject({ after: ledgerPlace, reply: historyReply })
export type UsbHistory = z.input<typeof usbHistory>
/** `last`: the last record of the line that this answers. */
export const usbPushed = z.strictObject({ generation: z.int().positive(), last: z.int().positive(), reply: pushReply })
export type UsbPushed = z.input<typeof usbPushed>
/** `from`: the cursor that the page goes on from; at any other place of the feed it is not taken. */
export const usbPage = z.strictObject({ from: z.string().nullable(), page: pullReply })
export type UsbPage = z.input<typeof usbPage>
/** The newest record that the province holds of a terminal. */
export const usbHead = z.object({
  terminal: terminalId,
  generation: z.int().positive(),
  seq: z.int().positive(),
  hash: bytes32,
})
/** Last line back. `head`: the newest record that the province holds; `at`: its clock (ms). */
export const usbClosed = z.strictObject({ head: usbHead.nullable(), at: z.int().nonnegative() })
export type UsbClosed = z.infer<typeof usbClosed>

export const backKinds = {
  'usb-history': usbHistory,
  'usb-pushed': usbPushed,
  'usb-page': usbPage,
  'usb-closed': usbClosed,
} as const
export type BackKind = keyof typeof backKinds

/** Where the answer to one line out stands: `{}` at its beginning. It goes back to the province as it came, and grants nothing. */
export const usbPlace = z.strictObject({
  history: ledgerPlace.optional(),
  feed: feedName.optional(),
  cursor: z.string().nullable().optional(),
  /** No more pages: the closing line. */
  close: z.literal(true).optional(),
})
export type UsbPlace = z.infer<typeof usbPlace>

/**
 * What the province says to one line out: a line back if there is one, and where the answer goes on, null where it is over. With the
 * closing line comes the receipt in the open.
 */
export const usbAnswer = z.strictObject({
  line: envelope.nullable(),
  next: usbPlace.nullable(),
  receipt: anchor.nullable(),
})
export type UsbAnswer = z.infer<typeof usbAnswer>

/** POST /v1/usb, by whoever carries a file: one line of it, from a place of its answer on. */
export const usbAsk = z.strictObject({ line: z.unknown(), place: usbPlace })

/** The feed after this one, in the order in which feeds are brought up to date. */
export function feedAfter(feed: FeedName): FeedName | undefined {
  return feedName.options[feedName.options.indexOf(feed) + 1]
}

/** A line of a file as it stands there; `ended` false for a last one that no line feed ends. */
export interface FileLine {
  readonly text: string
  readonly ended: boolean
}

/** The lines of a file as they stand, from its pieces. */
export async function* linesIn(pieces: AsyncIterable<unknown>): AsyncGenerator<FileLine> {
  let rest = ''
  for await (const piece of pieces) {
    const parts = (rest + String(piece)).split('\n')
    rest = parts.pop() ?? ''
    for (const text of parts) yield { text, ended: true }
  }
  if (rest !== '') yield { text: rest, ended: false }
}

/** The envelope that a line holds; undefined where it holds none. */
export function envelopeOn(text: string): Envelope | undefined {
  try {
    return envelope.safeParse(JSON.parse(text)).data
  } catch {
    // What it is instead of JSON does not matter.
    return undefined
  }
}

/** Whether a file out is whole, as far as that shows without its keys: the name of its terminal, or what is wrong. */
export async function senderOf(
  lines: AsyncIterable<FileLine>,
): Promise<{ terminal: string } | 'USB_CUT' | 'USB_DAMAGED'> {
  let last: Envelope | null = null
  for await (const { text, ended } of lines) {
    const found = envelopeOn(text)
    if (found === undefined) return ended ? 'USB_DAMAGED' : 'USB_CUT'
    if (last !== null && found.from !== last.from) return 'USB_DAMAGED'
    last = found
  }
  return last?.kind === 'usb-end' ? { terminal: last.from } : 'USB_CUT'
}

/**
 * Takes the lines of a file to the province one by one, and gives what comes back, until the room (bytes) is used up; the closing line
 * always has its place. `ask` throws what the province refuses.
 */
export async function* answersTo(
  lines: AsyncIterable<FileLine>,
  room: number,
  ask: (line: Envelope, place: UsbPlace) => Promise<UsbAnswer>,
  onReceipt: (receipt: Anchor) => void,
): AsyncGenerator<string> {
  let left = room - closingRoom
  for await (const { text } of lines) {
    const line = envelopeOn(text)
    for (let place: UsbPlace | null = {}; line && place !== null; ) {
      const answer: UsbAnswer = await ask(line, place)
      const said = answer.line === null ? '' : JSON.stringify(answer.line)
      const fits: boolean = said.length < left || place.close === true
      if (said !== '' && fits) {
        left -= said.length + 1
        yield said
      }
      if (answer.receipt !== null) onReceipt(answer.receipt)
      // What did not fit is said to the next file: nothing is lost by leaving it out.
      place = fits || answer.next === null ? answer.next : { close: true }
    }
  }
}

/** More than the closing line ever takes. */
const closingRoom = 4096

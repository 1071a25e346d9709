import { createHash } from 'node:crypto'
import {
  closeSync,
  createReadStream,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { Anchor } from '../shared/anchor.ts'
import { canonicalJson } from '../shared/canonical-json.ts'
import {
  answersTo,
  backName,
  type FileLine,
  linesIn,
  outName,
  receiptName,
  senderOf,
  terminalOfOut,
  usbFolder,
} from '../shared/usb.ts'
import { complain, readWords, sayUndecided } from './command-words.ts'
import { type Database, openDatabase } from './database.ts'
import { type Keyring, openKeyring } from './keys.ts'
import { Refusal } from './refusals.ts'
import { answerUsb } from './usb.ts'

export const usbUsage = `node province/main.ts usb FOLDER --database-url URL
  takes what terminals wrote to a stick, and writes the answers beside it (docs/province-link.md)
  收下终端写在优盘上的文件，并把回件写在旁边`

const options = { 'database-url': { type: 'string' } } as const
/** Left free on the stick (bytes). */
const spare = 256 * 1024

/** The words after `usb`. Resolves to the exit code: 0 every file was answered, 1 one was not, 2 wrong use. */
export async function usbCommand(words: readonly string[]): Promise<number> {
  const read = readWords(words, options)
  if (typeof read === 'string') return complain(`用法不对：${read}`, `${read}\n${usbUsage}`, 2)
  const [folder, more] = read.positionals
  const url = read.values['database-url'] ?? process.env.AIXIN_DATABASE_URL
  if (folder === undefined || more !== undefined || url === undefined)
    return complain('缺 FOLDER 或 --database-url URL', `FOLDER or --database-url is missing\n${usbUsage}`, 2)
  let terminals: string[]
  try {
    terminals = readdirSync(join(folder, usbFolder)).flatMap(name => terminalOfOut(name) ?? [])
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return complain(
      `优盘上没有 ${usbFolder} 文件夹：${detail}`,
      `there is no folder ${usbFolder} on the stick: ${detail}`,
      1,
    )
  }
  if (terminals.length === 0)
    return complain(
      `${folder} 上没有终端写的文件，请核对优盘`,
      `no file of a terminal is on ${folder}; check the stick`,
      1,
    )
  const database = await openDatabase(url)
  try {
    const keys = await openKeyring(database)
    let exitCode = 0
    for (const terminal of terminals) {
      const failure = await answerFile(database, keys, join(folder, usbFolder), terminal)
      if (failure !== null) exitCode = complain(`${terminal}：${failure.zh}`, `${terminal}: ${failure.en}`, 1)
      if (failure !== null && byHand.has(failure.code ?? ''))
        complain('这份文件可用 take-file 收下，由人决定', 'take-file takes this file, for a person to decide', 1)
      if (failure === null) console.log(`${terminal}：已收下，回件写在优盘上 / taken; the answer is on the stick`)
    }
    return exitCode
  } finally {
    await database.close()
  }
}

type Failure = { readonly code?: string; readonly zh: string; readonly en: string }

/** Files that a person may take in by hand. A terminal that was enrolled anew wrote older ones under other keys. */
const byHand: ReadonlySet<string> = new Set(['TERMINAL_STRUCK_OFF', 'USB_OLDER_GENERATION', 'USB_DAMAGED'])

async function answerFile(
  database: Database,
  keys: Keyring,
  folder: string,
  terminal: string,
): Promise<Failure | null> {
  const path = join(folder, outName(terminal))
  try {
    const sender = await senderOf(linesOf(path))
    if (sender === 'USB_CUT') return new Refusal('USB_CUT').body
    if (sender === 'USB_DAMAGED') return new Refusal('USB_DAMAGED').body
    const { bavail, bsize } = statfsSync(folder)
    let receipt: Anchor | null = null
    const answers = answersTo(
      linesOf(path),
      bavail * bsize - spare,
      (line, place) => answerUsb(database, keys, line, place, sayUndecided),
      given => {
        receipt = given
      },
    )
    await writeWhole(join(folder, backName(sender.terminal)), answers)
    if (receipt !== null) await writeWhole(join(folder, receiptName(sender.terminal)), [canonicalJson(receipt)])
    return null
  } catch (error) {
    if (error instanceof Refusal) return error.body
    if (!(error instanceof ReadsOtherwise) && !(error instanceof Error && 'syscall' in error)) throw error
    return {
      zh: `优盘读写不了（${error.message}），请换一个优盘`,
      en: `the stick cannot be read or written (${error.message}): take another`,
    }
  }
}

function linesOf(path: string): AsyncGenerator<FileLine> {
  return linesIn(createReadStream(path, { encoding: 'utf8' }))
}

class ReadsOtherwise extends Error {
  override readonly message = 'read back'
}

/** Under another name until it is whole, so that a stick that is pulled out early holds no half answer; read back and compared. */
async function writeWhole(path: string, lines: AsyncIterable<string> | Iterable<string>): Promise<void> {
  const unfinished = `${path}.unfinished`
  const written = createHash('sha256')
  try {
    const file = openSync(unfinished, 'w')
    try {
      for await (const line of lines) {
        writeSync(file, `${line}\n`)
        written.update(`${line}\n`)
      }
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(unfinished, path)
  } catch (error) {
    rmSync(unfinished, { force: true })
    throw error
  }
  const back = createHash('sha256').update(readFileSync(path)).digest('hex')
  if (back !== written.digest('hex')) throw new ReadsOtherwise()
}

import { writeFileSync } from 'node:fs'
import type { Anchor } from '../../../shared/anchor.ts'
import { canonicalJson } from '../../../shared/canonical-json.ts'
import { provinceRefusal } from '../../../shared/province-api.ts'
import { answersTo, backName, outName, receiptName, senderOf, terminalOfOut, usbAnswer } from '../../../shared/usb.ts'
import { noticeLines } from '../notice-lines.ts'
import { isSystemError, linesOn, namesOnStick, onStick, ReadsOtherwise, roomOn, writeWhole } from './stick.ts'

const patience = 60_000

/** What the province, or the way to it, says instead of an answer; in both languages. */
class NotCarried extends Error {
  readonly lines: readonly string[]
  constructor(lines: readonly string[]) {
    super(lines[1] ?? '')
    this.lines = lines
  }
}

/**
 * Carries the files of any terminals on a stick to the province over HTTP, and writes the answers beside them. Needs no key: who carries
 * sees none of what is inside. Exit code 0 where each file was answered.
 */
export async function carry(folder: string, address: string): Promise<{ lines: string[]; exitCode: 0 | 1 }> {
  const told: string[] = []
  try {
    const terminals = namesOnStick(folder).flatMap(name => terminalOfOut(name) ?? [])
    if (terminals.length === 0)
      return {
        lines: [`${folder} 上没有终端写的文件，请核对优盘 / no file of a terminal is on ${folder}; check the stick`],
        exitCode: 1,
      }
    let exitCode: 0 | 1 = 0
    for (const terminal of terminals) {
      const refused = await carryOne(folder, terminal, address)
      told.push(
        `${terminal}：${refused?.join(' / ') ?? '已处理，回件写在优盘上 / answered; the answer is on the stick'}`,
      )
      if (refused !== null) exitCode = 1
    }
    return { lines: told, exitCode }
  } catch (error) {
    const detail = error instanceof ReadsOtherwise ? 'read back' : isSystemError(error) ? error.code : null
    if (detail === null) throw error
    return { lines: [...told, ...noticeLines({ code: 'USB_UNWRITABLE', values: { detail } })], exitCode: 1 }
  }
}

async function carryOne(folder: string, terminal: string, address: string): Promise<readonly string[] | null> {
  const path = onStick(folder, outName(terminal))
  const sender = await senderOf(linesOn(path))
  if (sender === 'USB_CUT' || sender === 'USB_DAMAGED') return noticeLines({ code: sender, values: {} })
  let receipt: Anchor | null = null
  const answers = answersTo(
    linesOn(path),
    roomOn(folder),
    (line, place) => post(address, { line, place }),
    given => {
      receipt = given
    },
  )
  try {
    await writeWhole(onStick(folder, backName(sender.terminal)), answers)
  } catch (error) {
    if (error instanceof NotCarried) return error.lines
    throw error
  }
  if (receipt !== null) writeFileSync(onStick(folder, receiptName(sender.terminal)), `${canonicalJson(receipt)}\n`)
  return null
}

async function post(address: string, body: unknown): Promise<ReturnType<typeof usbAnswer.parse>> {
  let status: number
  let json: unknown
  try {
    const response = await fetch(new URL('/v1/usb', address), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(patience),
      redirect: 'error',
    })
    status = response.status
    json = await response.json()
  } catch {
    // Cut, refused, or no JSON: to who carries it is the same, there is no province just now.
    throw new NotCarried([
      '平台连不上，优盘上的文件没有动，联网后再试',
      'the province cannot be reached; the stick is as it was: try again with a network',
    ])
  }
  if (status === 200) return usbAnswer.parse(json)
  const refusal = provinceRefusal.safeParse(json)
  throw new NotCarried(
    refusal.success
      ? [refusal.data.zh, `${refusal.data.en} [${refusal.data.code}]`]
      : [`平台回答 ${status}`, `the province answers ${status}`],
  )
}

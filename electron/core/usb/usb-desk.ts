import { existsSync } from 'node:fs'
import { z } from 'zod'
import type { Anchor } from '../../../shared/anchor.ts'
import type { ProblemCode } from '../../../shared/problems.ts'
import type { Notice } from '../../../shared/terminal-api.ts'
import { backName, outName } from '../../../shared/usb.ts'
import { acknowledged } from '../sync/acknowledged.ts'
import type { Enrolment } from '../sync/enrol.ts'
import type { SyncLoop } from '../sync/sync-loop.ts'
import { type BroughtBack, type FileInParts, fileIn } from './file-in.ts'
import { type FileOutParts, fileOut, type Reach } from './file-out.ts'
import { isSystemError, namesOnStick, onStick, ReadsOtherwise, roomOn, writeWhole } from './stick.ts'

const lastOut = z.strictObject({ at: z.int(), records: z.int(), left: z.int() })
const lastBack = z.strictObject({ at: z.int(), upToDate: z.boolean() })

/** When a stick was written and read last. `records`: sales and the like on it; `left`: those it had no room for. */
export interface UsbView {
  readonly out: z.infer<typeof lastOut> | null
  readonly back: z.infer<typeof lastBack> | null
}

type Refused = { readonly ok: false; readonly notice: Notice }
export type OutResult = { readonly ok: true; readonly records: number; readonly left: number } | Refused
/** `anchor`: the newest record that the province holds, for `aixin verify --anchor`. */
export type BackResult = { readonly ok: true; readonly brought: BroughtBack; readonly anchor: Anchor | null } | Refused

export interface UsbDesk {
  view(): UsbView
  /** Writes all that waits to a folder that is a stick. */
  out(folder: string): Promise<OutResult>
  /** Takes the province's answer from it. */
  back(folder: string): Promise<BackResult>
}

type Parts = Omit<FileInParts & FileOutParts, 'enrolment'> & {
  readonly sync: Pick<SyncLoop, 'enrolment' | 'between'>
  /** The province wrote the stick at this time (ms) of its own clock. */
  onDate(provinceAt: number): void
}

const refuse = (code: ProblemCode, values: Notice['values'] = {}): Refused => ({ ok: false, notice: { code, values } })

/** The exchange with the province by a stick: the same as over HTTP, between two rounds of it. */
export function createUsbDesk(parts: Parts): UsbDesk {
  const { documents, ledger, sync } = parts

  async function write(enrolment: Enrolment, folder: string): Promise<OutResult> {
    const waiting = ledger.unsent(acknowledged(documents)).count
    let reach: Reach = acknowledged(documents)
    const file = onStick(folder, outName(enrolment.terminal))
    const lines = fileOut({ ...parts, enrolment }, roomOn(folder), to => {
      reach = to
    })
    const first = await lines.next()
    if (first.done) return refuse('USB_FULL')
    await writeWhole(file, withFirst(first.value, lines))
    const left = ledger.unsent(reach).count
    const records = Math.max(0, waiting - left)
    documents.write('usb-out', { at: parts.now(), records, left } satisfies UsbView['out'])
    return { ok: true, records, left }
  }

  async function read(enrolment: Enrolment, folder: string, noteFork: (found: boolean) => void): Promise<BackResult> {
    const doubt = parts.clockDoubt()
    if (doubt !== null) return { ok: false, notice: doubt }
    const path = onStick(folder, backName(enrolment.terminal))
    if (!existsSync(path)) return nothingOn(folder, enrolment.terminal)
    const result = await fileIn({ ...parts, enrolment }, path)
    if (!result.ok) {
      if (result.problem === 'CHAIN_FORKED') noteFork(true)
      return refuse(result.problem, result.values)
    }
    const { brought } = result
    parts.onDate(brought.closed.at)
    if (brought.forked) noteFork(true)
    documents.write('usb-back', { at: parts.now(), upToDate: brought.upToDate } satisfies UsbView['back'])
    const { head, at } = brought.closed
    return { ok: true, brought, anchor: head && { v: 1, source: 'usb', ...head, at } }
  }

  /** Words for what a stick or a system says; anything else is a fault of this program. */
  async function guarded<T>(work: () => Promise<T>): Promise<T | Refused> {
    try {
      return await work()
    } catch (error) {
      if (error instanceof ReadsOtherwise) return refuse('USB_UNWRITABLE', { detail: 'read back' })
      if (!isSystemError(error)) throw error
      if (error.code === 'ENOSPC' || error.code === 'EFBIG') return refuse('USB_FULL')
      return refuse(error.code === 'ENOENT' ? 'USB_GONE' : 'USB_UNWRITABLE', { detail: error.code })
    }
  }

  const withEnrolment = <T>(work: (enrolment: Enrolment, noteFork: (found: boolean) => void) => Promise<T>) =>
    guarded<T | Refused>(async () => {
      const enrolment = sync.enrolment()
      return enrolment ? await sync.between(noteFork => work(enrolment, noteFork)) : refuse('NOT_ENROLLED')
    })

  return {
    view: () => ({ out: documents.read('usb-out', lastOut), back: documents.read('usb-back', lastBack) }),
    out: folder => withEnrolment(enrolment => write(enrolment, folder)),
    back: folder => withEnrolment((enrolment, noteFork) => read(enrolment, folder, noteFork)),
  }
}

async function* withFirst(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield first
  yield* rest
}

function nothingOn(folder: string, terminal: string): Refused {
  const names = namesOnStick(folder)
  if (names.includes(outName(terminal))) return refuse('USB_NOT_ANSWERED')
  const others = names.flatMap(name => /^(.+)\.from-province\.aixin$/.exec(name)?.[1] ?? [])
  return others[0] === undefined ? refuse('USB_EMPTY') : refuse('USB_OTHER_TERMINAL', { terminal: others.join(' ') })
}

import { z } from 'zod'
import { fromBase64Url } from '../../../shared/bytes.ts'
import { unwrap } from '../../../shared/envelope.ts'
import type { ProblemCode } from '../../../shared/problems.ts'
import { type FeedName, feedName } from '../../../shared/province-api.ts'
import type { Suite } from '../../../shared/suite.ts'
import {
  type BackKind,
  envelopeOn,
  type UsbClosed,
  usbClosed,
  usbHistory,
  usbPage,
  usbPushed,
} from '../../../shared/usb.ts'
import type { Documents } from '../store/documents.ts'
import type { History } from '../store/history.ts'
import type { Ledger } from '../store/ledger.ts'
import type { Enrolment, OwnKeys } from '../sync/enrol.ts'
import { type ReadPage, readPage } from '../sync/feed-page.ts'
import { applyPage, noteUpToDate, type PullParts } from '../sync/pull.ts'
import { takePushReply } from '../sync/push.ts'
import { filesOut } from './file-out.ts'
import { linesOn } from './stick.ts'

export interface FileInParts extends Omit<PullParts, 'send' | 'ledgerEnd'> {
  readonly suite: Suite
  readonly documents: Documents
  readonly ledger: Ledger
  readonly history: Pick<History, 'due' | 'take'>
  readonly keys: OwnKeys
  readonly enrolment: Enrolment
}

/** What a file back brought. `acknowledged`: how many records; `items`: entries of feeds; `upToDate`: every feed is at its end now. */
export interface BroughtBack {
  readonly acknowledged: number
  readonly items: number
  readonly refilled: number
  readonly upToDate: boolean
  readonly forked: boolean
  readonly closed: UsbClosed
}

export type FileInResult =
  | { readonly ok: true; readonly brought: BroughtBack }
  | { readonly ok: false; readonly problem: ProblemCode; readonly values: Readonly<Record<string, string>> }

interface Line {
  readonly kind: string
  readonly body: unknown
}

class Unfit extends Error {
  readonly problem: ProblemCode
  readonly values: Readonly<Record<string, string>>
  constructor(problem: ProblemCode, values: Readonly<Record<string, string>> = {}) {
    super(problem)
    this.problem = problem
    this.values = values
  }
}

/**
 * Takes a file back: checked whole first, then applied line by line as if each had come over HTTP. What was applied before changes
 * nothing: answers move the watermark only forward, and a page of a feed counts only where it goes on from the cursor that is held.
 */
export async function fileIn(parts: FileInParts, path: string): Promise<FileInResult> {
  try {
    const closed = await check(parts, path)
    return { ok: true, brought: await apply(parts, path, closed) }
  } catch (error) {
    if (error instanceof Unfit) return { ok: false, problem: error.problem, values: error.values }
    throw error
  }
}

/** Reads the file to its end without using any of it. */
async function check(parts: FileInParts, path: string): Promise<UsbClosed> {
  let last: Line | null = null
  for await (const line of opened(parts, path)) {
    if (last?.kind === 'usb-closed') throw new Unfit('USB_DAMAGED')
    formOf(line, parts.now())
    last = line
  }
  if (last?.kind !== 'usb-closed') throw new Unfit('USB_CUT')
  const closed = usbClosed.parse(last.body)
  const { head } = closed
  const isHere = head !== null && head.generation === parts.ledger.head()?.generation
  if (isHere && !parts.ledger.holds(head)) throw new Unfit('CHAIN_FORKED')
  return closed
}

async function* opened({ suite, documents, ledger, enrolment, keys }: FileInParts, path: string): AsyncGenerator<Line> {
  let file: ReturnType<typeof filesOut>[number] | null = null
  for await (const { text, ended } of linesOn(path)) {
    const sent = envelopeOn(text)
    if (sent === undefined) throw new Unfit(ended ? 'USB_DAMAGED' : 'USB_CUT')
    const { to, replyTo } = sent
    if (to !== enrolment.terminal) throw new Unfit('USB_OTHER_TERMINAL', { terminal: to })
    if (file === null) {
      const known = filesOut(documents).find(one => one.file === replyTo)
      if (known === undefined || known.generation !== ledger.head()?.generation) throw new Unfit('USB_OLDER')
      file = known
    }
    const line = await unwrap(suite, sent, {
      me: enrolment.terminal,
      senderKey: fromBase64Url(file.answeredBy ?? enrolment.province.keys.transport),
      sealing: keys.sealing,
      answers: file.file,
    })
    if (!line.ok) throw new Unfit('USB_DAMAGED')
    yield { kind: line.envelope.kind, body: line.body }
  }
}

const known = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('usb-history' satisfies BackKind), body: usbHistory }),
  z.object({ kind: z.literal('usb-pushed' satisfies BackKind), body: usbPushed }),
  z.object({
    kind: z.literal('usb-page' satisfies BackKind),
    body: usbPage.omit({ page: true }).extend({ page: z.unknown() }),
  }),
  z.object({ kind: z.literal('usb-closed' satisfies BackKind), body: usbClosed }),
])

type Known = Exclude<z.infer<typeof known>, { kind: 'usb-page' }>
type Page = { readonly kind: 'usb-page'; readonly body: { readonly from: string | null; readonly read: ReadPage } }

function formOf(line: Line, now: number): Known | Page {
  const parsed = known.safeParse(line)
  if (!parsed.success) throw new Unfit('USB_DAMAGED')
  const { data } = parsed
  if (data.kind !== 'usb-page') return data
  const read = readPage(data.body.page, now)
  if (read === null) throw new Unfit('USB_DAMAGED')
  return { kind: data.kind, body: { from: data.body.from, read } }
}

async function apply(parts: FileInParts, path: string, closed: UsbClosed): Promise<BroughtBack> {
  const { documents, ledger, history } = parts
  const [atEnd, sum] = [new Set<FeedName>(), { acknowledged: 0, items: 0, refilled: 0 }]
  // As they stood when it was opened: new keys of the province set the policies back, and those of this file count by them all the same.
  const cursors = new Map(feedName.options.map(feed => [feed, documents.read(`cursor:${feed}`, z.string())]))
  let forked = false
  for await (const line of opened(parts, path)) {
    const { kind, body } = formOf(line, parts.now())
    if (kind === 'usb-history') {
      const due = history.due()
      if (due?.after.generation !== body.after.generation || due.after.seq !== body.after.seq) continue
      if (!history.take(body.reply)) throw new Unfit('PROVINCE_FALSE')
      sum.refilled += body.reply.items.length
    } else if (kind === 'usb-pushed') {
      const head = ledger.head()
      // By now the province may have heard more of this generation than the line of which it speaks.
      const last = head?.generation === body.generation ? head.seq : body.last
      const taken = takePushReply(parts, { generation: body.generation, last }, body.reply)
      if (taken === null) throw new Unfit('PROVINCE_FALSE')
      sum.acknowledged += taken.moved
      forked ||= taken.forked
    } else if (kind === 'usb-page') {
      const { from, read } = body
      const { page } = read
      const cursor = cursors.get(page.feed) ?? null
      if (from === cursor) {
        if (!(await applyPage(parts, read, from))) throw new Unfit('PROVINCE_FALSE')
        cursors.set(page.feed, page.cursor)
        sum.items += page.items.length
      }
      if (!page.more && (from === cursor || page.cursor === cursor)) atEnd.add(page.feed)
    }
  }
  const upToDate = feedName.options.every(feed => atEnd.has(feed))
  // As fresh as the day on which the province wrote it, and never fresher than what came since.
  const before = documents.read('roster-synced-at', z.int()) ?? 0
  const asOf = Math.min(closed.at, parts.now())
  if (upToDate && asOf > before) noteUpToDate(parts, asOf)
  return { ...sum, upToDate, forked, closed }
}

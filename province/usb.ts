import { z } from 'zod'
import type { PushBody } from '../shared/province-api.ts'
import {
  type BackKind,
  feedAfter,
  type UsbAnswer,
  type UsbClosed,
  type UsbEnd,
  type UsbHistory,
  type UsbPage,
  type UsbPlace,
  type UsbPushed,
  type UsbRecords,
  usbEnd,
  usbHead,
  usbOpen,
  usbRecords,
} from '../shared/usb.ts'
import { type Database, select } from './database.ts'
import { type Admit, answer, type Caller, openEnvelope } from './envelope-desk.ts'
import { readFeed } from './feeds.ts'
import { readHistory } from './history.ts'
import { takePush } from './intake.ts'
import type { Keyring } from './keys.ts'
import type { OnFault } from './leases/freed-pots.ts'
import { receiptOf } from './receipt-command.ts'
import { Refusal } from './refusals.ts'

const pageSize = 200
const nothing: UsbAnswer = { line: null, next: null, receipt: null }

/**
 * What the province says to one line of a terminal's file, from a place of the answer on: the same intake and the same feeds as over HTTP.
 * Keeps nothing between two lines, so that whoever carries them may be cut off anywhere and begin again. Throws a `Refusal`.
 * @param onFault as of `takePush`
 */
export async function answerUsb(
  database: Database,
  keys: Keyring,
  input: unknown,
  place: UsbPlace,
  onFault: OnFault,
  admit: Admit = () => undefined,
): Promise<UsbAnswer> {
  const { caller, request, body } = await openLine(database, keys, input)
  const say = (file: string, kind: BackKind, said: unknown) => answer(database, caller, file, kind, said)
  admit(caller.terminal, 'usb')
  switch (request.kind) {
    case 'usb-open': {
      const { history } = formOf(usbOpen, body)
      if (history === null || place.close) return nothing
      const after = place.history ?? history.after
      const reply = await readHistory(database, caller, { ...history, after })
      const last = reply.items.at(-1)
      const next = reply.more && last ? { history: { generation: last.generation, seq: last.seq } } : null
      return { ...nothing, line: await say(request.nonce, 'usb-history', { after, reply } satisfies UsbHistory), next }
    }
    case 'usb-records': {
      const { file, push, after } = formOf(usbRecords, body)
      if (place.close) return nothing
      await refuseUnfit(database, caller, push, after)
      const reply = await takePush(database, keys, caller, push, onFault)
      const { generation } = push
      const last = push.items.at(-1)?.seq ?? 1
      return { ...nothing, line: await say(file, 'usb-pushed', { generation, last, reply } satisfies UsbPushed) }
    }
    case 'usb-end': {
      const end = formOf(usbEnd, body)
      if (!place.close) return await answerPage(database, caller, end, place, say)
      const at = Date.now()
      const receipt = await receiptOf(database, caller.terminal, at)
      const head = receipt && usbHead.parse(receipt)
      return {
        line: await say(end.file, 'usb-closed', { head, at } satisfies UsbClosed),
        next: null,
        receipt: receipt && { ...receipt, source: 'usb' },
      }
    }
    default:
      throw new Refusal('ENVELOPE_BAD')
  }
}

async function openLine(...of: Parameters<typeof openEnvelope>): ReturnType<typeof openEnvelope> {
  try {
    return await openEnvelope(...of)
  } catch (error) {
    // On a stick no proxy stands in the way.
    throw error instanceof Refusal && error.body.code === 'ENVELOPE_BAD' ? new Refusal('USB_DAMAGED') : error
  }
}

async function answerPage(
  database: Database,
  caller: Caller,
  end: UsbEnd,
  place: UsbPlace,
  say: (file: string, kind: BackKind, said: unknown) => ReturnType<typeof answer>,
): Promise<UsbAnswer> {
  const feed = place.feed ?? 'site'
  const from = place.cursor === undefined ? (end.cursors[feed] ?? null) : place.cursor
  const page = await readFeed(database, caller, { feed, cursor: from, limit: pageSize })
  const after = feedAfter(feed)
  const next: UsbPlace = page.more ? { feed, cursor: page.cursor } : after ? { feed: after } : { close: true }
  return { ...nothing, line: await say(end.file, 'usb-page', { from, page } satisfies UsbPage), next }
}

/**
 * Records that cannot follow on those held. A stick may also lie in a drawer while its terminal is restored: what it brings late would
 * look like a copied disk, and shut the terminal. What goes on from records that were acknowledged and lost here is answered, so that they come again.
 */
async function refuseUnfit(
  database: Database,
  caller: Caller,
  { generation, items }: PushBody,
  after: UsbRecords['after'],
): Promise<void> {
  const heads = await select(
    database.pool,
    z.object({ generation: z.int(), seq: z.int() }),
    'select generation, seq from watermark where terminal_id = $1 and generation >= $2',
    [caller.terminal, generation],
  )
  const held = heads.find(head => head.generation === generation)?.seq ?? 0
  const isOlder = heads.some(head => head.generation > generation)
  if (isOlder && (items.at(-1)?.seq ?? 0) > held) throw new Refusal('USB_OLDER_GENERATION')
  const isLost = after?.generation === generation && after.seq > held
  if ((items[0]?.seq ?? 0) > held + 1 && !isLost) throw new Refusal('USB_CUT')
}

function formOf<T extends z.ZodType>(form: T, body: unknown): z.infer<T> {
  const parsed = form.safeParse(body)
  if (!parsed.success) throw new Refusal('BODY_BAD')
  return parsed.data
}

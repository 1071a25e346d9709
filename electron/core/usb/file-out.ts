import { z } from 'zod'
import { fromBase64Url } from '../../../shared/bytes.ts'
import { type Envelope, wrap } from '../../../shared/envelope.ts'
import { feedName, provinceName } from '../../../shared/province-api.ts'
import type { Signer, Suite } from '../../../shared/suite.ts'
import { type UsbOpen, type UsbRecords, usbEnd } from '../../../shared/usb.ts'
import type { Documents } from '../store/documents.ts'
import type { History } from '../store/history.ts'
import type { Ledger } from '../store/ledger.ts'
import type { SealedInputsStore } from '../store/sealed-inputs.ts'
import { acknowledged } from '../sync/acknowledged.ts'
import type { Enrolment } from '../sync/enrol.ts'
import { nextCounter } from '../sync/exchange.ts'
import { toItem } from '../sync/push.ts'

const batch = 200
const historyPage = 200
/** Files whose answer may still come back. */
const remembered = 16
/** Room for the first and the last line (bytes). */
const frame = 16 * 1024

/** `answeredBy`: the province's transport key that goes with what the file was sealed to; left out by an older program. */
const knownFiles = z.array(z.strictObject({ file: z.string(), generation: z.int(), answeredBy: z.string().optional() }))

export interface FileOutParts {
  readonly suite: Suite
  readonly documents: Documents
  readonly ledger: Ledger
  readonly sealed: SealedInputsStore
  readonly history: Pick<History, 'due'>
  readonly transportSigner: Signer
  readonly enrolment: Enrolment
}

/** Files that went out from here, oldest first: an answer to any other is not taken. */
export function filesOut(documents: Documents): z.infer<typeof knownFiles> {
  return documents.read('usb-files', knownFiles) ?? []
}

/** How far the records of a file reach; null where it holds none. */
export interface Reach {
  generation: number
  seq: number
}

/**
 * The lines of a file out: all records that the province has not acknowledged, as many as there is room for (bytes), and the cursors of the
 * feeds. The file is remembered before its first line is given. Tells by `onReach` how far the records went; gives nothing where
 * not even the frame has room.
 */
export async function* fileOut(
  parts: FileOutParts,
  room: number,
  onReach: (reach: Reach) => void,
): AsyncGenerator<string> {
  const { documents, ledger } = parts
  const generation = ledger.head()?.generation
  if (generation === undefined || room < frame) return
  const seal = (kind: string, body: unknown): Promise<Envelope> =>
    wrap(parts.suite, {
      ...{
        from: parts.enrolment.terminal,
        to: provinceName,
        kind,
        counter: nextCounter(documents),
        replyTo: null,
        body,
      },
      signer: parts.transportSigner,
      sealTo: fromBase64Url(parts.enrolment.province.keys.sealing),
    })
  const due = parts.history.due()
  const open = await seal('usb-open', { history: due && { ...due, limit: historyPage } } satisfies UsbOpen)
  const file = open.nonce
  const answeredBy = parts.enrolment.province.keys.transport
  documents.write('usb-files', [...filesOut(documents), { file, generation, answeredBy }].slice(-remembered))
  yield JSON.stringify(open)
  let left = room - frame
  const after = acknowledged(documents)
  for (let from: Reach = after; ; ) {
    const waiting = ledger.waiting(from, batch)
    const first = waiting[0]
    if (first === undefined) break
    const stored = waiting.filter(one => one.generation === first.generation)
    const items = await Promise.all(stored.map(one => toItem(parts, one)))
    const push = { generation: first.generation, items }
    const line = JSON.stringify(await seal('usb-records', { file, push, after } satisfies UsbRecords))
    left -= line.length + 1
    // The rest goes with the next one: the province takes records in their order, without a gap.
    if (left < 0) break
    yield line
    from = { generation: first.generation, seq: items.at(-1)?.seq ?? 0 }
    onReach(from)
  }
  const cursors = Object.fromEntries(feedName.options.map(feed => [feed, documents.read(`cursor:${feed}`, z.string())]))
  yield JSON.stringify(await seal('usb-end', usbEnd.parse({ file, cursors })))
}

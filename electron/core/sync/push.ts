import { fromBase64Url, toBase64Url, utf8ToBytes } from '../../../shared/bytes.ts'
import { canonicalJson } from '../../../shared/canonical-json.ts'
import { type PushBody, type PushItem, pushReply } from '../../../shared/province-api.ts'
import { inputsContext } from '../../../shared/record.ts'
import type { Suite } from '../../../shared/suite.ts'
import type { Documents } from '../store/documents.ts'
import type { Ledger, WaitingRecord } from '../store/ledger.ts'
import type { Db } from '../store/open-database.ts'
import { ifItOpens, type SealedInputsStore } from '../store/sealed-inputs.ts'
import { acknowledged, goBackTo, type Place } from './acknowledged.ts'
import type { Enrolment } from './enrol.ts'
import type { Exchange } from './exchange.ts'

const batch = 200

export interface PushParts {
  readonly db: Db
  readonly suite: Suite
  readonly documents: Documents
  readonly ledger: Ledger
  readonly sealed: SealedInputsStore
  readonly enrolment: Enrolment
  now(): number
  send(body: PushBody): Promise<Exchange>
}

/** What lies sealed beside a record, in the form of its kind. What does not open the record goes without, and the province says so. */
function openedOf(sealed: SealedInputsStore, kind: string, id: string) {
  return ifItOpens(() => {
    if (kind === 'means-change') return sealed.readCard(id)
    if (kind === 'proxy-change') return sealed.readProxy(id)
    if (kind === 'attendance' || kind === 'follow-up') return sealed.readNote(id)
    return kind === 'consent' ? sealed.readAgent(id) : sealed.read(id)
  })
}

/** A record as it travels, its inputs sealed to the province. */
export async function toItem(
  parts: Pick<PushParts, 'suite' | 'sealed' | 'enrolment'>,
  stored: WaitingRecord,
): Promise<PushItem> {
  const opened = openedOf(parts.sealed, stored.kind, stored.id)
  const inputs = opened
    ? await parts.suite.seal(
        fromBase64Url(parts.enrolment.province.keys.sealing),
        utf8ToBytes(canonicalJson(opened)),
        inputsContext(parts.enrolment.terminal),
      )
    : null
  return {
    seq: stored.seq,
    record: stored.text,
    signature: toBase64Url(stored.signature),
    inputs: inputs ? toBase64Url(inputs) : null,
  }
}

/**
 * What the province said to a push. `moved`: how many records it acknowledged; `forked`: it holds other records at these places, a copied disk;
 * `wentBack`: it had lost what it once acknowledged, which goes again now; `gap`: it took nothing, since it misses records that are not here either.
 */
export interface Pushed {
  readonly ok: true
  readonly moved: number
  readonly forked: boolean
  readonly wentBack: boolean
  readonly gap: boolean
}

const nothingSent: Pushed = { ok: true, moved: 0, forked: false, wentBack: false, gap: false }

/**
 * Sends the next batch above the acknowledged watermark, which moves only as far as the province says that records are durable; it goes back where
 * a province that was restored says that it holds less, and stays where it is when that holds other records at these places.
 * @param anew where nothing waits, the last acknowledged record goes once more: an answer to it shows whether it is still there
 */
export async function pushBatch(parts: PushParts, anew = false): Promise<Pushed | Exclude<Exchange, { ok: true }>> {
  const from = acknowledged(parts.documents)
  const waiting = parts.ledger.waiting(from, batch)
  const isAgain = waiting.length === 0 && anew && from.seq > 0
  if (isAgain) waiting.push(...parts.ledger.waiting({ ...from, seq: from.seq - 1 }, 1))
  const generation = waiting[0]?.generation
  if (generation === undefined) return nothingSent
  const items = await Promise.all(
    waiting.filter(stored => stored.generation === generation).map(stored => toItem(parts, stored)),
  )
  const reply = await parts.send({ generation, items })
  if (!reply.ok) return reply
  const last = items[items.length - 1]?.seq ?? 0
  if (isAgain && holdsMore(reply.body, { generation, seq: last })) return nothingSent
  const taken = takePushReply(parts, { generation, last }, reply.body)
  return taken ?? { ok: false, reason: 'false-province' }
}

/** The province knows this chain to go on beyond all that is here: this is an older copy, and the next question of where it ends shows that. */
function holdsMore(body: unknown, known: Place): boolean {
  const answer = pushReply.safeParse(body)
  if (!answer.success || answer.data.verdicts.some(({ verdict }) => verdict === 'conflict')) return false
  const { generation, seq } = answer.data.acknowledged
  return generation === known.generation && seq > known.seq
}

/**
 * Notes what the province said to a push, and moves the watermark: as far as `last` at most, which is the last record that it can have of
 * that generation. Null, and nothing is noted, where no true answer to such a push says this.
 */
export function takePushReply(
  { db, documents, ledger, now: clock }: Pick<PushParts, 'db' | 'documents' | 'ledger' | 'now'>,
  { generation, last }: { generation: number; last: number },
  body: unknown,
): Pushed | null {
  const answer = pushReply.safeParse(body)
  if (!answer.success) return null
  const { verdicts, acknowledged: to } = answer.data
  // Of a generation that was left behind by a restore the province may hold more than is here.
  const isLeft = (ledger.head()?.generation ?? generation) > generation
  const reached = isLeft ? { ...to, seq: Math.min(to.seq, last) } : to
  const forked = verdicts.some(({ verdict }) => verdict === 'conflict')
  if (!forked && (to.generation !== generation || reached.seq > last)) return null
  const note = db.prepare(
    'INSERT INTO verdict (generation, seq, verdict, code) VALUES (?, ?, ?, ?) ON CONFLICT (generation, seq) DO UPDATE SET verdict = excluded.verdict, code = excluded.code',
  )
  const clear = db.prepare('DELETE FROM verdict WHERE generation = ? AND seq = ?')
  const now = acknowledged(documents)
  const isSame = reached.generation === now.generation
  const isLater = isSame ? reached.seq > now.seq : reached.generation > now.generation
  const moves = !forked && isLater && reached.seq > 0
  // Records that the province misses are no fault of theirs: they come again.
  const missing = !forked && verdicts.some(({ code }) => code === 'GAP')
  const wentBack = missing && isSame && reached.seq < now.seq
  db.transaction(() => {
    for (const { seq, verdict, code } of verdicts)
      if (verdict === 'accepted' || verdict === 'duplicate') clear.run(generation, seq)
      else if (code !== 'GAP') note.run(generation, seq, verdict, code)
    if (moves) documents.write('acknowledged', reached)
    if (wentBack) goBackTo(documents, ledger, reached, clock())
  }).immediate()
  const before = now.generation === generation ? now.seq : 0
  return { ok: true, moved: moves ? reached.seq - before : 0, forked, wentBack, gap: missing && !moves && !wentBack }
}

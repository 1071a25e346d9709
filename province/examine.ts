import type { z } from 'zod'
import { bytesToUtf8, fromBase64Url, utf8ToBytes } from '../shared/bytes.ts'
import type { Json } from '../shared/canonical-json.ts'
import { type Countable, countableOf, parseRecord } from '../shared/countable.ts'
import type { SiteId, TerminalId } from '../shared/ids.ts'
import type { PolicyPack } from '../shared/policy/language.ts'
import type { PushItem, Verdict } from '../shared/province-api.ts'
import { inputsFit, namesTheSenior, quoteIsTheSame } from '../shared/recompute.ts'
import {
  inputsContext,
  type LedgerRecord,
  type OpenedCard,
  type OpenedInputs,
  type OpenedNote,
  type OpenedProxy,
  openedCard,
  openedInputs,
  openedNote,
  openedProxy,
  recordHash,
} from '../shared/record.ts'
import { seniorRefOf } from '../shared/senior-ref.ts'
import { type KeyPair, standardSuite } from '../shared/suite.ts'
import { openWithAny } from './keys.ts'

export type VerdictCode = NonNullable<Verdict['code']>

/** A record's exact bytes and their hash, and the record where the bytes are a canonical record. */
export interface ReadItem {
  readonly item: PushItem
  readonly bytes: Uint8Array
  readonly hash: string
  readonly record: LedgerRecord | null
}

/** Reads a record: it must be canonical JSON of a record of this terminal, generation and place. */
export function readItem(sent: PushItem, terminal: TerminalId, generation: number): ReadItem {
  // Sealed inputs that are no text for a table open for nobody.
  const item = holdsNul(sent.inputs) ? { ...sent, inputs: null } : sent
  const bytes = utf8ToBytes(item.record)
  const record = parseRecord(item.record)
  const inPlace =
    record !== null && record.terminal === terminal && record.generation === generation && record.seq === item.seq
  return { item, bytes, hash: recordHash(bytes), record: inPlace && isStorable(record) ? record : null }
}

/** The most (fen, or a count) in one place of a record, so that sums over any of them stay whole numbers. */
const mostAmount = 1e9
/** The longest name of a pack, a limit or a period that a table takes for a key: a policy's own are at most half as long. */
const longestName = 128

/** What of a record becomes keys and sums of tables. A change of rights is bounded by the rights themselves. */
function bookedOf(record: LedgerRecord) {
  if (record.kind === 'made-good') return { names: [], subsidies: record.payload.subsidies, debits: [], amounts: [] }
  if (record.kind === 'right-change') {
    const { policy, entries } = record.payload
    return { names: [policy.pack, ...entries.flatMap(namesOf)], subsidies: [], debits: [], amounts: [] }
  }
  const countable = countableOf(record)
  if (countable === null) return null
  const { policy, subsidies, debits, listFen, pendingFen, operatorFen } = countable
  const names = [policy.pack, ...debits.flatMap(namesOf)]
  return { names, subsidies, debits, amounts: [listFen, pendingFen, operatorFen] }
}

const namesOf = ({ limit, label }: { readonly limit: string; readonly label: string }) => [limit, label]

/** Keys need an end, and sums need room: a record that breaks this is no record, instead of one that blocks its terminal. */
function isStorable(record: LedgerRecord): boolean {
  if (holdsNul(record)) return false
  const booked = bookedOf(record)
  if (booked === null) return true
  const { names, subsidies, debits } = booked
  const amounts = [...booked.amounts, ...subsidies.map(({ fen }) => fen), ...debits.map(({ amount }) => amount)]
  const funds = subsidies.map(({ fund }) => fund)
  const counters = debits.map(({ limit, label, unit }) => `${limit}|${label}|${unit}`)
  return (
    names.every(name => name.length <= longestName) &&
    amounts.every(value => value >= 0 && value <= mostAmount) &&
    new Set(funds).size === funds.length &&
    new Set(counters).size === counters.length
  )
}

/** PostgreSQL's text holds no NUL. */
function holdsNul(value: Json | undefined): boolean {
  if (typeof value === 'string') return value.includes('\0')
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsNul)
}

/** The keys of the ledger that signed each item: a key change in the batch counts from the next record on. */
export async function verifySignatures(items: readonly ReadItem[], ledgerKey: Uint8Array) {
  const genuine: boolean[] = []
  let key = ledgerKey
  let from = 0
  while (from < items.length) {
    const change = items.findIndex(({ record }, at) => at >= from && record?.kind === 'key-change')
    const to = change === -1 ? items.length : change + 1
    const results = await Promise.all(
      items.slice(from, to).map(({ item, bytes }) => standardSuite.verify(key, bytes, decoded(item.signature))),
    )
    genuine.push(...results)
    const record = items[change]?.record
    if (genuine[change] === true && record?.kind === 'key-change') key = fromBase64Url(record.payload.ledgerKey)
    from = to
  }
  return { genuine, ledgerKey: key }
}

function decoded(text: string): Uint8Array {
  try {
    return fromBase64Url(text)
  } catch (error) {
    // No bytes at all verify as nothing.
    if (error instanceof SyntaxError) return new Uint8Array(0)
    throw error
  }
}

/** Opens the inputs that came with a record; null where there are none, or none that open. */
export async function openInputs(
  sealed: string | null,
  sealing: readonly KeyPair[],
  terminal: TerminalId,
): Promise<OpenedInputs | null> {
  return await openSealed(sealed, sealing, terminal, openedInputs)
}

/** Opens which card a change of means was about, in the same way. */
export async function openCard(
  sealed: string | null,
  sealing: readonly KeyPair[],
  terminal: TerminalId,
): Promise<OpenedCard | null> {
  return await openSealed(sealed, sealing, terminal, openedCard)
}

/** Opens whom a change of proxies was about, in the same way. */
export async function openProxy(
  sealed: string | null,
  sealing: readonly KeyPair[],
  terminal: TerminalId,
): Promise<OpenedProxy | null> {
  return await openSealed(sealed, sealing, terminal, openedProxy)
}

/** Opens whom an attendance was about, in the same way. */
export async function openNote(
  sealed: string | null,
  sealing: readonly KeyPair[],
  terminal: TerminalId,
): Promise<OpenedNote | null> {
  return await openSealed(sealed, sealing, terminal, openedNote)
}

async function openSealed<T extends z.ZodType>(
  sealed: string | null,
  sealing: readonly KeyPair[],
  terminal: TerminalId,
  schema: T,
): Promise<z.infer<T> | null> {
  if (sealed === null) return null
  try {
    const plain = await openWithAny(sealing, fromBase64Url(sealed), inputsContext(terminal))
    if (plain === null) return null
    const read: Json = JSON.parse(bytesToUtf8(plain))
    return holdsNul(read) ? null : schema.parse(read)
  } catch {
    // Whatever does not open, is not JSON or not inputs is the same to the record: it has no inputs.
    return null
  }
}

/** Judges a sale by its inputs: whether they are the ones it committed to, rest on published facts, and bring the same quote again. */
export function judgeCountable(
  countable: Countable,
  opened: OpenedInputs | null,
  pack: PolicyPack | undefined,
  place: {
    site: SiteId
    siteKey: Uint8Array
    isPublished: (inputs: OpenedInputs) => boolean
    /** Whether the site's tills may have priced by it. */
    hadPolicy: (policy: Countable['policy']) => boolean
  },
): VerdictCode | null {
  if (opened === null) return 'INPUTS_MISSING'
  const fits =
    inputsFit(countable, opened) &&
    place.isPublished(opened) &&
    countable.site === place.site &&
    namesTheSenior(countable, opened, senior => seniorRefOf(place.siteKey, senior))
  if (!fits) return 'INPUTS_DIFFER'
  if (pack === undefined || !place.hadPolicy(countable.policy)) return 'POLICY_UNKNOWN'
  return quoteIsTheSame(countable, opened, pack) ? null : 'QUOTE_DIFFERS'
}

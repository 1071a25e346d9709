import { z } from 'zod'
import type { Anchor } from '../../../shared/anchor.ts'
import { fromBase64Url } from '../../../shared/bytes.ts'
import { countableOf, parseRecord } from '../../../shared/countable.ts'
import type { Finding } from '../../../shared/findings.ts'
import type { PolicyPack } from '../../../shared/policy/language.ts'
import { inputsFit, namesTheSenior, quoteIsTheSame } from '../../../shared/recompute.ts'
import { type LedgerRecord, type OpenedInputs, recordHash } from '../../../shared/record.ts'
import { seniorRefOf } from '../../../shared/senior-ref.ts'
import type { Suite } from '../../../shared/suite.ts'
import { hasHistory } from '../store/all-records.ts'
import { missingBeginning } from '../store/chain-beginning.ts'
import { createDocuments, type Documents } from '../store/documents.ts'
import type { Db } from '../store/open-database.ts'
import { createPolicies } from '../store/policies.ts'
import { createSealedInputs, type SealedInputsStore } from '../store/sealed-inputs.ts'
import { isTorn } from '../store/store-fault.ts'
import type { Vault } from '../store/vault.ts'
import { foreignPartOf, verifyChain } from '../store/verify-chain.ts'
import { everAcknowledged } from '../sync/acknowledged.ts'
import { enrolment } from '../sync/enrol.ts'
import { historyFindings } from './audit-history.ts'
import { closeFindings } from './close-findings.ts'
import { nameChainFindings } from './findings.ts'
import { outcomeFindings } from './outcome-findings.ts'

/** A policy pack by its hash; null where it is not at hand. */
export type PackSource = (hash: string) => PolicyPack | null

/** How many quotes came out the same, and how many could not be computed again, by why. */
export interface Recomputed {
  readonly same: number
  readonly withoutInputs: number
  readonly withoutPack: number
}

export interface Audit {
  readonly records: number
  readonly findings: readonly Finding[]
  /** Null where the inputs could not be opened at all. */
  readonly quotes: Recomputed | null
  /** The newest record; null in an empty ledger. */
  readonly head: Omit<Anchor, 'v' | 'source'> | null
  /** What the anchor showed; null without one. */
  readonly anchor: 'fits' | 'does-not-fit' | null
}

/**
 * Looks at a whole ledger: pages, sequence, chain, signatures, key changes, what was taken back, and every quote whose inputs are held.
 * @param vault opens what is sealed; null looks at the chain alone
 */
export async function auditLedger(
  db: Db,
  suite: Suite,
  options: { readonly vault: Vault | null; readonly anchor: Anchor | null; readonly packs: PackSource },
): Promise<Audit> {
  const findings: Finding[] = []
  const pages = await tolerant(() => db.pragma('quick_check(1)', { simple: true }))
  if (pages !== 'ok') findings.push({ code: 'UNREADABLE', place: null })
  const chain = await verifyChain(db, suite)
  findings.push(...nameChainFindings(chain.findings).filter(({ code }) => code !== 'UNREADABLE' || pages === 'ok'))
  const head = (await tolerant(() => headOf(db))) ?? null
  const { vault } = options
  const documents = vault && createDocuments(db, vault)
  if (documents) {
    const own = ownPart(documents)
    const foreign = own && (await tolerant(() => foreignPartOf(db, own)))
    if (foreign === 'TRIGGERS') findings.push({ code: 'GUARD_REMOVED', place: null })
    if (foreign === 'KEY') findings.push({ code: 'KEY_FOREIGN', place: null })
    if (foreign === 'TAIL') findings.push({ code: 'TAIL_MISSING', place: own?.acknowledged ?? null })
  }
  const missing = (documents && (await tolerant(() => missingBeginning(db, documents)))) ?? null
  findings.push(...((await tolerant(() => historyFindings(db, suite, documents))) ?? []))
  findings.push(...((await tolerant(() => reversalFindings(db))) ?? []))
  findings.push(...((await tolerant(() => closeFindings(db, recordsIn(db)))) ?? []))
  findings.push(...((await tolerant(() => outcomeFindings(db, recordsIn(db)))) ?? []))
  const quotes =
    vault && documents ? await tolerant(() => recompute(db, vault, documents, options.packs, findings)) : null
  const { anchor } = options
  const anchored = anchor && (await tolerant(() => holdAgainst(db, head, anchor, missing === 'GONE')))
  if (anchored) findings.push(anchored)
  // A first record that was changed or removed by itself has been told already.
  const isTold = anchored?.code === 'BEGINNING_MISSING' || (missing === 'OTHER' && chain.findings.length > 0)
  if (missing !== null && !isTold) findings.push({ code: 'BEGINNING_MISSING', place: null })
  const left = (await tolerant(() => inputsLeft(db))) ?? 0
  if (left > 0 && !findings.some(({ code }) => tellsOfRemoval.has(code)))
    findings.push({ code: 'INPUTS_LEFT', place: null, detail: String(left) })
  return {
    records: chain.checked,
    findings,
    quotes: quotes ?? null,
    head,
    anchor: anchor === null ? null : anchored ? 'does-not-fit' : 'fits',
  }
}

/** A page that cannot be read has been said once; whatever else meets it says nothing more. */
async function tolerant<T>(look: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await look()
  } catch (error) {
    if (isTorn(error)) return undefined
    throw error
  }
}

function ownPart(documents: Documents) {
  const keys = documents.read('key:ledger', z.object({ publicKey: z.string() }))
  return keys && { ledgerKey: keys.publicKey, acknowledged: everAcknowledged(documents) }
}

function headOf(db: Db): Audit['head'] {
  const row = db
    .prepare<[], { generation: number; seq: number; hash: string; at: number; bytes: Buffer }>(
      'SELECT generation, seq, hash, at, bytes FROM record ORDER BY generation DESC, seq DESC LIMIT 1',
    )
    .get()
  const record = row && parseRecord(row.bytes.toString('utf8'))
  if (!row || !record) return null
  return { terminal: record.terminal, generation: row.generation, seq: row.seq, hash: row.hash, at: row.at }
}

function* recordsIn(db: Db, table: 'record' | 'history' = 'record'): Generator<LedgerRecord> {
  const rows = db.prepare<[], { bytes: Buffer }>(`SELECT bytes FROM ${table} ORDER BY generation, seq`).iterate()
  for (const { bytes } of rows) {
    const record = parseRecord(bytes.toString('utf8'))
    if (record !== null) yield record
  }
}

/** The table by which a second void is refused must say what the records say. */
function reversalFindings(db: Db): Finding[] {
  const marks = new Map(
    db
      .prepare<[], { of_id: string; by_id: string }>('SELECT of_id, by_id FROM reversal')
      .all()
      .map(row => [row.by_id, row.of_id]),
  )
  const findings: Finding[] = []
  const taken = new Set(marks.values())
  // The same sale may have been taken back here and, before the records came back, in what was lost.
  for (const { id, kind, payload } of hasHistory(db) ? recordsIn(db, 'history') : [])
    if ((kind === 'void' || kind === 'refund') && (marks.get(id) === payload.of || taken.has(payload.of)))
      marks.delete(id)
  for (const { id, kind, payload, generation, seq } of recordsIn(db)) {
    if (kind !== 'void' && kind !== 'refund') continue
    if (marks.get(id) !== payload.of) findings.push({ code: 'REVERSALS_DIFFER', place: { generation, seq } })
    marks.delete(id)
  }
  return marks.size === 0 ? findings : [...findings, { code: 'REVERSALS_DIFFER', place: null }]
}

function recompute(db: Db, vault: Vault, documents: Documents, packs: PackSource, findings: Finding[]): Recomputed {
  const sealed = createSealedInputs(db, vault)
  const own = documents.read('enrolment', enrolment)
  const siteKey = own && fromBase64Url(own.siteKey)
  const policies = createPolicies(documents, () => 0)
  let [same, withoutInputs, withoutPack] = [0, 0, 0]
  for (const record of recordsIn(db)) {
    const countable = countableOf(record)
    if (countable === null) continue
    const note = (code: Finding['code']) =>
      void findings.push({ code, place: { generation: record.generation, seq: record.seq } })
    const opened = openedOf(sealed, record.id)
    const pack = policies.byHash(countable.policy.hash) ?? packs(countable.policy.hash)
    if (opened === 'damaged') note('INPUTS_DAMAGED')
    else if (opened === null) withoutInputs += 1
    else if (
      !inputsFit(countable, opened) ||
      (siteKey && !namesTheSenior(countable, opened, senior => seniorRefOf(siteKey, senior)))
    )
      note('INPUTS_DIFFER')
    else if (pack === null) withoutPack += 1
    else if (quoteIsTheSame(countable, opened, pack)) same += 1
    else note('QUOTE_DIFFERS')
  }
  return { same, withoutInputs, withoutPack }
}

function openedOf(sealed: SealedInputsStore, id: string): OpenedInputs | null | 'damaged' {
  try {
    return sealed.read(id)
  } catch (error) {
    if (isTorn(error)) throw error
    // AES-GCM and the form of inputs refuse whatever was changed.
    return 'damaged'
  }
}

/** Findings that say already why inputs lie there without their record. */
const tellsOfRemoval: ReadonlySet<Finding['code']> = new Set([
  ...(['RECORD_MISSING', 'BEGINNING_MISSING', 'TAIL_MISSING', 'COLUMNS_DIFFER', 'UNREADABLE'] as const),
])

/** What an anchor shows against a ledger; null where it fits. `isCut`: the generation with which the ledger began is gone. */
function holdAgainst(db: Db, head: Audit['head'], anchor: Anchor, isCut: boolean): Finding | null {
  const place = { generation: anchor.generation, seq: anchor.seq }
  if (head !== null && head.terminal !== anchor.terminal)
    return { code: 'ANCHOR_FOREIGN', place: null, detail: anchor.terminal }
  const row = db
    .prepare<[number, number], { bytes: Buffer }>('SELECT bytes FROM record WHERE generation = ? AND seq = ?')
    .get(place.generation, place.seq)
  const past = hasHistory(db)
    ? db
        .prepare<[number, number], { bytes: Buffer }>('SELECT bytes FROM history WHERE generation = ? AND seq = ?')
        .get(place.generation, place.seq)
    : undefined
  const found = row ?? past
  if (found) return recordHash(found.bytes) === anchor.hash ? null : { code: 'ANCHOR_DIFFERS', place }
  const [first] = recordsIn(db)
  if (first === undefined || first.generation > anchor.generation) {
    if (isCut) return { code: 'BEGINNING_MISSING', place }
    if (first) return holdAgainstLost(first, anchor)
  }
  if (head !== null && head.generation > anchor.generation) return { code: 'RESTORE_GAP', place }
  return { code: inputsLeft(db) > 0 ? 'TAIL_MISSING' : 'OLDER_COPY', place }
}

/** An anchor of before the first record here, of which that record knows one place: the last that the province held of a lost disk. */
function holdAgainstLost(first: LedgerRecord, { generation, seq, hash }: Anchor): Finding | null {
  const last = first.kind === 'key-change' ? first.payload.lastHead : null
  const place = { generation, seq }
  if (last?.generation !== generation || last.seq !== seq) return { code: 'DISK_LOST', place }
  return last.hash === hash ? null : { code: 'ANCHOR_DIFFERS', place }
}

/** Inputs are stored with their record: where one is not there, they were left behind by one that was removed. */
function inputsLeft(db: Db): number {
  const left = db
    .prepare<[], { n: number }>(
      'SELECT count(*) AS n FROM sealed_inputs WHERE record_id NOT IN (SELECT id FROM record)',
    )
    .get()
  return left?.n ?? 0
}

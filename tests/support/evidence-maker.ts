import { createHash } from 'node:crypto'
import { businessDateOf, mealAt } from '../../shared/business-day.ts'
import { evidenceText } from '../../shared/evidence.ts'
import { checkInId, type RecordId, recordId, type SeniorId, seniorId, siteId } from '../../shared/ids.ts'
import { type PersonFacts, type VisitFacts, visitFacts } from '../../shared/policy/facts.ts'
import type { PolicyPack } from '../../shared/policy/language.ts'
import { packHash } from '../../shared/policy/parse-pack.ts'
import { quote } from '../../shared/policy/quote.ts'
import type { QuoteInputs } from '../../shared/policy/quote-form.ts'
import {
  chainStart,
  commitTo,
  commitToQuote,
  type LedgerRecord,
  ledgerRecord,
  type OpenedInputs,
  recordBytes,
  recordHash,
  type SalePayload,
} from '../../shared/record.ts'
import { seniorRefOf } from '../../shared/senior-ref.ts'

const siteKey = (site: number) => new Uint8Array(32).fill(site)
const hashText = (text: string) => createHash('sha256').update(text).digest('base64url')
const uuidText = (text: string) =>
  createHash('sha256')
    .update(text)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')

/** A senior by number. */
export const seniorNumber = (number: number): SeniorId => seniorId.parse(String(number).padStart(32, '0'))
/** How a site names that senior. */
export const referenceOf = (number: number, site = 1) => seniorRefOf(siteKey(site), seniorNumber(number))

export interface Served {
  /** When it was recorded, milliseconds UTC. */
  readonly at: number
  /** The senior's number; null for a guest. */
  readonly senior: number | null
  readonly person: PersonFacts | null
  readonly visit: VisitFacts
  readonly kind?: 'sale' | 'late-entry' | 'visit-out'
  /** What the terminal may debit; a pending claim comes of less than the whole. */
  readonly rights?: QuoteInputs['rights']
  /** What is left in the funds' pots. */
  readonly pots?: QuoteInputs['pots']
  /** Why a late entry is late. */
  readonly reason?: string
  /** Changes the payload after it was priced. */
  readonly alter?: (payload: SalePayload) => SalePayload
  /** Business date of the record, where it is not the day of the visit. */
  readonly dated?: string
  /** What the line says instead of the inputs. */
  readonly tell?: (opened: OpenedInputs) => OpenedInputs | null
}

/** Writes the evidence of one terminal: each record with a real quote under a pack, usage kept as the till keeps it, the chain linked. */
export function evidenceMaker(pack: PolicyPack, site = 1) {
  const terminal = `till-${site}`
  const hash = packHash(pack)
  const lines: string[] = []
  const used = new Map<number, Record<string, number>>()
  const sold = new Map<RecordId, { senior: number | null; payload: SalePayload }>()
  let prev: string = chainStart

  function add(at: number, kind: LedgerRecord['kind'], payload: unknown, opened: OpenedInputs | null, date?: string) {
    const seq = lines.length + 1
    const id = recordId.parse(opened?.inputs.checkIn ?? uuidText(`${terminal}/${seq}`))
    const record = ledgerRecord.parse({
      ...{ v: 1, suite: 'standard', terminal, generation: 1, seq, prev, kind, id, at, payload },
      ...{ bootId: '01a1f5ee-4e70-70ec-ad4d-8532449f6db2', businessDate: date ?? businessDateOf(at) },
    })
    prev = recordHash(recordBytes(record))
    return { id, text: new TextDecoder().decode(recordBytes(record)) }
  }

  return {
    lines,
    /** A record that is nobody's meal. */
    shift(at: number): void {
      const date = businessDateOf(at)
      const payload = { event: 'open', shift: null, operator: 'op-1', confirmedDate: date, countedFen: null }
      lines.push(evidenceText({ record: add(at, 'shift', payload, null).text, opened: null }))
    },
    serve({
      at,
      senior,
      person,
      visit,
      kind = 'sale',
      rights = 'whole-cap',
      pots,
      reason = 'a test',
      alter = payload => payload,
      dated,
      tell = opened => opened,
    }: Served): RecordId {
      const checkIn = checkInId.parse(uuidText(`${terminal}/check-in/${lines.length}`))
      const usage = senior === null ? {} : (used.get(senior) ?? {})
      const id = senior === null ? null : seniorNumber(senior)
      const inputs = { person, visit, used: { ...usage }, rights, ...(pots ? { pots } : {}) }
      const opened: OpenedInputs = {
        salt: hashText(`salt ${checkIn}`),
        inputs: { v: 1, checkIn, senior: id, credential: null, quote: inputs },
      }
      const salt = new Uint8Array(Buffer.from(opened.salt, 'base64url'))
      const priced = quote(pack, inputs)
      if (senior !== null) {
        for (const { key, amount } of priced.debits) usage[key] = (usage[key] ?? 0) + amount
        used.set(senior, usage)
      }
      const who = {
        senior: senior === null ? null : referenceOf(senior, site),
        means: senior === null ? null : ('card' as const),
        assurance: senior === null ? null : ('presented' as const),
        device: null,
        deviceEvent: null,
      }
      const outcome = {
        policy: { pack: priced.pack, version: priced.version, hash },
        listFen: priced.listFen,
        discountFen: priced.discountFen,
        subsidies: priced.subsidies,
        ownPayFen: priced.ownPayFen,
        operatorFen: priced.operatorFen,
        cashRoundingFen: 0,
        pendingFen: priced.pendingFen,
        claimPending: priced.pendingFen > 0 || (senior !== null && person === null),
        debits: priced.debits.map(({ limit, label, unit, amount }) => ({ limit, label, unit, amount })),
        quoteCommitment: commitToQuote(priced.digest, salt),
        inputsCommitment: commitTo(opened.inputs, salt),
        tenders: [],
        operator: null,
      }
      const payload: SalePayload = alter({
        ...{ ...who, ...outcome, site: siteId.parse('canteen'), meal: visit.meal ?? null, channel: visit.channel },
        ...{ items: [{ set: 'A', quantity: 1, fen: priced.listFen }], shift: null },
      })
      const location = { evidence: 'unproven', reference: null }
      const whole = {
        sale: payload,
        'late-entry': { servedOn: visit.businessDate, reason, approver: null, held: false, sale: payload },
        'visit-out': {
          ...{ ...who, ...outcome, site: 'canteen', of: uuidText(`in ${checkIn}`), minutes: visit.minutes ?? 0 },
          ...{ endedEarly: null, location },
        },
      }[kind]
      const made = add(at, kind, whole, opened, kind === 'late-entry' ? undefined : (dated ?? visit.businessDate))
      sold.set(made.id, { senior, payload })
      lines.push(evidenceText({ record: made.text, opened: tell(opened) }))
      return made.id
    },
    takeBack(at: number, of: RecordId, date?: string): void {
      const made = add(at, 'void', { of, reason: 'a test', operator: null }, null, date)
      lines.push(evidenceText({ record: made.text, opened: null }))
      const sale = sold.get(of)
      const usage = sale?.senior == null ? undefined : used.get(sale.senior)
      if (sale === undefined || usage === undefined) return
      for (const { limit, label, amount } of sale.payload.debits)
        usage[`${limit}|${label}`] = (usage[`${limit}|${label}`] ?? 0) - amount
    },
    /** Gives back a part of what each fund and the senior paid, `percent` of it. */
    refund(at: number, of: RecordId, percent: number, date?: string): void {
      const sale = sold.get(of)?.payload
      const part = (fen: number) => Math.floor((fen * percent) / 100)
      const payload = {
        of,
        subsidies: (sale?.subsidies ?? []).map(({ fund, fen }) => ({ fund, fen: part(fen) })),
        ownPayFen: part(sale?.ownPayFen ?? 0),
        reason: 'a test',
        operator: null,
      }
      lines.push(evidenceText({ record: add(at, 'refund', payload, null, date).text, opened: null }))
    },
  }
}

export type EvidenceMaker = ReturnType<typeof evidenceMaker>

/** Facts of a meal in a demo-like canteen at an instant: lunch, unless the clock says otherwise. */
export function mealAtInstant(at: number, more: object = {}): VisitFacts {
  const periods = { breakfast: { from: 240, to: 630 }, lunch: { from: 630, to: 960 }, dinner: { from: 960, to: 1680 } }
  return visitFacts.parse({
    businessDate: businessDateOf(at),
    meal: mealAt(at, periods) ?? 'lunch',
    channel: 'dine-in',
    listFen: 1500,
    site: { place: { city: 'A', district: 'D1', street: 'S1' }, listed: true },
    ...more,
  })
}

import { z } from 'zod'
import { paymentOutcomes } from './afterwards-reasons.ts'
import { businessDate, meal } from './business-day.ts'
import { concatBytes, fromBase64Url, sha256, toBase64Url, utf8ToBytes } from './bytes.ts'
import { canonicalJson, type Json } from './canonical-json.ts'
import { assurance, means } from './credential.ts'
import { recordedFigures } from './day-close/figures.ts'
import { consentKind, enrolmentCheck } from './face/consent.ts'
import {
  bytes32,
  checkInId,
  deviceEventId,
  fundId,
  operatorId,
  proxyId,
  recordId,
  seniorId,
  siteId,
  terminalId,
} from './ids.ts'
import { channel, clockText } from './policy/facts.ts'
import { quoteInputs } from './policy/quote-form.ts'
import { proxyRef } from './proxy.ts'
import { proofKinds, seenKinds } from './round/result.ts'
import { cardId } from './senior.ts'
import { settingChange } from './setting-change.ts'
import { tenderKind } from './site.ts'

const amount = z.int()
const hash = bytes32
const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`))

/** A senior as one site names them: base64url HMAC-SHA-256 of the senior id under the site's key, so that two sites' ledgers do not join up. */
export const seniorRef = hash.brand<'SeniorRef'>()
export type SeniorRef = z.infer<typeof seniorRef>

const policyRef = z.strictObject({ pack: z.string(), version: z.string().nullable(), hash })
const debit = z.strictObject({ limit: z.string(), label: z.string(), unit: z.enum(['count', 'fen']), amount })

export const tender = z.strictObject({
  kind: tenderKind,
  fen: amount,
  status: z.enum(['settled', 'pending', 'offline-agreed']),
  reference: z.string().nullable(),
})
export type Tender = z.infer<typeof tender>

const identification = {
  senior: seniorRef.nullable(),
  means: means.nullable(),
  assurance: assurance.nullable(),
  device: z.string().nullable(),
  deviceEvent: deviceEventId.nullable(),
}

const outcome = {
  policy: policyRef,
  listFen: amount,
  discountFen: amount,
  subsidies: z.array(z.strictObject({ fund: fundId, fen: amount })),
  ownPayFen: amount,
  operatorFen: amount,
  cashRoundingFen: amount,
  pendingFen: amount,
  claimPending: z.boolean(),
  debits: z.array(debit),
  /** See `commitToQuote`: salted, since the reasons of a quote can be told from a birthday. */
  quoteCommitment: hash,
  inputsCommitment: hash,
}

const sale = z.strictObject({
  site: siteId,
  ...identification,
  meal: meal.nullable(),
  channel,
  items: z.array(z.strictObject({ set: z.string(), quantity: z.int().positive(), fen: amount })),
  ...outcome,
  tenders: z.array(tender),
  operator: operatorId.nullable(),
  shift: recordId.nullable(),
})
export type SalePayload = z.infer<typeof sale>

const location = z.strictObject({
  evidence: z.enum(['reader', 'rotating-code', 'unproven']),
  reference: z.string().nullable(),
})

const payloads = {
  sale,
  void: z.strictObject({ of: recordId, reason: z.string(), operator: operatorId.nullable() }),
  refund: z.strictObject({
    of: recordId,
    subsidies: z.array(z.strictObject({ fund: fundId, fen: amount })),
    ownPayFen: amount,
    reason: z.string(),
    operator: operatorId.nullable(),
  }),
  'late-entry': z.strictObject({
    servedOn: businessDate,
    reason: z.string(),
    approver: operatorId.nullable(),
    held: z.boolean(),
    sale,
  }),
  'visit-in': z.strictObject({
    site: siteId,
    ...identification,
    carer: z.string(),
    service: z.string(),
    order: z.string().nullable(),
    location,
    operator: operatorId.nullable(),
  }),
  'visit-out': z.strictObject({
    site: siteId,
    ...identification,
    of: recordId,
    minutes: z.int().nonnegative(),
    endedEarly: z.string().nullable(),
    location,
    ...outcome,
    tenders: z.array(tender),
    operator: operatorId.nullable(),
  }),
  'right-change': z.strictObject({
    /** `write-off`: all that is left of this epoch goes back, and grants of it that come later are void. */
    change: z.enum(['grant', 'release', 'reserve', 'unreserve', 'write-off']),
    /** Null: every member whose home is this site. */
    senior: seniorRef.nullable(),
    policy: policyRef,
    entries: z.array(debit),
    epoch: z.int().positive(),
    grant: z.string().nullable(),
  }),
  'made-good': z.strictObject({
    site: siteId,
    senior: seniorRef,
    /** The sale whose claim was pending, at this terminal or another one. */
    of: recordId,
    /** What each fund pays of it now; their sum went to the senior. */
    subsidies: z.array(z.strictObject({ fund: fundId, fen: amount })),
    /** The sale of the visit at which it was paid. */
    at: recordId,
    operator: operatorId.nullable(),
  }),
  shift: z.strictObject({
    event: z.enum(['open', 'close', 'day-close']),
    shift: recordId.nullable(),
    operator: operatorId,
    confirmedDate: businessDate,
    countedFen: amount.nullable(),
  }),
  'cash-count': z.strictObject({
    shift: recordId,
    /** `float`: what was in the drawer when the shift opened; `drawer`: what is in it now. */
    what: z.enum(['float', 'drawer']),
    cashFen: amount,
    outsideFen: amount.nullable(),
    /** The count, or for a float the record of the shift, that this one takes the place of. */
    corrects: recordId.nullable(),
    note: z.string().nullable(),
    operator: operatorId,
  }),
  totals: z.strictObject({
    /** The `shift` record that closed the shift or the day. */
    of: recordId,
    site: siteId,
    date: businessDate,
    shift: recordId.nullable(),
    drawer: z
      .strictObject({
        count: recordId.nullable(),
        floatFen: amount.nullable(),
        expectedFen: amount,
        countedFen: amount.nullable(),
        outsideExpectedFen: amount,
        outsideFen: amount.nullable(),
        reason: z.string().nullable(),
        note: z.string().nullable(),
      })
      .nullable(),
    figures: recordedFigures,
    /** First and last record that the sums are about. */
    first: z.strictObject({ generation: z.int().positive(), seq: z.int().positive() }),
    last: z.strictObject({ generation: z.int().positive(), seq: z.int().positive(), hash }),
    operator: operatorId,
  }),
  override: z.strictObject({
    of: recordId.nullable(),
    what: z.string(),
    reason: z.string(),
    operator: operatorId,
    approver: operatorId.nullable(),
  }),
  'means-change': z.strictObject({
    site: siteId,
    ...identification,
    senior: seniorRef,
    change: z.enum(['card-bound', 'card-unbound', 'card-lost', 'card-found', 'pin-set', 'pin-cleared']),
    /** See `commitToCard`; null where the change is about no card. */
    cardCommitment: hash.nullable(),
    operator: operatorId,
  }),
  consent: z.strictObject({
    site: siteId,
    senior: seniorRef,
    event: z.enum(['given', 'withdrawn', 'ended']),
    /** What was agreed to, or what is over now. */
    what: z.array(consentKind).min(1),
    /** Version of the notice that was shown and read aloud; null where nothing was agreed to. */
    notice: z.string().nullable(),
    /** `terminal`: nobody asked, it ended by itself. */
    by: z.enum(['senior', 'agent', 'terminal']),
    relation: z.string().nullable(),
    /** See `commitToAgent`; null where nobody acted for the senior. */
    agentCommitment: hash.nullable(),
    /** How staff made sure who it was; null where nothing was agreed to. */
    checked: enrolmentCheck.nullable(),
    /** Why it ended by itself; `elsewhere`: it was withdrawn at another terminal; `lost`: the disk was restored, and backups hold no faces. */
    reason: z.enum(['left', 'unused', 'elsewhere', 'lost']).nullable(),
    /** Who of the staff witnessed it. */
    operator: operatorId.nullable(),
  }),
  'key-change': z.strictObject({
    reason: z.enum(['enrolled', 'restored', 'rotated']),
    ledgerKey: hash,
    /** Where a generation begins anew, the last head known; null in every other key-change. */
    lastHead: z.strictObject({ generation: z.int().positive(), seq: z.int().positive(), hash }).nullable(),
  }),
  'clock-set': z.strictObject({
    before: z.int(),
    after: z.int(),
    source: z.enum(['operator', 'province', 'system']),
    operator: operatorId.nullable(),
  }),
  'setting-change': settingChange,
  group: z.strictObject({
    site: siteId,
    /** Sales that one payer paid for at once, in their order; they were recorded together, or none of them. */
    sales: z.array(recordId).min(1),
    tender: tenderKind,
    /** What was taken: the sum of the tenders of these sales. */
    sumFen: amount,
    operator: operatorId.nullable(),
    shift: recordId.nullable(),
  }),
  'proxy-change': z.strictObject({
    site: siteId,
    ...identification,
    senior: seniorRef,
    change: z.enum(['registered', 'ended']),
    /** Who may collect; see `proxyRefOf`. */
    proxy: proxyRef,
    /** Business dates, both included; null where it ended. */
    from: businessDate.nullable(),
    until: businessDate.nullable(),
    /** See `commitToProxy`. */
    proxyCommitment: hash,
    operator: operatorId,
    /** The station lead whose PIN it took. */
    approver: operatorId,
  }),
  'proxy-collection': z.strictObject({
    site: siteId,
    senior: seniorRef,
    /** The sale whose meal was carried away for the senior. */
    of: recordId,
    /** Who collected it; see `proxyRefOf`. */
    proxy: proxyRef,
    /** Which one of this proxy's portions in this meal it is, from 1, as far as this terminal knows. */
    portion: z.int().positive(),
    /** The station lead who let it go on beyond the limit; null within it. */
    approver: operatorId.nullable(),
    operator: operatorId.nullable(),
  }),
  'visit-event': z.strictObject({
    site: siteId,
    /** The `visit-in` that it is about. */
    of: recordId,
    event: z.enum(['pause', 'resume', 'carer', 'rating']),
    /** Who goes on with it from here; null in every other event. */
    carer: z.string().nullable(),
    /** Three faces, 3 the happy one; null in every other event. */
    rating: z.literal([1, 2, 3]).nullable(),
    operator: operatorId.nullable(),
  }),
  'late-visit': z.strictObject({
    servedOn: businessDate,
    from: clockText,
    until: clockText,
    carer: z.string(),
    service: z.string(),
    reason: z.string(),
    approver: operatorId.nullable(),
    held: z.boolean(),
    visit: z.strictObject({
      site: siteId,
      ...identification,
      minutes: z.int().nonnegative(),
      ...outcome,
      tenders: z.array(tender),
      operator: operatorId.nullable(),
      shift: recordId.nullable(),
    }),
  }),
  attendance: z.strictObject({
    site: siteId,
    ...identification,
    service: z.string(),
    event: z.enum(['once', 'in', 'out']),
    /** Of `out` the `in` that it ends, null in the others. */
    of: recordId.nullable(),
    /** Whole minutes of the stay, pauses taken off; null but in `out`. */
    minutes: z.int().nonnegative().nullable(),
    /** How the senior was found at a call or a doctor's visit; null where nobody says. */
    seen: z.enum(['well', 'unwell', 'not-seen']).nullable(),
    carer: z.string().nullable(),
    order: z.string().nullable(),
    location,
    /** See `commitToNote`. */
    noteCommitment: hash,
    operator: operatorId.nullable(),
  }),
  'follow-up': z.strictObject({
    site: siteId,
    senior: seniorRef,
    /** The record on which the senior was not seen. */
    of: recordId,
    seen: z.enum(['well', 'unwell']),
    /** Who saw them. */
    by: operatorId,
    /** See `commitToNote`. */
    noteCommitment: hash,
    operator: operatorId.nullable(),
  }),
  delivery: z.strictObject({
    site: siteId,
    senior: seniorRef,
    round: hex(8),
    /** Its place in the route, from 1. */
    stop: z.int().positive(),
    order: z.string(),
    /** The result's own number: one record for one result, however often it is handed in. */
    result: hex(8),
    outcome: z.enum(['handed', 'nobody']),
    /** Who took it showed who they are; `holds` says whether it is the senior's, null where there is nothing to compare with. Null: nothing was shown. */
    proof: z.strictObject({ kind: z.enum(proofKinds), hash: hex(16), holds: z.boolean().nullable() }).nullable(),
    seen: z.enum(seenKinds),
    servedAt: z.int(),
    courier: z.string(),
    portions: z.int().positive(),
    /** The sale, or the late entry, that it became; null where nobody was there, or it came too late to be entered. */
    of: recordId.nullable(),
    /** The own part that the senior was told, what of it was taken at the door, and what the site bears of the price, since nobody is asked for it afterwards. */
    toldFen: amount,
    collectedFen: amount,
    carriedFen: amount,
    operator: operatorId.nullable(),
  }),
  'visit-proxy': z.strictObject({
    site: siteId,
    senior: seniorRef,
    /** The beginning, the end or the note of attendance that a registered proxy vouched for. */
    of: recordId,
    /** Who did, by their PIN; see `proxyRefOf`. */
    proxy: proxyRef,
    operator: operatorId.nullable(),
  }),
  'payment-outcome': z.strictObject({
    site: siteId,
    /** The sale, late entry, end of a visit or late visit that it paid for. */
    of: recordId,
    /** Its place among the tenders there, from 0. */
    tender: z.int().nonnegative(),
    /** What that tender says it took. */
    fen: amount,
    /** `not-paid`: the site bears it; nobody is asked for it afterwards. */
    outcome: z.enum(paymentOutcomes),
    /** Off the receipt of the outside terminal; null where nobody entered it. */
    reference: z.string().nullable(),
    operator: operatorId,
  }),
} as const

export type RecordKind = keyof typeof payloads
export const recordKinds = Object.keys(payloads)

const head = {
  v: z.literal(1),
  suite: z.literal('standard'),
  terminal: terminalId,
  generation: z.int().positive(),
  seq: z.int().positive(),
  prev: hash,
  id: recordId,
  at: z.int(),
  bootId: z.uuid(),
  businessDate,
}

const variant = <K extends RecordKind>(kind: K) =>
  z.strictObject({ ...head, kind: z.literal(kind), payload: payloads[kind] })

/**
 * One record of the ledger, format v1 (docs/record-format.md). The signed bytes are the canonical JSON of this object;
 * `prev` is the SHA-256 of the previous record's bytes, `at` milliseconds UTC.
 */
export const ledgerRecord = z.discriminatedUnion('kind', [
  variant('sale'),
  variant('void'),
  variant('refund'),
  variant('late-entry'),
  variant('visit-in'),
  variant('visit-out'),
  variant('right-change'),
  variant('made-good'),
  variant('shift'),
  variant('cash-count'),
  variant('totals'),
  variant('override'),
  variant('means-change'),
  variant('consent'),
  variant('key-change'),
  variant('clock-set'),
  variant('setting-change'),
  variant('proxy-change'),
  variant('proxy-collection'),
  variant('group'),
  variant('visit-event'),
  variant('late-visit'),
  variant('attendance'),
  variant('follow-up'),
  variant('delivery'),
  variant('payment-outcome'),
  variant('visit-proxy'),
])
export type LedgerRecord = z.infer<typeof ledgerRecord>

/** `prev` of the first record of generation 1. */
export const chainStart: string = toBase64Url(new Uint8Array(32))

/** The bytes that are signed, hashed and kept: canonical JSON (RFC 8785) as UTF-8. */
export function recordBytes(record: LedgerRecord): Uint8Array {
  return utf8ToBytes(canonicalJson(record))
}

/** Base64url SHA-256 of a record's bytes: the next record's `prev`. */
export function recordHash(bytes: Uint8Array): string {
  return toBase64Url(sha256(bytes))
}

/** What a sale was computed from. Kept apart from the record, sealed; the record holds only its commitment. */
export const sealedInputs = z.strictObject({
  v: z.literal(1),
  checkIn: checkInId,
  senior: seniorId.nullable(),
  /** A stranger's credential, for the province to tell who it was. */
  credential: z.strictObject({ means, key: z.string() }).nullable(),
  quote: quoteInputs,
})
export type SealedInputs = z.infer<typeof sealedInputs>

/** `SHA-256(salt || canonical inputs)` as base64url. @param salt 32 random bytes */
export function commitTo(inputs: SealedInputs, salt: Uint8Array): string {
  return toBase64Url(sha256(concatBytes(salt, utf8ToBytes(canonicalJson(inputsJson(inputs))))))
}

/** `SHA-256(salt || "quote|" || digest)` as base64url, of the digest that was shown and confirmed, under the salt of the inputs. */
export function commitToQuote(digest: string, salt: Uint8Array): string {
  return toBase64Url(sha256(concatBytes(salt, utf8ToBytes(`quote|${digest}`))))
}

/** The inputs as plain JSON, for the commitment and for sealing. */
export function inputsJson(inputs: SealedInputs): Json {
  return inputs
}

/** Inputs and salt as they travel, before they are sealed to the province's key. */
export const openedInputs = z.strictObject({ salt: hash, inputs: sealedInputs })
export type OpenedInputs = z.infer<typeof openedInputs>

/** True where opened inputs are the ones that a record committed to. */
export function commitmentHolds(opened: OpenedInputs, commitment: string): boolean {
  return commitTo(opened.inputs, fromBase64Url(opened.salt)) === commitment
}

/** Whose card a change of means is about: personal, so apart from the record and sealed, like the inputs of a sale. */
export const cardInputs = z.strictObject({ v: z.literal(1), senior: seniorId, card: cardId })
export type CardInputs = z.infer<typeof cardInputs>
export const openedCard = z.strictObject({ salt: hash, inputs: cardInputs })
export type OpenedCard = z.infer<typeof openedCard>

/** `SHA-256(salt || canonical inputs)` as base64url. @param salt 32 random bytes */
export function commitToCard(inputs: CardInputs, salt: Uint8Array): string {
  return toBase64Url(sha256(concatBytes(salt, utf8ToBytes(canonicalJson(inputs)))))
}

/** Who acted for a senior: personal, so apart from the record and sealed, like the inputs of a sale. */
export const agentInputs = z.strictObject({ v: z.literal(1), senior: seniorId, agent: z.string() })
export type AgentInputs = z.infer<typeof agentInputs>
export const openedAgent = z.strictObject({ salt: hash, inputs: agentInputs })
export type OpenedAgent = z.infer<typeof openedAgent>

/** `SHA-256(salt || canonical inputs)` as base64url. @param salt 32 random bytes */
export function commitToAgent(inputs: AgentInputs, salt: Uint8Array): string {
  return toBase64Url(sha256(concatBytes(salt, utf8ToBytes(canonicalJson(inputs)))))
}

/** Whom an attendance was about and what was noted of them: personal, so apart from the record and sealed, like the inputs of a sale. */
export const noteInputs = z.strictObject({ v: z.literal(1), senior: seniorId, note: z.string().max(200).nullable() })
export type NoteInputs = z.infer<typeof noteInputs>
export const openedNote = z.strictObject({ salt: hash, inputs: noteInputs })
export type OpenedNote = z.infer<typeof openedNote>

/** `SHA-256(salt || canonical inputs)` as base64url. @param salt 32 random bytes */
export function commitToNote(inputs: NoteInputs, salt: Uint8Array): string {
  return toBase64Url(sha256(concatBytes(salt, utf8ToBytes(canonicalJson(inputs)))))
}

/** Who collects meals for a senior: personal, so apart from the record and sealed, like the inputs of a sale. */
export const proxyInputs = z.strictObject({
  v: z.literal(1),
  senior: seniorId,
  proxy: proxyId,
  name: z.string().min(1).max(64),
  /** The last four signs of the proxy's own number; null where it ended, and nobody asked. */
  numberTail: z
    .string()
    .regex(/^\d{3}[\dX]$/)
    .nullable(),
  relation: z.string().max(32).nullable(),
})
export type ProxyInputs = z.infer<typeof proxyInputs>
export const openedProxy = z.strictObject({ salt: hash, inputs: proxyInputs })
export type OpenedProxy = z.infer<typeof openedProxy>

/** `SHA-256(salt || canonical inputs)` as base64url. @param salt 32 random bytes */
export function commitToProxy(inputs: ProxyInputs, salt: Uint8Array): string {
  return toBase64Url(sha256(concatBytes(salt, utf8ToBytes(canonicalJson(inputs)))))
}

/** The sealing context of opened inputs on their way from a terminal to the province. */
export function inputsContext(terminal: string): string {
  return `inputs|${terminal}`
}

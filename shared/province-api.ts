import { z } from 'zod'
import { keyId as codeKeyId, deviceKey, signedCodeKeyList } from './code-keys.ts'
import { assurance } from './credential.ts'
import { consentKind } from './face/consent.ts'
import { faceEngineRef } from './face/site-face.ts'
import { bytes32, fundId, recordId, seniorId, siteId, terminalId } from './ids.ts'
import { anyWord, leaseWord, potWord } from './leases/word.ts'
import { provinceKeySet, signedProvinceKeyList } from './province-keys.ts'
import { roundItem } from './round/round.ts'
import { cardId, fullSenior, rosterEntry } from './senior.ts'
import { site } from './site.ts'
import { statement, statementMonth } from './statement.ts'
import { plannedOrder } from './visit/order.ts'

const key = bytes32
const signature = z.string().regex(/^[A-Za-z0-9_-]{86}$/)
/** 8 bytes of hex: the serial of an elder code. */
export const codeSerial = z.string().regex(/^[0-9a-f]{16}$/)

/** The name of the province in envelopes. */
export const provinceName = 'province'

/** What the one-time enrolment code (QR or file) holds: where to ask, who asks, a shared secret, and the hash of the root key. */
export const enrolmentCode = z.strictObject({
  v: z.literal(1),
  address: z.url(),
  terminal: terminalId,
  secret: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
  /** base64url SHA-256 of the province's raw root public key. */
  rootKeyHash: key,
  /** Name of the site, for people to see that the code is theirs; it proves nothing. */
  site: z.string().min(1).max(64).optional(),
})
export type EnrolmentCode = z.infer<typeof enrolmentCode>

/** The province's keys, signed by its root key: `signature` is Ed25519 over the canonical JSON of `keys`. */
export const provinceKeys = z.strictObject({
  keys: provinceKeySet,
  root: key,
  signature,
})
export type ProvinceKeys = z.infer<typeof provinceKeys>

/** POST /v1/enrol. `proof` is base64url HMAC-SHA-256 under the secret over the canonical JSON of `{terminal, keys}`. Sent once per code. */
export const enrolRequest = z.strictObject({
  terminal: terminalId,
  keys: z.strictObject({ transport: key, ledger: key, sealing: key }),
  proof: key,
})
export type EnrolRequest = z.infer<typeof enrolRequest>

/** The answer to an enrolment: the province's keys in the open, and an envelope (kind `enrolled`) with the rest. */
export const enrolReply = z.strictObject({ provinceKeys, envelope: z.unknown() })
export const enrolledBody = z.strictObject({
  terminal: terminalId,
  site: siteId,
  siteKey: key,
  /** The newest record that the province holds of this terminal: a terminal whose disk was lost goes on in the generation after it. */
  lastHead: z.strictObject({ generation: z.int().positive(), seq: z.int().positive(), hash: key }).nullable(),
})
export type EnrolledBody = z.infer<typeof enrolledBody>

/** A record on its way: `record` is the exact signed text, `inputs` the opened inputs sealed to the province (null where the kind has none). */
export const pushItem = z.strictObject({
  seq: z.int().positive(),
  record: z.string(),
  signature,
  inputs: z.string().nullable(),
})
export type PushItem = z.infer<typeof pushItem>

/** POST /v1/ledger, envelope kind `push`: records of one generation in rising sequence. */
export const pushBody = z.strictObject({
  generation: z.int().positive(),
  items: z.array(pushItem).min(1).max(200),
})
export type PushBody = z.infer<typeof pushBody>

/** What the province doubts in a record. */
export const verdictCode = z.enum([
  'QUOTE_DIFFERS',
  'INPUTS_MISSING',
  'INPUTS_DIFFER',
  'BAD_SIGNATURE',
  'BAD_RECORD',
  'CHAIN_BROKEN',
  'GAP',
  'POLICY_UNKNOWN',
  'COPIED_DISK',
  'CAP_EXCEEDED',
  'ALREADY_VOID',
  'UNKNOWN_RECORD',
  'AMOUNTS_DIFFER',
  'PRICE_UNKNOWN',
  'IDENTITY_DOUBTFUL',
  'ASSURANCE_LOW',
  'RIGHT_NOT_HELD',
  'DATE_DOUBTFUL',
  'CARD_TAKEN',
  'NOT_APPROVED',
  'CLAIM_PAID',
  'PROXY_UNKNOWN',
  'PROXY_OVER',
  'VISIT_DOUBTFUL',
  'CARER_DAY_FULL',
  'PAYMENT_TOLD',
  'GUEST_ACCOUNT',
  'BROUGHT_LATE',
  'ID_TAKEN',
])
export type VerdictCode = z.infer<typeof verdictCode>

/**
 * `accepted` and `duplicate` are done. `flagged` is stored and counted, and somebody looks at it (code says why).
 * `rejected` is stored as it came, not counted. `conflict` is another record at the same place: a copied disk.
 */
export const verdict = z.strictObject({
  seq: z.int().positive(),
  verdict: z.enum(['accepted', 'duplicate', 'flagged', 'rejected', 'conflict']),
  code: verdictCode.nullable(),
})
export type Verdict = z.infer<typeof verdict>

/** The reply to a push. Everything up to `acknowledged` (of that generation) is durable at the province and may be forgotten as unsent. */
export const pushReply = z.strictObject({
  verdicts: z.array(verdict),
  acknowledged: z.strictObject({ generation: z.int().positive(), seq: z.int().nonnegative() }),
})
export type PushReply = z.infer<typeof pushReply>

const historyPlace = z.strictObject({ generation: z.int().nonnegative(), seq: z.int().nonnegative() })

/**
 * POST /v1/history, envelope kind `history`: the terminal's own records after a place, as the province holds them, of generations below
 * `before` (null: all). For a terminal whose disk was lost or whose backup was restored. No inputs come back.
 */
export const historyBody = z.strictObject({
  after: historyPlace,
  before: z.int().positive().nullable(),
  limit: z.int().min(1).max(500),
})
export type HistoryBody = z.infer<typeof historyBody>

/** `counted` false: it was rejected, and drew nothing. `heads`: the newest record held of each generation. */
export const historyReply = z.strictObject({
  items: z.array(
    z.strictObject({
      generation: z.int().positive(),
      seq: z.int().positive(),
      record: z.string(),
      signature,
      counted: z.boolean(),
    }),
  ),
  more: z.boolean(),
  heads: z.array(z.strictObject({ generation: z.int().positive(), seq: z.int().positive(), hash: key })),
})
export type HistoryReply = z.infer<typeof historyReply>
export type HistoryItem = HistoryReply['items'][number]

export const feedName = z.enum([
  'site',
  'roster',
  'province-keys',
  'policies',
  'code-keys',
  'revocations',
  'leases',
  'tills',
  'orders',
  'rounds',
])
export type FeedName = z.infer<typeof feedName>

/** POST /v1/feed, envelope kind `pull`. `cursor` null asks from the beginning. */
/**
 * Where a terminal's ledger ends and how far it knows it acknowledged: what shows the province that records were removed, or that an older
 * copy was put back, before the next record comes.
 */
const ledgerEnd = z.strictObject({
  head: z.strictObject({ generation: z.int().positive(), seq: z.int().positive(), hash: key }).nullable(),
  acknowledged: historyPlace,
})
export type LedgerEnd = z.infer<typeof ledgerEnd>

/** An item of a feed that the terminal could not read and set aside: what it is about where it says so, and which member was unknown. */
export const unreadItem = z.strictObject({
  feed: feedName,
  id: z.string().max(200).nullable(),
  detail: z.string().max(200),
})
export type UnreadItem = z.infer<typeof unreadItem>
/** So many are told; the others wait until these are mended. */
export const mostUnreadTold = 20

/** POST /v1/feed, envelope kind `pull`. `ledger` comes once a round, and with it `unread`, all of it, where something could not be read or can be again. */
export const pullBody = z.strictObject({
  feed: feedName,
  cursor: z.string().nullable(),
  limit: z.int().min(1).max(2000),
  ledger: ledgerEnd.optional(),
  unread: z.array(unreadItem).max(mostUnreadTold).optional(),
})
export type PullBody = z.infer<typeof pullBody>

/** A policy pack as published: the exact JSON text, and the province policy key's signature over its UTF-8 bytes. */
export const signedPack = z.strictObject({ id: z.string(), text: z.string(), signature })
export type SignedPack = z.infer<typeof signedPack>

/**
 * What is blocked at once: every code of a senior that was issued before a time (s), one paper card by its serial, or one card; and what of
 * a senior's face was withdrawn at a time (ms): every terminal deletes what was agreed to until then.
 */
export const revocation = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('codes'), senior: seniorId, before: z.int() }),
  z.strictObject({ kind: z.literal('paper'), serial: codeSerial }),
  z.strictObject({ kind: z.literal('card'), card: cardId, lost: z.boolean() }),
  z.strictObject({
    kind: z.literal('face'),
    senior: seniorId,
    what: z.array(consentKind).min(1),
    at: z.int().nonnegative(),
  }),
])
export type Revocation = z.infer<typeof revocation>
export type FaceWithdrawal = Extract<Revocation, { kind: 'face' }>

/**
 * The tills of the terminal's own site that are in service, each with the key that proves it to the others (its sealing key); `first` is the
 * one that holds what is leased to the site's members. The whole list whenever it changed: who is not in it is no till of this site.
 */
export const siteTills = z.strictObject({
  first: terminalId.nullable(),
  tills: z.array(z.strictObject({ terminal: terminalId, key })),
})
export type SiteTills = z.infer<typeof siteTills>

const page = <F extends FeedName, T extends z.ZodType>(feed: F, item: T) =>
  z.strictObject({
    feed: z.literal(feed),
    items: z.array(item),
    cursor: z.string(),
    more: z.boolean(),
    /** The province's clock (ms). It never makes a message fresh; it shows a terminal that its own clock is off. */
    at: z.int().nonnegative(),
  })

/** What each feed holds. */
export const feedItem = {
  site,
  roster: rosterEntry,
  'province-keys': signedProvinceKeyList,
  policies: signedPack,
  'code-keys': signedCodeKeyList,
  revocations: revocation,
  leases: anyWord,
  tills: siteTills,
  orders: plannedOrder,
  rounds: roundItem,
} as const satisfies Record<FeedName, z.ZodType>

/** One page of a feed. `cursor` is asked for next time; the same cursor again gives nothing new. */
export const pullReply = z.discriminatedUnion('feed', [
  page('site', feedItem.site),
  page('roster', feedItem.roster),
  page('province-keys', feedItem['province-keys']),
  page('policies', feedItem.policies),
  page('code-keys', feedItem['code-keys']),
  page('revocations', feedItem.revocations),
  page('leases', feedItem.leases),
  page('tills', feedItem.tills),
  page('orders', feedItem.orders),
  page('rounds', feedItem.rounds),
])
export type PullReply = z.infer<typeof pullReply>

/**
 * POST /v1/lookup, envelope kind `lookup`: who is it? By what they showed, or by the whole name with the last four signs of the citizen
 * number. The province writes down who asked, and by what.
 */
export const lookupBody = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('card'), card: cardId }),
  z.strictObject({ by: z.literal('code'), senior: seniorId }),
  z.strictObject({
    by: z.literal('name'),
    name: z.string().min(2).max(64),
    numberTail: z.string().regex(/^\d{3}[\dX]$/),
  }),
])
export type LookupBody = z.infer<typeof lookupBody>

/** The one senior who fits, as the asking site may hold them; null where nobody fits, or more than one. */
export const lookupReply = z.strictObject({ senior: fullSenior.nullable() })
export type LookupReply = z.infer<typeof lookupReply>

/**
 * POST /v1/statement, envelope kind `statement`: what stands in a senior's name in a month, at every site. For a senior whom the asking site
 * holds in full. The province writes down who asked.
 */
export const statementBody = z.strictObject({ senior: seniorId, month: statementMonth })
export type StatementBody = z.infer<typeof statementBody>
/** Null where the asking site does not hold the senior in full. */
export const statementReply = z.strictObject({ statement: statement.nullable() })
export type StatementReply = z.infer<typeof statementReply>

/**
 * POST /v1/statement/revoke, envelope kind `statement-revoke`: the codes on the senior's statements that were printed until `at` (ms, by the
 * terminal's clock) open nothing any more. `revoked` is false where the asking site does not hold the senior in full.
 */
export const statementRevokeBody = z.strictObject({ senior: seniorId, at: z.int().nonnegative() })
export const statementRevokeReply = z.strictObject({ revoked: z.boolean() })

/**
 * POST /v1/rights, envelope kind `ask`: rights for a visit that stands before the terminal now. `totals` are what it needs its grants to be,
 * so that a question asked again gives nothing twice; `debits` is what the visit takes. `pots` asks the same of each fund whose pot the visit
 * draws on. The answer is the whole words, whatever was free.
 */
const counterAmount = z.strictObject({
  limit: z.string().min(1).max(128),
  label: z.string().min(1).max(64),
  amount: z.int().nonnegative(),
})
export const askBody = z.strictObject({
  senior: seniorId,
  pack: z.string().min(1).max(128),
  generation: z.int().positive(),
  epoch: z.int().positive(),
  totals: z.array(counterAmount).max(64),
  debits: z.array(counterAmount).max(64),
  pots: z
    .array(
      z.strictObject({
        fund: fundId,
        totals: z.array(counterAmount).max(4),
        debits: z.array(counterAmount).max(4),
      }),
    )
    .max(64)
    .optional(),
})
export type AskBody = z.infer<typeof askBody>
/** `word` null where the province does not know the senior, or has no such pack. `spent`: counters of the question of which records leave nothing, and what they took. */
export const askReply = z.strictObject({
  word: leaseWord.nullable(),
  pots: z.array(potWord),
  spent: z.array(counterAmount).max(64).optional(),
})
export type AskReply = z.infer<typeof askReply>

/**
 * POST /v1/news, envelope kind `wait`: answers as soon as there is something new for this terminal, or after some seconds without. What it
 * is comes with the feeds: a terminal that cannot wait only hears of it later.
 */
export const waitBody = z.strictObject({})
export const waitReply = z.strictObject({ news: z.boolean() })

/**
 * POST /v1/face/deposit, envelope kind `face-deposit`: a template leaves its terminal, which only a consent named `away` allows. `consent` is
 * the record of it, `template` is a `faceTemplate` sealed to the province once more, as it is stored.
 */
export const faceDeposit = faceEngineRef.extend({
  senior: seniorId,
  consent: recordId,
  template: z.string().max(40_000),
})
export type FaceDeposit = z.infer<typeof faceDeposit>
export const faceDeposited = z.strictObject({ stored: z.boolean() })

/** The numbers of a face, as base64url of 32-bit floats in little-endian order. */
export const faceTemplate = z.strictObject({ senior: seniorId, numbers: z.string().max(24_000) })
export type FaceTemplate = z.infer<typeof faceTemplate>

/** The sealing context of a template that lies at the province. */
export function faceContext(senior: string, { engine, modelHash }: { engine: string; modelHash: string }): string {
  return `face|${senior}|${engine}|${modelHash}`
}

/** POST /v1/face/fetch, envelope kind `face-fetch`: the template of a visitor who stands there now. The province writes down who asked. */
export const faceFetch = faceEngineRef.extend({ senior: seniorId })
export type FaceFetch = z.infer<typeof faceFetch>
/** Null where the senior agreed to nothing, or by another network. */
export const faceFetched = z.strictObject({ template: faceTemplate.nullable() })

/** Refusals of the province, sent as HTTP 4xx with this body, unsigned: a terminal believes them only as far as to wait and say so. */
export const provinceRefusal = z.strictObject({
  code: z.enum([
    'ENROLMENT_UNKNOWN',
    'ENROLMENT_USED',
    'TERMINAL_UNKNOWN',
    'TERMINAL_STRUCK_OFF',
    'ENVELOPE_BAD',
    'ENVELOPE_REPLAYED',
    'USB_CUT',
    'USB_DAMAGED',
    'USB_OLDER_GENERATION',
    'BODY_BAD',
    'FACE_CONSENT_MISSING',
    'BUSY',
    'TOO_MANY',
    'CLIENT_UNKNOWN',
    'SENIOR_UNKNOWN',
    'CODES_TOO_MANY',
    'CODE_KEY_MISSING',
    'DEVICE_KEY_BAD',
    'ROUND_UNKNOWN',
    'ROUND_OPENED',
    'ROUND_NOT_TODAY',
    'ROUND_RESULTS_BAD',
    'ROUND_TOO_OFTEN',
  ]),
  zh: z.string(),
  en: z.string(),
})
export type ProvinceRefusal = z.infer<typeof provinceRefusal>

/** POST /v1/resolve, envelope kind `resolve`: whose is this code of an outside platform? The code's text is kept nowhere. */
export const resolveBody = z.strictObject({ platform: z.string().min(1).max(64), text: z.string().min(1).max(4096) })
export type ResolveBody = z.infer<typeof resolveBody>
export const resolveReply = z.discriminatedUnion('result', [
  z.strictObject({ result: z.literal('found'), senior: seniorId, assurance: assurance.exclude(['verified']) }),
  /** The platform knows nobody by this code, or nobody of this province's seniors. */
  z.strictObject({ result: z.literal('nobody') }),
  z.strictObject({ result: z.literal('platform-silent') }),
])
export type ResolveReply = z.infer<typeof resolveReply>

/**
 * Calls of an app that has made sure by itself who its user is: `Authorization: Bearer CLIENT.SECRET`. POST /v1/codes issues a
 * dynamic code; POST /v1/device-keys enrols the key of a senior's phone (`proof`: its Ed25519 signature over `deviceKeyClaim`),
 * POST /v1/device-keys/revoke takes it back. Times are Unix seconds.
 */
export const codeRequest = z.strictObject({
  senior: seniorId,
  encoding: z.enum(['base32', 'base45']).default('base32'),
})
export const codeReply = z.strictObject({ text: z.string(), issuedAt: z.int(), expiresAt: z.int() })
export const deviceKeyRequest = z.strictObject({ senior: seniorId, publicKey: key, proof: signature })
export const deviceKeyReply = deviceKey
export const deviceKeyRevocation = z.strictObject({ senior: seniorId, keyId: codeKeyId })

/** GET /v1/demo/people and POST /v1/demo/codes exist only where the province runs as a demo; fictional people for the simulator panel. */
export const demoPerson = z.strictObject({
  senior: seniorId,
  name: z.string(),
  age: z.int(),
  note: z.strictObject({ zh: z.string(), en: z.string() }),
  cardId: z
    .string()
    .regex(/^[0-9A-F]{32}$/)
    .nullable(),
  cardNumber: z.string().nullable(),
})
export type DemoPerson = z.infer<typeof demoPerson>
export const demoCodeRequest = z.strictObject({ senior: seniorId, kind: z.enum(['dynamic', 'paper', 'platform']) })
export const demoCodeReply = z.strictObject({ text: z.string() })

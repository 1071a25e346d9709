import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { DemoSenior } from '../../province/demo-people.ts'
import { demoSites } from '../../province/demo-people.ts'
import { addDays, beginOf, businessDate, businessDateOf, type Meal } from '../../shared/business-day.ts'
import { fromBase64Url, sha256, toBase64Url, utf8ToBytes } from '../../shared/bytes.ts'
import { canonicalJson } from '../../shared/canonical-json.ts'
import { type Envelope, unwrap, wrap } from '../../shared/envelope.ts'
import { consentKind, faceNotice } from '../../shared/face/consent.ts'
import {
  checkInId,
  type OperatorId,
  type ProxyId,
  type RecordId,
  recordId,
  siteId,
  type TerminalId,
} from '../../shared/ids.ts'
import { fen as fenOf } from '../../shared/money.ts'
import { dueFen } from '../../shared/payments.ts'
import type { PolicyPack } from '../../shared/policy/language.ts'
import { packHash, parsePack } from '../../shared/policy/parse-pack.ts'
import { quote } from '../../shared/policy/quote.ts'
import {
  type AskBody,
  type AskReply,
  askReply,
  type EnrolmentCode,
  type EnrolRequest,
  enrolledBody,
  enrolReply,
  type FeedName,
  type HistoryBody,
  type HistoryReply,
  historyReply,
  type LookupBody,
  type LookupReply,
  lookupReply,
  type ProvinceRefusal,
  type PullReply,
  type PushItem,
  type PushReply,
  provinceName,
  provinceRefusal,
  pullReply,
  pushReply,
  waitReply,
} from '../../shared/province-api.ts'
import { proxyIdOf, proxyRefOf } from '../../shared/proxy.ts'
import {
  type CardInputs,
  chainStart,
  commitTo,
  commitToCard,
  commitToProxy,
  commitToQuote,
  inputsContext,
  type LedgerRecord,
  ledgerRecord,
  type OpenedCard,
  type OpenedInputs,
  type OpenedNote,
  type OpenedProxy,
  type ProxyInputs,
  recordBytes,
  recordHash,
  type SalePayload,
  type SealedInputs,
} from '../../shared/record.ts'
import { seniorRefOf } from '../../shared/senior-ref.ts'
import { type KeyPair, standardSuite } from '../../shared/suite.ts'
import { uuidV7 } from '../../shared/uuid.ts'

/** What the province said: its body, or its refusal. */
export type Said<T> =
  | { readonly ok: true; readonly body: T }
  | { readonly ok: false; readonly refusal: ProvinceRefusal }

export interface PaperKeys {
  readonly transport: KeyPair
  readonly ledger: KeyPair
  readonly sealing: KeyPair
}

export async function paperKeys(): Promise<PaperKeys> {
  const [transport, ledger, sealing] = await Promise.all([
    standardSuite.generateSigningKey(),
    standardSuite.generateSigningKey(),
    standardSuite.generateSealingKey(),
  ])
  return { transport, ledger, sealing }
}

/** Posts JSON; null where the request itself fails. */
export async function post(address: string, path: string, body: unknown): Promise<{ status: number; json: unknown }> {
  const response = await fetch(address + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  return { status: response.status, json: await response.json() }
}

/** An enrolment request with its proof. @param secret base64url, as in the code */
export function enrolmentRequest(code: EnrolmentCode, keys: PaperKeys, secret = code.secret): EnrolRequest {
  const body = {
    terminal: code.terminal,
    keys: {
      transport: toBase64Url(keys.transport.publicKey),
      ledger: toBase64Url(keys.ledger.publicKey),
      sealing: toBase64Url(keys.sealing.publicKey),
    },
  }
  const proof = toBase64Url(createHmac('sha256', fromBase64Url(secret)).update(canonicalJson(body)).digest())
  return { ...body, proof }
}

/** The demo's policy pack, as the province publishes it. */
export function demoPack() {
  const file = new URL('../../resources/policies/DEMO.json', import.meta.url)
  const parsed = parsePack(JSON.parse(readFileSync(file, 'utf8')))
  if (!parsed.ok) throw new Error('the DEMO pack is not sound')
  return parsed.pack
}

export interface SaleOptions {
  readonly meal?: Meal
  readonly date?: string
  readonly listFen?: number
  /** The set meal on the menu; A by default. */
  readonly set?: string
  /** How the person comes: known by card, as a guest, with a card that the terminal knows no facts for, or with one that it does not know at all. */
  readonly who?: 'member' | 'guest' | 'unknown' | 'stranger'
  /** Given without a right, as a policy with `bounded` lets a till without a network do; `rights` is what is lent. */
  readonly advance?: boolean
  /** What the terminal says it may debit: the whole cap for a member, nothing for others by default. */
  readonly rights?: SealedInputs['quote']['rights']
  /** Makes it a late entry of this business date; `date` is when the meal was served. */
  readonly enteredOn?: string
  /** Of a late entry: somebody still has to approve it. */
  readonly held?: boolean
  /** Who approved a late entry that is not held; the first of the site's staff where none is named. */
  readonly approver?: OperatorId
  /** What the record's clock shows (ms); noon of `date` where none is named, or now. */
  readonly at?: number
  /** Usage as this terminal knows it. */
  readonly used?: Record<string, number>
  /** Priced with this pack instead of the demo's. */
  readonly pack?: PolicyPack
  /** Fen of funds' pots that the terminal says it holds. */
  readonly pots?: Record<string, number>
  /** Changes the payload after it was computed, before it is signed. */
  readonly alter?: (payload: SalePayload) => SalePayload
}

/**
 * A terminal played by a test, with nothing of the real one's code: makes keys, enrols by a code, writes a chain of signed records
 * with real quotes, and speaks to the province in envelopes.
 */
export async function enrolPaperTerminal(code: EnrolmentCode, keys: PaperKeys) {
  const { status, json } = await post(code.address, '/v1/enrol', enrolmentRequest(code, keys))
  if (status !== 200) throw new Error(`enrolment refused: ${provinceRefusal.parse(json).code}`)
  const reply = enrolReply.parse(json)
  if (toBase64Url(sha256(fromBase64Url(reply.provinceKeys.root))) !== code.rootKeyHash)
    throw new Error('another root key')
  const rootSigned = await standardSuite.verify(
    fromBase64Url(reply.provinceKeys.root),
    utf8ToBytes(canonicalJson(reply.provinceKeys.keys)),
    fromBase64Url(reply.provinceKeys.signature),
  )
  if (!rootSigned) throw new Error('the province keys are not signed by the root key')
  const opened = await unwrap(standardSuite, reply.envelope, {
    me: code.terminal,
    senderKey: fromBase64Url(reply.provinceKeys.keys.transport),
    sealing: keys.sealing,
    answers: null,
  })
  if (!opened.ok) throw new Error(`the enrolment answer does not open: ${opened.problem}`)
  const { siteKey, site } = enrolledBody.parse(opened.body)
  return await paperTerminal(code.address, code.terminal, site, fromBase64Url(siteKey), keys, reply.provinceKeys.keys)
}

export type PaperTerminal = Awaited<ReturnType<typeof enrolPaperTerminal>>

async function paperTerminal(
  address: string,
  terminal: TerminalId,
  site: string,
  siteKey: Uint8Array,
  keys: PaperKeys,
  province: { transport: string; sealing: string; policy: string },
) {
  const transport = await standardSuite.signer(keys.transport)
  const ledger = await standardSuite.signer(keys.ledger)
  const sealTo = fromBase64Url(province.sealing)
  const ofSite = demoSites().find(({ id }) => id === site)
  const [colleague] = ofSite?.operators ?? []
  if (ofSite === undefined || colleague === undefined) throw new Error(`no demo site ${site} with staff`)
  const siteFacts = ofSite.facts
  const colleagueId = colleague.id
  const bootId = randomUUID()
  let counter = 0
  let head = { seq: 0, hash: chainStart }

  const envelopeFor = (kind: string, body: unknown) =>
    wrap(standardSuite, {
      from: terminal,
      to: provinceName,
      kind,
      counter: ++counter,
      replyTo: null,
      body,
      signer: transport,
      sealTo,
    })

  /** Sends an envelope as it is and opens the answer. */
  async function send<T>(path: string, envelope: Envelope, parse: (body: unknown) => T): Promise<Said<T>> {
    const { status, json } = await post(address, path, envelope)
    if (status !== 200) return { ok: false, refusal: provinceRefusal.parse(json) }
    const opened = await openReply(json, envelope.nonce)
    if (!opened.ok) throw new Error(`the answer does not open: ${opened.problem}`)
    return { ok: true, body: parse(opened.body) }
  }

  const openReply = (json: unknown, nonce: string) =>
    unwrap(standardSuite, json, {
      me: terminal,
      senderKey: fromBase64Url(province.transport),
      sealing: keys.sealing,
      answers: nonce,
    })

  /** Signs a record at a place of the chain, by default the next one. */
  async function sign(
    kind: LedgerRecord['kind'],
    payload: unknown,
    inputs: OpenedInputs | OpenedCard | OpenedNote | OpenedProxy | null,
    options: {
      id?: string
      date?: string
      clock?: number
      at?: { seq: number; hash: string }
      moveHead?: boolean
      generation?: number
    } = {},
  ): Promise<PushItem & { readonly id: RecordId }> {
    const at = options.at ?? head
    const now = options.clock ?? Date.now()
    const record = ledgerRecord.parse({
      v: 1,
      suite: 'standard',
      terminal,
      generation: options.generation ?? 1,
      seq: at.seq + 1,
      prev: at.hash,
      kind,
      id: options.id ?? uuidV7(now, randomBytes(10)),
      at: now,
      bootId,
      businessDate: options.date ?? businessDateOf(now),
      payload,
    })
    const bytes = recordBytes(record)
    if (options.moveHead !== false) head = { seq: record.seq, hash: recordHash(bytes) }
    const sealed =
      inputs === null
        ? null
        : toBase64Url(await standardSuite.seal(sealTo, utf8ToBytes(JSON.stringify(inputs)), inputsContext(terminal)))
    const signature = toBase64Url(await ledger.sign(bytes))
    return {
      seq: record.seq,
      record: Buffer.from(bytes).toString('utf8'),
      signature,
      inputs: sealed,
      id: recordId.parse(record.id),
    }
  }

  /** A sale of one meal with its real quote. */
  async function sale(
    senior: Pick<DemoSenior, 'id' | 'person'> & Partial<Pick<DemoSenior, 'cards'>>,
    options: SaleOptions = {},
  ) {
    const date = businessDate.parse(options.date ?? businessDateOf(Date.now()))
    const meal = options.meal ?? 'lunch'
    const listFen = options.listFen ?? 1500
    const id = uuidV7(Date.now(), randomBytes(10))
    const who = options.who ?? 'member'
    const isNamed = who === 'member' || who === 'unknown'
    const card = senior.cards?.[0]
    const inputs: SealedInputs = {
      v: 1,
      checkIn: checkInId.parse(id),
      senior: isNamed ? senior.id : null,
      credential: who === 'stranger' && card !== undefined ? { means: 'card', key: card } : null,
      quote: {
        person: who === 'member' ? senior.person : null,
        visit: { businessDate: date, meal, channel: 'dine-in', listFen: fenOf(listFen), site: siteFacts },
        used: options.used ?? {},
        rights: options.rights ?? (who === 'member' ? 'whole-cap' : {}),
        ...(options.pots === undefined ? {} : { pots: options.pots }),
        ...(options.advance ? { advance: true as const } : {}),
        ...(who === 'stranger' ? { stranger: true as const } : {}),
      },
    }
    const pack = options.pack ?? demoPack()
    const priced = quote(pack, inputs.quote)
    const salt = randomBytes(32)
    const kind = who === 'guest' ? 'cash' : 'account'
    const paidFen = dueFen(kind, priced.ownPayFen)
    const payload: SalePayload = {
      site: siteId.parse(site),
      senior: isNamed ? seniorRefOf(siteKey, senior.id) : null,
      means: who === 'guest' ? null : 'card',
      assurance: who === 'guest' ? null : 'presented',
      device: 'paper',
      deviceEvent: null,
      meal,
      channel: 'dine-in',
      items: [{ set: options.set ?? 'A', quantity: 1, fen: listFen }],
      policy: { pack: priced.pack, version: priced.version, hash: packHash(pack) },
      listFen: priced.listFen,
      discountFen: priced.discountFen,
      subsidies: priced.subsidies,
      ownPayFen: priced.ownPayFen,
      operatorFen: priced.operatorFen,
      cashRoundingFen: priced.ownPayFen - paidFen,
      pendingFen: priced.pendingFen,
      claimPending: priced.pendingFen > 0 || who === 'unknown' || who === 'stranger',
      debits: priced.debits.map(({ limit, label, unit, amount }) => ({ limit, label, unit, amount })),
      quoteCommitment: commitToQuote(priced.digest, salt),
      inputsCommitment: commitTo(inputs, salt),
      tenders: [{ kind, fen: paidFen, status: 'settled', reference: null }],
      operator: null,
      shift: null,
    }
    const noon = beginOf(date) + 8 * 3600_000
    const entered = options.enteredOn !== undefined || noon > Date.now() ? Date.now() : noon
    const place = { id, date, clock: options.at ?? (options.date === undefined ? Date.now() : entered) }
    const sold = options.alter?.(payload) ?? payload
    const sealed = { salt: toBase64Url(salt), inputs }
    if (options.enteredOn === undefined) return await sign('sale', sold, sealed, place)
    const held = options.held ?? false
    const approver = held ? null : (options.approver ?? colleagueId)
    const late = { servedOn: date, reason: 'a test', approver, held, sale: sold }
    return await sign('late-entry', late, sealed, { ...place, date: options.enteredOn })
  }

  return {
    terminal,
    address,
    keys,
    envelopeFor,
    send,
    openReply,
    sign,
    sale,
    head: () => head,
    site: siteId.parse(site),
    siteFacts,
    refOf: (senior: Pick<DemoSenior, 'id'>) => seniorRefOf(siteKey, senior.id),
    /** Staff change something about a senior's card; `tell` says something else than the record committed to. */
    async changeMeans(
      senior: Pick<DemoSenior, 'id'>,
      change: 'card-bound' | 'card-unbound' | 'card-lost' | 'card-found',
      card: string,
      tell: (opened: OpenedCard) => OpenedCard | null = opened => opened,
    ) {
      const salt = randomBytes(32)
      const inputs: CardInputs = { v: 1, senior: senior.id, card }
      const payload = {
        site,
        senior: seniorRefOf(siteKey, senior.id),
        change,
        means: 'manual',
        assurance: 'verified',
        device: null,
        deviceEvent: null,
        cardCommitment: commitToCard(inputs, salt),
        operator: 'paper',
      }
      return await sign('means-change', payload, tell({ salt: toBase64Url(salt), inputs }))
    },
    /** Somebody collected the meal of a sale for the senior. */
    collected(
      senior: Pick<DemoSenior, 'id'>,
      of: RecordId,
      proxy: ProxyId,
      { portion = 1, approver = null }: { portion?: number; approver?: OperatorId | null } = {},
    ) {
      const [ref, by] = [seniorRefOf(siteKey, senior.id), proxyRefOf(siteKey, proxy)]
      const payload = { site, senior: ref, of, proxy: by, portion, approver, operator: null }
      return sign('proxy-collection', payload, null)
    },
    /** A registered proxy vouched for the senior of a visit; `other` says something else than the ordinary. */
    vouched(senior: Pick<DemoSenior, 'id'>, of: RecordId, proxy: ProxyId, other: { site?: string } = {}) {
      const [ref, by] = [seniorRefOf(siteKey, senior.id), proxyRefOf(siteKey, proxy)]
      return sign('visit-proxy', { site, senior: ref, of, proxy: by, operator: null, ...other }, null)
    },
    /** Staff register somebody who may collect for the senior, or end it; `other` says something else than the ordinary. */
    changeProxy(
      senior: Pick<DemoSenior, 'id'>,
      who: { name: string; numberTail: string },
      other: { change?: 'registered' | 'ended'; from?: string; until?: string; approver?: string; name?: string } = {},
    ) {
      const { change = 'registered', approver = 'sun-min', name = who.name } = other
      const date = businessDateOf(Date.now())
      const isEnd = change === 'ended'
      const id = proxyIdOf(who.name, who.numberTail)
      const salt = randomBytes(32)
      const inputs: ProxyInputs = {
        ...{ v: 1, senior: senior.id, proxy: id, name, relation: null },
        numberTail: isEnd ? null : who.numberTail,
      }
      const payload = {
        ...{ site, senior: seniorRefOf(siteKey, senior.id), means: 'card', assurance: 'verified', device: null },
        ...{ deviceEvent: null, change, proxy: proxyRefOf(siteKey, id), proxyCommitment: commitToProxy(inputs, salt) },
        ...{ from: isEnd ? null : (other.from ?? date), until: isEnd ? null : (other.until ?? addDays(date, 365)) },
        ...{ operator: 'he-ping', approver },
      }
      return sign('proxy-change', payload, { salt: toBase64Url(salt), inputs })
    },
    /** The senior agrees to everything about their face, or withdraws all of it. `at`: what the clock showed (ms). */
    decideOnFace(senior: Pick<DemoSenior, 'id'>, event: 'given' | 'withdrawn', at: number) {
      const given = event === 'given'
      const payload = {
        ...{ site, senior: seniorRefOf(siteKey, senior.id), event, what: consentKind.options },
        ...{ notice: given ? faceNotice.version : null, by: 'senior', relation: null, agentCommitment: null },
        ...{ checked: given ? 'card' : null, reason: null, operator: 'paper' },
      }
      return sign('consent', payload, null, { clock: at })
    },
    async lookUp(question: LookupBody): Promise<LookupReply> {
      const said = await send('/v1/lookup', await envelopeFor('lookup', question), body => lookupReply.parse(body))
      if (!said.ok) throw new Error(`lookup refused: ${said.refusal.code}`)
      return said.body
    },
    voidOf: (of: RecordId, place: { date?: string; clock?: number } = {}) =>
      sign('void', { of, reason: 'a test', operator: null }, null, place),
    refundOf: (
      of: RecordId,
      back: { subsidies: { fund: string; fen: number }[]; ownPayFen: number },
      place: { date?: string; clock?: number } = {},
    ) => sign('refund', { of, ...back, reason: 'a test', operator: null }, null, place),
    /** Hands back what the province asked for. */
    release: (
      senior: Pick<DemoSenior, 'id'>,
      pack: PolicyPack,
      recall: { readonly id: string; readonly amounts: readonly { limit: string; label: string; amount: number }[] },
    ) => {
      const entries = recall.amounts.map(({ limit, label, amount }) => ({ limit, label, unit: 'count', amount }))
      const policy = { pack: pack.id, version: pack.versions[0]?.id, hash: packHash(pack) }
      const about = { change: 'release', senior: seniorRefOf(siteKey, senior.id), policy, entries }
      return sign('right-change', { ...about, epoch: 1, grant: recall.id }, null)
    },
    /** The difference of an accepted claim goes back to the senior. */
    madeGood: (
      senior: Pick<DemoSenior, 'id'>,
      of: string,
      subsidies: readonly { fund: string; fen: number }[],
      place: { date?: string; clock?: number } = {},
    ) => {
      const [at, ref] = [uuidV7(Date.now(), randomBytes(10)), seniorRefOf(siteKey, senior.id)]
      return sign('made-good', { site, senior: ref, of, subsidies, at, operator: null }, null, place)
    },
    pushEnvelope: (items: readonly PushItem[]) => envelopeFor('push', { generation: 1, items: items.map(plain) }),
    async push(items: readonly PushItem[], generation = 1): Promise<PushReply> {
      const said = await send('/v1/ledger', await envelopeFor('push', { generation, items: items.map(plain) }), body =>
        pushReply.parse(body),
      )
      if (!said.ok) throw new Error(`push refused: ${said.refusal.code}`)
      return said.body
    },
    async history(question: HistoryBody): Promise<HistoryReply> {
      const said = await send('/v1/history', await envelopeFor('history', question), body => historyReply.parse(body))
      if (!said.ok) throw new Error(`history refused: ${said.refusal.code}`)
      return said.body
    },
    async ask(question: AskBody): Promise<AskReply> {
      const said = await send('/v1/rights', await envelopeFor('ask', question), body => askReply.parse(body))
      if (!said.ok) throw new Error(`question refused: ${said.refusal.code}`)
      return said.body
    },
    /** Waits for news. */
    async wait(): Promise<Said<{ news: boolean }>> {
      return await send('/v1/news', await envelopeFor('wait', {}), body => waitReply.parse(body))
    },
    async pull(feed: FeedName, cursor: string | null, limit = 2000): Promise<PullReply> {
      const said = await send('/v1/feed', await envelopeFor('pull', { feed, cursor, limit }), body =>
        pullReply.parse(body),
      )
      if (!said.ok) throw new Error(`pull refused: ${said.refusal.code}`)
      return said.body
    },
  }
}

function plain({ seq, record, signature, inputs }: PushItem): PushItem {
  return { seq, record, signature, inputs }
}

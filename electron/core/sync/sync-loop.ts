import { z } from 'zod'
import type { ProblemCode } from '../../../shared/problems.ts'
import { type EnrolmentCode, type HistoryBody, type LedgerEnd, waitReply } from '../../../shared/province-api.ts'
import type { Signer, Suite } from '../../../shared/suite.ts'
import type { Notice, TerminalView } from '../../../shared/terminal-api.ts'
import type { CoreHost } from '../host.ts'
import type { CodeKeys } from '../store/code-keys.ts'
import type { Documents } from '../store/documents.ts'
import type { Ledger } from '../store/ledger.ts'
import type { Db } from '../store/open-database.ts'
import type { Policies } from '../store/policies.ts'
import type { Roster } from '../store/roster.ts'
import type { SealedInputsStore } from '../store/sealed-inputs.ts'
import { storeFault } from '../store/store-fault.ts'
import { acknowledged, everAcknowledged, latelyGivenAgain } from './acknowledged.ts'
import { type Enrolment, enrol, type OwnKeys, enrolment as storedEnrolment } from './enrol.ts'
import { type Exchange, exchange } from './exchange.ts'
import type { ExchangeKind, ProvinceLink } from './province-link.ts'
import { type PullParts, pullFeeds } from './pull.ts'
import { pushBatch } from './push.ts'
import { readUnreadAgain, unreadFeeds, unreadNotices } from './unread-items.ts'

export interface SyncView {
  readonly network: { state: 'online' | 'offline' | 'connecting'; since: number | null }
  readonly unsent: { count: number; oldestAt: number | null }
  readonly rosterSyncedAt: number | null
  readonly feedsUnread: TerminalView['feedsUnread']
  readonly notices: Notice[]
}

/** What is asked by itself, while somebody waits. */
export type AskedKind = 'ask' | 'resolve' | 'lookup' | 'face-fetch' | 'statement' | 'statement-revoke'

export interface SyncLoop {
  start(): void
  view(): SyncView
  enrolment(): Enrolment | null
  online(): boolean
  /** Soon, and with everything: a record waits, or somebody asked. */
  nudge(): void
  /** Asks the province something by itself, beside the rounds; `unreachable` where it is out of reach, or does not answer in `patienceMs`. */
  ask(kind: AskedKind, body: unknown, patienceMs: number): Promise<Exchange>
  /** Runs one round now; resolves when it is over, whatever came of it. */
  round(): Promise<void>
  /** Enrols by a code that a person gave at the till; says what stood in the way, null where nothing did. */
  enrolBy(code: EnrolmentCode): Promise<ProblemCode | null>
  /** Does a piece of work between two rounds, which may bring new keys of the province; `noteFork` says what the province found of this chain. */
  between<T>(work: (noteFork: (found: boolean) => void) => Promise<T>): Promise<T>
  stop(): Promise<void>
}

export interface SyncParts {
  readonly db: Db
  readonly suite: Suite
  readonly documents: Documents
  readonly ledger: Ledger
  readonly sealed: SealedInputsStore
  readonly roster: Roster
  readonly policies: Policies
  readonly codeKeys: CodeKeys
  readonly keys: OwnKeys
  readonly transportSigner: Signer
  readonly enrolmentCode: EnrolmentCode | null
  readonly everySeconds: number
  linkTo(address: string): ProvinceLink
  now(): number
  log: CoreHost['log']
  /** A first enrolment or a fresh feed changes what the terminal can do. */
  onEnrolled(enrolment: Enrolment): Promise<void>
  onChange(): void
  /** See `PullParts`. */
  readonly wantsTills: PullParts['wantsTills']
  onTime: PullParts['onTime']
  clockDoubt: PullParts['clockDoubt']
  onWithdrawn: PullParts['onWithdrawn']
  onRoster: PullParts['onRoster']
  onOrders: PullParts['onOrders']
  onRevoked: PullParts['onRevoked']
  onPeople: PullParts['onPeople']
  onLeases: PullParts['onLeases']
  onRounds: PullParts['onRounds']
  /** Before each round, whether or not there is a network. */
  onRound(): Promise<void>
  /** Before records are sent: what was lost here comes back first. */
  beforePush(send: (body: HistoryBody) => Promise<Exchange>): Promise<{ ok: true } | Exclude<Exchange, { ok: true }>>
  /** The province holds every record: what may leave only with one goes now. */
  afterPush(enrolment: Enrolment, send: (kind: ExchangeKind, body: unknown) => Promise<Exchange>): Promise<void>
}

/** While the province cannot be reached, a new record brings the next try no closer than this (ms). */
const soonest = 5000
/** Between two tries to hear of news where the last one failed (ms). */
const listenPause = 2000

/** What the province answers to a terminal that it does not take, as staff hear it. Anything else may come from what lies between. */
const turnedAway: ReadonlyMap<string, ProblemCode> = new Map([
  ['TERMINAL_STRUCK_OFF', 'TERMINAL_STRUCK_OFF'],
  ['TERMINAL_UNKNOWN', 'ENROLMENT_GONE'],
  // Nothing that its keys signed fits any more: enrolled anew elsewhere, or the province came back without it.
  ['ENVELOPE_BAD', 'ENROLMENT_GONE'],
  ['ENVELOPE_REPLAYED', 'CHAIN_FORKED'],
])

/** Keeps the terminal in step with its province: enrols once, then pulls feeds and pushes records, again and again, with a rising pause while there is no network. */
export function createSyncLoop(parts: SyncParts): SyncLoop {
  const { documents, ledger } = parts
  parts.db.transaction(() => readUnreadAgain(documents)).immediate()
  let held = documents.read('enrolment', storedEnrolment)
  let network: SyncView['network'] = { state: 'connecting', since: null }
  let problem: Notice | null = held ? null : { code: 'NOT_ENROLLED', values: {} }
  let running: Promise<void> | null = null
  let again = false
  let stopped = false
  let failures = 0
  /** Both by the monotonic clock: one that is set back stops nothing. */
  let waitUntil = 0
  let dueAt = 0
  /** Whether the province, or what stands before it, answered the last time, be it that it is busy; asked before the first time too. */
  let answers = true
  let forked = false
  /** The province misses records that are not here either. */
  let gap = false
  let timer: NodeJS.Timeout | null = null
  let line: Promise<unknown> = Promise.resolve()
  const flagged = parts.db.prepare<[], { n: number }>('SELECT count(*) AS n FROM verdict')

  function is(state: 'online' | 'offline', notice: Notice | null): void {
    if (network.state !== state) network = { state, since: parts.now() }
    problem = notice
    failures = state === 'online' ? 0 : failures + 1
    if (state === 'online') answers = true
    parts.onChange()
  }

  function failed(failure: Exclude<Exchange, { ok: true }>): void {
    answers = failure.reason === 'busy'
    if (failure.reason === 'busy') waitUntil = performance.now() + failure.retryAfterSeconds * 1000
    const refused = failure.reason === 'refused' ? turnedAway.get(failure.code) : undefined
    const code = failure.reason === 'false-province' ? 'PROVINCE_FALSE' : (refused ?? 'PROVINCE_UNREACHABLE')
    parts.log('warn', 'sync', {
      reason: failure.reason,
      ...(failure.reason === 'refused' ? { code: failure.code } : {}),
    })
    is('offline', { code, values: {} })
  }

  async function enrolFirst(): Promise<Enrolment | null> {
    if (held) return held
    const code = parts.enrolmentCode
    if (!code) return null
    const problem = await enrolNow(code)
    if (problem !== null) is('offline', { code: problem, values: {} })
    return held
  }

  async function enrolNow(code: EnrolmentCode): Promise<ProblemCode | null> {
    const result = await enrol({ ...parts, link: parts.linkTo(code.address) }, code)
    if (!result.ok) {
      parts.log('warn', 'enrolment', { problem: result.problem })
      return result.problem
    }
    await parts.onEnrolled(result.enrolment)
    held = result.enrolment
    return null
  }

  function say(enrolment: Enrolment, kind: ExchangeKind, body: unknown): Promise<Exchange> {
    const link = parts.linkTo(enrolment.address)
    return exchange({ ...parts, link, signer: parts.transportSigner, enrolment }, kind, body)
  }

  /** One envelope of the rounds at a time. Questions of people who wait, and of news, stand in no line. */
  function inTurn(enrolment: Enrolment, kind: ExchangeKind, body: unknown): Promise<Exchange> {
    const work = () => say(enrolment, kind, body)
    const mine = line.then(work, work)
    line = mine.catch(() => undefined)
    return mine
  }

  function ledgerEnd(): LedgerEnd {
    const head = ledger.head()
    return {
      head: head && { generation: head.generation, seq: head.seq, hash: head.hash },
      acknowledged: everAcknowledged(documents),
    }
  }

  async function once(): Promise<void> {
    const enrolment = await enrolFirst()
    if (!enrolment) return
    await parts.onRound()
    const send = (kind: 'push' | 'pull') => (body: unknown) => inTurn(enrolment, kind, body)
    const refilled = await parts.beforePush(body => inTurn(enrolment, 'history', body))
    // A province that knows no such question takes records all the same.
    if (!refilled.ok && refilled.reason !== 'refused') return failed(refilled)
    let seen: string | undefined
    let wentBack = false
    for (let moved = true; moved && !stopped; ) {
      seen = ledger.head()?.hash
      // A province that was away may come back from a copy that lacks the last of what it had.
      const pushed = await pushBatch({ ...parts, enrolment, send: send('push') }, network.state !== 'online')
      if (!pushed.ok) return failed(pushed)
      ;({ forked, gap } = pushed)
      // Once a round: what it says to the same records cannot rise and fall.
      moved = pushed.moved > 0 || (pushed.wentBack && !wentBack)
      wentBack ||= pushed.wentBack
      if (pushed.wentBack) parts.log('warn', 'sync', { reason: 'given-again', from: acknowledged(documents).seq })
      if (moved) is('online', null)
    }
    if (!forked) await parts.afterPush(enrolment, (kind, body) => inTurn(enrolment, kind, body))
    const pulled = await pullFeeds({ ...parts, enrolment, ledgerEnd, send: send('pull') })
    // The province may have exchanged its keys.
    held = documents.read('enrolment', storedEnrolment)
    if (!pulled.ok) return failed(pulled)
    is('online', null)
    // What the province wants back was answered with records: it waits for them. What it did not take a moment ago waits for the next round.
    if (ledger.head()?.hash !== seen && !forked) again = true
  }

  /** Hears of news as long as there is a network: what other tills need back is answered while their person still stands there. */
  async function listen(): Promise<void> {
    while (!stopped) {
      try {
        await listenOnce()
      } catch (error) {
        // A disk that takes no writes lets no envelope leave; once it does again, news are heard again.
        parts.log('error', 'listen', { detail: error instanceof Error ? error.message : 'unknown' })
        await pauseFor(listenPause)
      }
    }
  }

  async function listenOnce(): Promise<void> {
    const enrolment = network.state === 'online' ? held : null
    // Not in the line: the answer may take its time. Where a later envelope overtakes it, the province refuses it, and it asks again.
    const reply = enrolment ? await say(enrolment, 'wait', {}) : null
    const answer = reply?.ok ? waitReply.safeParse(reply.body) : null
    if (stopped) return
    const asked = reply?.ok === false && reply.reason === 'busy' ? reply.retryAfterSeconds * 1000 : 0
    // News stay news until the clock can date the answer: the rounds hear when it can.
    if (answer?.success !== true || parts.clockDoubt() !== null) await pauseFor(Math.max(listenPause, asked))
    else if (answer.data.news) await round()
  }

  function pauseFor(milliseconds: number): Promise<void> {
    return new Promise(resolve => {
      setTimeout(resolve, milliseconds).unref()
    })
  }

  function round(): Promise<void> {
    if (running) {
      again = true
      return running
    }
    running = once()
      .catch(error => {
        parts.log('error', 'sync', { detail: error instanceof Error ? error.message : 'unknown' })
        is('offline', storeFault(error) ?? { code: 'UNEXPECTED', values: {} })
      })
      .finally(() => {
        running = null
        if (again && !stopped) {
          again = false
          schedule(50)
        } else schedule(pause())
      })
    return running
  }

  /** Between rounds: the set period, doubled with each failure up to a minute, and spread so that a thousand terminals do not come at once. */
  function pause(): number {
    const period = parts.everySeconds * 1000
    const backoff = failures === 0 ? period : Math.max(period, Math.min(60_000, period * 2 ** Math.min(failures, 6)))
    const spread = backoff * (0.75 + Math.random() / 2)
    return Math.max(spread, waitUntil - performance.now())
  }

  function schedule(milliseconds: number): void {
    if (stopped) return
    if (timer) clearTimeout(timer)
    dueAt = performance.now() + milliseconds
    timer = setTimeout(() => void round(), milliseconds)
  }

  return {
    start() {
      schedule(0)
      void listen()
    },
    view() {
      const count = flagged.get()?.n ?? 0
      const look: Notice[] = count > 0 ? [{ code: 'RECORD_REFUSED', values: { count } }] : []
      const refused = parts.policies
        .refused()
        .map(({ id, detail }): Notice => ({ code: 'POLICY_BAD', values: { detail: `${id}: ${detail}` } }))
      const codeKeys = parts.codeKeys.refused()
      const fork: Notice[] = forked ? [{ code: 'CHAIN_FORKED', values: {} }] : []
      const missing: Notice[] = gap ? [{ code: 'RECORDS_MISSED', values: {} }] : []
      const again = latelyGivenAgain(documents, parts.now())
      const given: Notice[] = again > 0 ? [{ code: 'RECORDS_GIVEN_AGAIN', values: { count: again } }] : []
      const rosterSyncedAt = documents.read('roster-synced-at', z.int())
      // Offline since the last contact, which may lie before this start.
      const since = network.state === 'offline' ? (rosterSyncedAt ?? network.since) : network.since
      return {
        network: { ...network, since },
        unsent: ledger.unsent(acknowledged(documents)),
        rosterSyncedAt,
        feedsUnread: unreadFeeds(documents),
        notices: [
          ...(problem ? [problem] : []),
          ...fork,
          ...unreadNotices(documents),
          ...missing,
          ...given,
          ...refused,
          ...(codeKeys ? [codeKeys] : []),
          ...look,
        ],
      }
    },
    enrolment: () => held,
    online: () => network.state === 'online',
    ask(kind, body, patienceMs) {
      const away: Exchange = { ok: false, reason: 'unreachable' }
      // A province that sends feeds away while many come back has an answer for who stands here.
      if (!held || !answers) return Promise.resolve(away)
      const late = new Promise<Exchange>(resolve => {
        setTimeout(() => resolve(away), patienceMs).unref()
      })
      return Promise.race([say(held, kind, body), late])
    },
    nudge() {
      if (running) again = true
      else if (failures === 0) schedule(150)
      else if (dueAt - performance.now() > soonest) schedule(Math.max(soonest, waitUntil - performance.now()))
    },
    round,
    async enrolBy(code) {
      while (running) await running
      const problem = held === null ? await enrolNow(code) : null
      if (problem === null) await round()
      return problem
    },
    async between(work) {
      while (running) await running
      const mine = work(found => {
        forked = found
      })
      running = mine.then(
        () => undefined,
        () => undefined,
      )
      try {
        return await mine
      } finally {
        running = null
        held = documents.read('enrolment', storedEnrolment)
        schedule(again ? 50 : pause())
        again = false
        parts.onChange()
      }
    },
    async stop() {
      stopped = true
      if (timer) clearTimeout(timer)
      await running
    },
  }
}

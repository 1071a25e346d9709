import Database from 'better-sqlite3'
import type { BusinessDate } from '../../../shared/business-day.ts'
import { bytesToHex } from '../../../shared/bytes.ts'
import type { Credential } from '../../../shared/credential.ts'
import { type RecordId, recordId } from '../../../shared/ids.ts'
import type { ProblemCode } from '../../../shared/problems.ts'
import { roundPrefix } from '../../../shared/round/pack.ts'
import { deliveryIdOf, saleIdOf } from '../../../shared/round/record-ids.ts'
import type { StopResult } from '../../../shared/round/result.ts'
import {
  type RoundId,
  type RoundItem,
  roundId,
  roundLink,
  type TillRound,
  type TillStop,
} from '../../../shared/round/round.ts'
import type { EnteredResult, RoundsView, StopView } from '../../../shared/round-api.ts'
import type { Site } from '../../../shared/site.ts'
import type { Slip } from '../../../shared/slip.ts'
import type { Done, Notice } from '../../../shared/terminal-api.ts'
import { appendOnce } from '../append-once.ts'
import { sealNote } from '../seal-note.ts'
import { createWatched, type Watched } from '../watch.ts'
import { heardOf, resultsOf } from './handed-in.ts'
import { lookedAtSince, recordStop, type StopOutcome, type StopParts } from './record-stop.ts'
import { roundSlips } from './round-slip.ts'
import type { HeldRound, OwnResult, RoundStore } from './round-store.ts'

export interface RoundParts extends StopParts {
  readonly store: RoundStore
  site(): Site | null
  stopped(): Notice | null
  print(slip: Slip): Done
  onRecorded(): void
}

export interface RoundDesk {
  /** Rounds and results came with the feed; call it in the transaction that stores the page. */
  hear(items: readonly RoundItem[]): void
  /** Takes a code of a round, which is nobody's elder code: null where it is another code, else what is wrong with it, or that nothing is. */
  takes(credential: Credential): { readonly problem: ProblemCode | null } | null
  /** Records all that was handed in and can be recorded now. Safe to repeat. */
  settle(): Promise<void>
  view(): RoundsView
  /** What somebody has to see to: people who were not seen, and results that wait. */
  notices(): Notice[]
  /** Tells of changes of its own, so that no other change reads the rounds anew. */
  readonly watched: Watched
  print(round: RoundId): Done
  enter(entered: { round: RoundId; stop: number; result: EnteredResult }): Promise<Done>
  followUp(of: RecordId, seen: 'well' | 'unwell'): Promise<Done>
}

const done: Done = { result: 'done' }
const refuse = (code: ProblemCode): Done => ({ result: 'refused', notice: { code, values: {} } })
const scanProblems = {
  damaged: 'ROUND_CODE_DAMAGED',
  unknown: 'ROUND_CODE_UNKNOWN',
  forged: 'ROUND_CODE_FORGED',
} as const
const waitProblems = {
  shift: 'ROUND_WAITS_SHIFT',
  closed: 'ROUND_WAITS_CLOSED',
  menu: 'ROUND_WAITS_MENU',
  day: 'ROUND_WAITS_DAY',
} as const

/** Delivery rounds at the till that records them. */
export function createRoundDesk(parts: RoundParts): RoundDesk {
  const { store, ledger, deliveries, clock } = parts
  let scan: (NonNullable<RoundsView['scan']> & { batch: string }) | null = null
  let line: Promise<unknown> = Promise.resolve()
  /** What results of a round waited for when they were looked at last. */
  const waiting = new Map<string, { why: keyof typeof waitProblems; count: number }>()
  /** Rounds of which something may be recorded: all of them after a start. */
  const pending = new Set<RoundId>(store.since(lookedAtSince(parts.today())).map(({ round }) => round.round))
  const watched = createWatched()
  let seen: RoundsView | null = null

  function changed(): void {
    seen = null
    watched.changed()
  }

  function inLine<T>(work: () => Promise<T>): Promise<T> {
    const mine = line.then(work)
    line = mine.catch(() => undefined)
    return mine
  }

  const isRecorded = (round: TillRound, stop: number) => ledger.byId(saleIdOf(round, stop)) !== null

  async function settleRound(held: HeldRound): Promise<boolean> {
    const { round } = held
    const waits: Exclude<StopOutcome, 'recorded' | 'known'>[] = []
    let isNew = false
    for (const result of resultsOf(held)) {
      const stop = round.stops.find(one => one.stop === result.stop)
      if (stop === undefined) continue
      const outcome = await recordStop(parts, round, stop, result)
      if (outcome === 'recorded') isNew = true
      else if (outcome !== 'known') waits.push(outcome)
    }
    const [why] = waits
    if (why === undefined) waiting.delete(round.round)
    else waiting.set(round.round, { why, count: waits.length })
    return isNew
  }

  async function settleAll(): Promise<void> {
    const today = parts.today()
    if (seen !== null && seen.today !== today) {
      store.forget(today)
      changed()
    }
    if (pending.size === 0 || parts.stopped() !== null) return
    let isNew = false
    for (const round of [...pending]) {
      // What comes while it is looked at makes it pending once more.
      pending.delete(round)
      const held = store.of(round)
      try {
        if (held !== null) isNew = (await settleRound(held)) || isNew
      } catch (error) {
        pending.add(round)
        // A full disk is told by the disk watch; what was handed in stays to be recorded.
        if (error instanceof Database.SqliteError && error.code === 'SQLITE_FULL') return
        throw error
      }
      if (waiting.has(round)) pending.add(round)
    }
    if (isNew) parts.onRecorded()
    changed()
  }

  function deliveryOf(round: TillRound, result: StopResult) {
    const stored = ledger.byId(deliveryIdOf(round, result))?.record
    return stored?.kind === 'delivery' ? stored.payload : null
  }

  function stopView(round: TillRound, stop: TillStop, heard: readonly StopResult[], last?: StopResult): StopView {
    const sale = ledger.byId(saleIdOf(round, stop.stop))?.record
    const sold = sale?.kind === 'sale' ? sale.payload : sale?.kind === 'late-entry' ? sale.payload.sale : null
    const taken = sold?.tenders.filter(({ kind }) => kind === stop.pays).reduce((sum, { fen }) => sum + fen, 0) ?? 0
    // What was said of a stop after its sale is another delivery, and no other sale.
    const delivery =
      heard
        .map(one => deliveryOf(round, one))
        .find(one => one?.outcome === 'handed' && one.of === (sale?.id ?? null)) ?? null
    const nameOf = (set: string) => parts.site()?.menu.find(({ id }) => id === set)?.name ?? { zh: set, en: set }
    const unheard = stop.cancelled ? 'cancelled' : 'open'
    const unsold = last === undefined ? unheard : (deliveryOf(round, last)?.outcome ?? 'waiting')
    const state = sold !== null ? 'handed' : unsold
    return {
      ...{ stop: stop.stop, name: stop.name, door: stop.door, phone: stop.phone, portions: stop.portions },
      ...{ toldFen: stop.toldFen, pays: stop.pays, handCode: stop.handCode, state },
      set: nameOf(stop.set),
      more: stop.more.map(({ set, quantity }) => ({ name: nameOf(set), quantity })),
      carriedFen: delivery?.carriedFen ?? 0,
      overFen: stop.pays === 'cash' && delivery !== null ? Math.max(0, delivery.collectedFen - taken) : 0,
    }
  }

  function waitsOf(round: string): Notice | null {
    const waits = waiting.get(round)
    return waits === undefined ? null : { code: waitProblems[waits.why], values: { count: waits.count } }
  }

  function roundView(held: HeldRound): RoundsView['rounds'][number] {
    const { round } = held
    const heard = heardOf(held).map(({ result }) => result)
    const results = resultsOf(held)
    const of = (some: readonly StopResult[], stop: TillStop) => some.filter(one => one.stop === stop.stop)
    return {
      ...{ round: round.round, date: round.date, meal: round.meal, courier: round.courier.name },
      thirdParty: round.courier.kind === 'third-party',
      link: round.page === null ? null : roundLink(round.page, round),
      stops: round.stops.map(stop => stopView(round, stop, of(heard, stop), ...of(results, stop))),
      waits: waitsOf(round.round),
    }
  }

  function followUps(today: BusinessDate): RoundsView['followUps'] {
    return deliveries.notSeen(today).flatMap(({ id, payload }) => {
      const stop = store.of(payload.round)?.round.stops.find(one => one.stop === payload.stop)
      const { seen, outcome, servedAt: at, courier } = payload
      return seen === 'well'
        ? []
        : [
            {
              of: id,
              name: stop?.name ?? '',
              door: stop?.door ?? '',
              phone: stop?.phone ?? null,
              seen,
              outcome,
              at,
              courier,
            },
          ]
    })
  }

  function view(): RoundsView {
    if (seen !== null) return seen
    const today = parts.today()
    const rounds = store.since(lookedAtSince(today)).map(roundView)
    const isOpen = (round: (typeof rounds)[number]) =>
      round.date >= today || round.waits !== null || round.stops.some(({ state }) => state === 'open')
    const open = rounds.filter(isOpen)
    // Today's first, then what is over, the newest first; what is still to come last.
    const until = open.filter(({ date }) => date <= today).reverse()
    const later = open.filter(({ date }) => date > today)
    const scanned = scan && { round: scan.round, got: scan.got, of: scan.of }
    seen = { today, rounds: [...until, ...later], scan: scanned, followUps: followUps(today) }
    return seen
  }

  return {
    hear(items) {
      for (const item of items) {
        if (item.what === 'round') {
          store.keep(item.round)
          pending.add(item.round.round)
          continue
        }
        const read = store.takePart(item.text)
        if (read.ok) pending.add(roundId.parse(read.round))
      }
      // Recorded after the page is stored, never within its transaction.
      if (items.length > 0) setImmediate(() => void inLine(settleAll))
    },
    takes(credential) {
      if (credential.means !== 'code' || !credential.code.text.startsWith(roundPrefix)) return null
      const read = store.takePart(credential.code.text)
      if (!read.ok) return { problem: scanProblems[read.why] }
      const held = store.of(read.round)
      const before = scan?.round === read.round && scan.batch === read.batch ? scan.got : []
      const got = [...new Set([...before, read.part])].sort((one, other) => one - other)
      if (held !== null) {
        scan = { round: held.round.round, batch: read.batch, got, of: read.of }
        pending.add(held.round.round)
      }
      changed()
      void inLine(settleAll)
      return { problem: null }
    },
    settle: () => inLine(settleAll),
    watched,
    notices() {
      const { rounds, followUps: open } = view()
      const waits = rounds.flatMap(round => round.waits ?? [])
      return [
        ...waits,
        ...(open.length === 0 ? [] : [{ code: 'FOLLOW_UPS_OPEN' as const, values: { count: open.length } }]),
      ]
    },
    view,
    print(round) {
      const held = store.of(round)
      if (held === null) return refuse('ROUND_GONE')
      const said = roundSlips(held.round, parts.site()).map(parts.print)
      return said.find(({ result }) => result === 'refused') ?? done
    },
    enter: ({ round, stop, result }) =>
      inLine(async () => {
        const held = store.of(round)
        if (!held?.round.stops.some(one => one.stop === stop)) return refuse('ROUND_GONE')
        if (held.round.date > parts.today()) return refuse('ROUND_NOT_YET')
        const stopped = parts.stopped()
        if (stopped !== null) return { result: 'refused', notice: stopped }
        if (isRecorded(held.round, stop)) return refuse('ROUND_STOP_DONE')
        const about = { id: bytesToHex(parts.suite.randomBytes(8)), stop, at: Math.floor(clock.now() / 1000) }
        const own: OwnResult =
          result.outcome === 'nobody' ? { ...about, ...result } : { ...about, ...result, proof: null }
        store.enter(round, own)
        pending.add(round)
        await settleAll()
        if (deliveryOf(held.round, own) !== null) return done
        return { result: 'refused', notice: waitsOf(round) ?? { code: 'ROUND_WAITS_SHIFT', values: { count: 1 } } }
      }),
    followUp: (of, seen) =>
      inLine(async () => {
        const delivery = deliveries.notSeen(parts.today()).find(({ id }) => id === of)
        const stop =
          delivery && store.of(delivery.payload.round)?.round.stops.find(one => one.stop === delivery.payload.stop)
        const shift = parts.shifts.on(parts.today())
        if (shift === null) return refuse(ledger.dayIsClosed(parts.today()) ? 'DAY_CLOSED' : 'NO_SHIFT')
        if (delivery === undefined || stop === undefined) return refuse('FOLLOW_UP_GONE')
        const { site, senior } = delivery.payload
        const { operator } = shift
        const id = recordId.parse(clock.mint())
        const result = await appendOnce(ledger, id, () => {
          const noted = sealNote(parts, { v: 1, senior: stop.senior, note: null })
          const payload = { site, senior, of, seen, by: operator, noteCommitment: noted.commitment, operator }
          const also = () => {
            noted.write(id, senior)
            return true
          }
          return [{ draft: { kind: 'follow-up', id, at: clock.now(), payload }, also }]
        })
        if (result.result === 'refused') return result
        parts.onRecorded()
        changed()
        return done
      }),
  }
}

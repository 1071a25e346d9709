import type { LaneLine } from '../../electron/core/lanes/lane-client.ts'
import {
  type LaneAnswer,
  type LaneKind,
  type LaneQuestion,
  laneMessages,
} from '../../electron/core/lanes/lane-messages.ts'
import { addDays } from '../../shared/business-day.ts'
import { fundId, type RecordId, recordId, terminalId } from '../../shared/ids.ts'
import { owedKey } from '../../shared/leases/word.ts'
import type { LedgerRecord } from '../../shared/record.ts'
import type { Done } from '../../shared/terminal-api.ts'
import { uuidV7 } from '../../shared/uuid.ts'
import { type LaneTill, laneFirst, laneFolder, lanePeople, laneSecond, openLaneTill } from './lane-house.ts'
import { randomFrom } from './random.ts'
import { firstDay, houseDays, housePack } from './sale-house.ts'

/** What becomes of one question: how far it gets, and who loses their power on the way. */
export const fates = [
  'answered',
  'question lost',
  'answer lost',
  'late',
  'first ends before',
  'first ends after',
  'second ends before',
  'second ends after',
] as const
export type Fate = (typeof fates)[number]

/** One visit at one of the tills, whatever numbers it had, and what the people at it saw and did. */
export interface LaneVisitSeen {
  readonly ids: Set<string>
  /** The sale that its screen called recorded. */
  shown: string | null
  /** The person confirmed, and the till ended before it said what came of it. */
  cutOff: boolean
  /** It went on under another number, or staff put it away. */
  givenUp: boolean
}

/** Stands for a question whose asker is gone. */
const never = new Promise<never>(() => undefined)

/** Two tills of a site, each with its real store and lane code, and between them a line that fails as it is told. */
export async function openLaneWorld(seed: number) {
  const random = randomFrom(seed)
  const folders = { first: laneFolder(), second: laneFolder() }
  let now = Date.parse(`${firstDay}T11:00:00+08:00`)
  const latest = Date.parse(`${firstDay}T12:30:00+08:00`)
  let isCut = false
  let isStopped = false
  /** What the list of tills says of the first one. */
  let list: 'first' | 'listed' | 'gone' = 'first'
  let toCome: Fate[] = []
  const late: (() => Promise<void>)[] = []
  let endOfSecond = Promise.withResolvers<'ended'>()
  let keys: { first: string; second: string } | null = null

  /** How far the second till's clock is off (ms). */
  let skew = 0
  const clockOf = (which: 'first' | 'second') => {
    const at = () => now + (which === 'second' ? skew : 0)
    const mint = () =>
      uuidV7(
        at(),
        Uint8Array.from({ length: 10 }, () => random.below(256)),
      )
    return { now: at, monotonic: () => now, mint }
  }

  async function carry<K extends LaneKind>(
    line: LaneLine,
    kind: K,
    question: LaneQuestion<K>,
  ): Promise<LaneAnswer<K> | null> {
    const fate = toCome.shift() ?? 'answered'
    const text = JSON.stringify(question)
    const ask = async (): Promise<unknown> => {
      if (!first.letsIn(line.key, keys?.second ?? '')) return null
      const parsed: unknown = laneMessages[kind].question.parse(JSON.parse(text))
      return await first.answer(line.identity, kind, parsed).catch(() => null)
    }
    if (isCut || fate === 'question lost') return null
    if (fate === 'late') {
      late.push(async () => void (await ask()))
      return null
    }
    if (fate === 'first ends before') {
      await endFirst()
      return null
    }
    if (fate === 'second ends before') return endSecond()
    const answer = await ask()
    if (fate === 'first ends after') await endFirst()
    if (fate === 'second ends after') return endSecond()
    if (fate !== 'answered' || answer === null) return null
    const heard = laneMessages[kind].answer.safeParse(JSON.parse(JSON.stringify(answer)))
    return heard.success ? (heard.data as LaneAnswer<K>) : null
  }

  const open = (which: 'first' | 'second') =>
    openLaneTill({
      ...{ dataDir: folders[which].path, clock: clockOf(which), carry, isStopped: () => isStopped },
      terminal: which === 'first' ? laneFirst : laneSecond,
    })
  let first: LaneTill = await open('first')
  let second: LaneTill = await open('second')
  keys = { first: first.key, second: second.key }

  function listNow() {
    const other = { terminal: terminalId.parse('till-0'), key: keys?.second ?? '' }
    const tills = [
      ...(list === 'first' ? [] : [other]),
      ...(list === 'gone' ? [] : [{ terminal: laneFirst, key: keys?.first ?? '' }]),
      { terminal: laneSecond, key: keys?.second ?? '' },
    ]
    return { first: list === 'first' ? laneFirst : other.terminal, tills }
  }

  async function endFirst(): Promise<void> {
    first.crash()
    first = await open('first')
    await first.ready(listNow())
  }

  function endSecond(): Promise<never> {
    endOfSecond.resolve('ended')
    return never
  }

  await first.ready(listNow())
  await second.ready(listNow())
  const owed: Record<string, { of: RecordId; subsidies: { fund: ReturnType<typeof fundId.parse>; fen: number }[] }>[] =
    lanePeople.map(() => ({}))
  const tell = (person: number) => {
    const claims = owed[person] ?? {}
    const totals = Object.fromEntries(Object.keys(claims).map(key => [key, 1]))
    const ahead = { through: addDays(firstDay, houseDays), each: { meal: 1, week: 3, budget: 900 } }
    const senior = lanePeople[person]?.senior.id
    if (senior === undefined) throw new Error('nobody')
    return first.leases.hear([
      { senior, pack: housePack.id, generation: 1, grant: { epoch: 1, totals, ahead }, recall: null, owed: claims },
    ])
  }
  for (const person of lanePeople.keys()) await tell(person)

  const visits: LaneVisitSeen[] = []
  /** Sales that staff took back, and were told so; `maybe`: they were told that it is not certain, or nothing. */
  const takenBack = new Map<string, 'maybe' | 'yes'>()
  function took(sale: string, result: Done | null): void {
    if (result?.result === 'done' && takenBack.get(sale) === 'yes') throw new Error('money was given back twice')
    if (result?.result === 'done') takenBack.set(sale, 'yes')
    else if ((result === null || result.notice.code === 'LANE_VOID_LATER') && !takenBack.has(sale))
      takenBack.set(sale, 'maybe')
  }
  const visitOf = (id: string) => visits.find(({ ids }) => ids.has(id))
  function renumber(): void {
    for (const [to, from] of second.renumbered) {
      const seen = visitOf(from)
      seen?.ids.add(to)
      if (seen) seen.givenUp = true
    }
  }
  function visit(id: string): LaneVisitSeen {
    const seen: LaneVisitSeen = { ids: new Set([id]), shown: null, cutOff: false, givenUp: false }
    visits.push(seen)
    return seen
  }

  /** Does something at the second till, which may end in the middle of it; then it is started again. Null: it ended. */
  async function atSecond<T>(work: () => Promise<T>): Promise<T | null> {
    const done = await Promise.race([work(), endOfSecond.promise])
    renumber()
    if (done !== 'ended') return done
    endOfSecond = Promise.withResolvers()
    await startSecond()
    return null
  }

  async function startSecond(): Promise<void> {
    second.crash()
    second = await open('second')
    await second.ready(listNow())
    const goesOn = await Promise.race([second.resume(), endOfSecond.promise])
    renumber()
    if (goesOn !== 'ended') return
    endOfSecond = Promise.withResolvers()
    await startSecond()
  }

  return {
    get first() {
      return first
    },
    get second() {
      return second
    },
    visits,
    visitOf,
    takenBack,
    /** What becomes of the next questions; what is left over of it is forgotten with the next call. */
    fate(next: readonly Fate[]): void {
      toCome = [...next]
    },
    cut(is: boolean): void {
      isCut = is
    },
    /** The first till sells nothing for others. */
    stop(is: boolean): void {
      isStopped = is
    },
    /** Never beyond the meal. */
    wait(minutes: number): void {
      now = Math.min(now + minutes * 60_000, latest)
    },
    /** The second till's clock is off from now on. */
    setOff(minutes: number): void {
      skew = minutes * 60_000
    },
    /** The province sends a list in which the first till is another one, or is missing. */
    listing(is: typeof list): void {
      list = is
      for (const till of [first, second]) till.documents.write('tills', listNow())
    },
    /** Questions that were on their way come to the first till after all. */
    async deliverLate(): Promise<void> {
      for (const question of late.splice(0)) await question()
    },
    async arrive(person: number): Promise<void> {
      if (second.screen() !== null) return
      const coming = second.newVisit(person)
      visit(coming.id)
      await atSecond(() => second.arrive(coming))
    },
    async confirm(): Promise<void> {
      const open = second.screen()?.open
      const seen = open && visitOf(open.id)
      if (!open || !seen) return
      const result = await atSecond(() => second.confirm())
      if (result === null) seen.cutOff = true
      else if (result.result === 'recorded') seen.shown = result.id
    },
    dismiss(): void {
      const seen = visitOf(second.screen()?.open.id ?? '')
      if (seen) seen.givenUp = true
      second.dismiss()
    },
    /** Somebody eats at the first till, as it prices them. */
    async eatAtFirst(person: number): Promise<void> {
      const coming = first.newVisit(person)
      const seen = visit(coming.id)
      await first.arrive(coming)
      while (seen.shown === null) {
        const result = await first.confirm()
        if (result.result === 'recorded') seen.shown = result.id
      }
    },
    look: () => atSecond(() => second.watch.look()),
    restartSecond: () => startSecond(),
    restartFirst: () => endFirst(),
    /** Staff of a till void the sale that its screen showed last. */
    async voidAt(which: 'first' | 'second', nth: number): Promise<void> {
      const at = which === 'first' ? first : second
      const own = standing(at.records()).map(({ id }) => id)
      const there = which === 'first' ? own : [...own, ...second.sales.on(firstDay, 100).map(({ record }) => record)]
      const sale = there[nth % Math.max(1, there.length)]
      if (sale) took(sale, await atSecond(() => at.voidHere(sale)))
    },
    async refundAt(which: 'first' | 'second', nth: number): Promise<void> {
      const at = which === 'first' ? first : second
      const there = standing(at.records())
      const sale = there[nth % Math.max(1, there.length)]
      if (sale) took(sale.id, await atSecond(() => at.refunds.refund({ sale: sale.id, reason: 'meal spoiled' })))
    },
    /** The province accepts the claim of a sale that the second till made alone, and leases its payment to the first. */
    async acceptClaim(nth: number): Promise<void> {
      const claims = second
        .records()
        .flatMap(record => (record.kind === 'sale' && record.payload.claimPending ? [record] : []))
      const sale = claims[nth % Math.max(1, claims.length)]
      const person = lanePeople.findIndex(({ ref }) => ref === sale?.payload.senior)
      const known = owed[person]
      if (!sale || !known) return
      known[owedKey(sale.id)] = { of: recordId.parse(sale.id), subsidies: [{ fund: fundId.parse('city'), fen: 300 }] }
      await tell(person)
    },
    close(): void {
      first.crash()
      second.crash()
      folders.first.remove()
      folders.second.remove()
    },
  }
}

export type LaneWorld = Awaited<ReturnType<typeof openLaneWorld>>

/** Sales of a ledger that nobody took back. */
export function standing(records: readonly LedgerRecord[]) {
  const taken = new Set(
    records.flatMap(record => (record.kind === 'void' || record.kind === 'refund' ? [record.payload.of] : [])),
  )
  return records.flatMap(record => (record.kind === 'sale' && !taken.has(record.id) ? [record] : []))
}

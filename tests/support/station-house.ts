import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, vi } from 'vitest'
import { openDatabase } from '../../province/database.ts'
import { type ProvinceSenior, provinceSenior, putSeniors } from '../../province/seniors.ts'
import { putOrders } from '../../province/visit-orders.ts'
import { addDays, businessDate, businessDateOf } from '../../shared/business-day.ts'
import { operatorId, type RecordId, type SeniorId, siteId } from '../../shared/ids.ts'
import { type PlannedOrder, plannedOrder } from '../../shared/visit/order.ts'
import { type CarerId, carerId } from '../../shared/visit/service.ts'
import type { StationView, VisitView } from '../../shared/visit-api.ts'
import { cuttableLine } from './cuttable-line.ts'
import { openProvinceHouse } from './province-house.ts'
import { openTerminalInProcess } from './terminal-in-process.ts'
import type { Till } from './till.ts'

const leadPin = '840215'
const carerPin = '305917'
const site = siteId.parse('demo-canteen')

/** Somebody whom a test makes up, a member of the demo canteen; their card is `cardOf` their number. */
export function memberOf(number: number, name: string, person: object): ProvinceSenior {
  return provinceSenior.parse({
    id: String(number).padStart(32, 'c'),
    homeSite: site,
    name,
    sex: 'female',
    person: { birthDate: '1944-03-08', categories: [], household: {}, ...person },
    entitledUntil: '2027-12-31',
    cards: [],
    codesSince: 0,
    numberTail: String(1000 + number),
  })
}

export const carer = (id: string): CarerId => carerId.parse(id)

type Step<K extends StationView['desk']['state']> = Extract<StationView['desk'], { state: K }>

/**
 * The demo canteen's station with the real core and the real province in the test's process, whose clock is the test's too. The lead is on duty,
 * every carer has a PIN, the station's screen is open.
 * @param day business date
 */
export async function openStationHouse(day: string, seniors: readonly ProvinceSenior[]) {
  let today = businessDate.parse(day)
  const instant = (clock: string) => Date.parse(`${today}T${clock}:00+08:00`)
  vi.useFakeTimers({ toFake: ['Date'], now: instant('06:00') })
  const folder = mkdtempSync(join(tmpdir(), 'aixin-station-'))
  const line = cuttableLine()
  const province = await openProvinceHouse({ lunchAllDay: true })
  const database = await openDatabase(province.databaseUrl)
  await province.rows('delete from visit_order')
  await putSeniors(database, seniors)
  const code = await province.code()
  const options = { dataDir: folder, enrolmentCode: { ...code, address: await line.open(code.address) } }
  let terminal = await openTerminalInProcess(options)
  let view = await follow(terminal.till)
  const till = () => terminal.till

  async function follow({ client }: Till) {
    let newest: StationView | null = null
    const stream = await client.visit.watch()
    void (async () => {
      for await (const value of stream) newest = value
    })().catch(() => undefined)
    await vi.waitFor(() => expect(newest).not.toBeNull(), 20_000)
    return () => {
      if (newest === null) throw new Error('no view yet')
      return newest
    }
  }

  const done = { result: 'done' }
  async function until<T>(look: (now: StationView) => T | null): Promise<T> {
    return await vi.waitFor(() => {
      const found = look(view())
      if (found === null) throw new Error(`not yet: ${JSON.stringify(view().desk).slice(0, 300)}`)
      return found
    }, 20_000)
  }
  const isAt = <K extends StationView['desk']['state']>(desk: StationView['desk'], state: K): desk is Step<K> =>
    desk.state === state
  const step = <K extends StationView['desk']['state']>(state: K) =>
    until(({ desk }) => (isAt(desk, state) ? desk : null))

  async function openDay(): Promise<void> {
    const { client } = till()
    await till().untilTerminal(
      now =>
        now.roster.members > 0 &&
        now.menu.length > 0 &&
        !now.roster.stale &&
        now.businessDate === businessDateOf(Date.now()),
    )
    if (till().terminal().shift === null)
      await client.openShift({ operator: operatorId.parse('sun-min'), date: businessDateOf(Date.now()) })
    expect(await client.visit.open()).toEqual(done)
  }

  await openDay()
  expect(await till().client.afterwards.setPin({ pin: leadPin })).toEqual(done)
  const approval = { operator: operatorId.parse('sun-min'), pin: leadPin }
  for (const one of view().station?.carers ?? [])
    expect(await till().client.visit.setCarerPin({ carer: one.carer, pin: carerPin, approval })).toEqual(done)

  const house = {
    province,
    database,
    line,
    site,
    carerPin,
    approval,
    day: businessDateOf(Date.now()),
    view: () => view(),
    client: () => till().client,
    till,
    step,
    until,
    dataDir: folder,
    at(clock: string) {
      vi.setSystemTime(instant(clock))
    },
    /** The shift and the station's screen stand open. */
    opened: openDay,
    /** Clock times are of the next day from now on. */
    nextDay() {
      today = addDays(today, 1)
    },
    /** The province has sent everything, this senior's rights included. */
    async synced(): Promise<void> {
      await till().client.syncNow()
      await till().untilTerminal(({ unsent, network }) => unsent.count === 0 && network.state === 'online')
    },
    async order(...orders: readonly object[]): Promise<void> {
      const parsed: PlannedOrder[] = orders.map(one =>
        plannedOrder.parse({ date: day, minutes: null, carer: null, state: 'planned', note: null, ...one }),
      )
      await putOrders(database, site, parsed)
      await till().client.syncNow()
    },
    /** Somebody whom staff know comes for a service, or with `order` for what was ordered. */
    async arrive(senior: SeniorId, service: string | { order: string }, by: string | null) {
      const { client } = till()
      expect(await client.visit.choose({ senior })).toEqual(done)
      const chosen =
        typeof service === 'string'
          ? await client.visit.chooseService({ service })
          : await client.visit.chooseOrder({ order: plannedOrder.shape.order.parse(service.order) })
      expect(chosen).toEqual(done)
      if (by !== null) expect(await client.visit.carer({ carer: carer(by), pin: carerPin })).toEqual(done)
    },
    /** Begins, and gives the visit. */
    async begin(): Promise<RecordId> {
      expect(await till().client.visit.begin({ seen: null, note: null })).toEqual(done)
      return (await step('visit')).visit.visit
    },
    async signIn(clock: string, senior: SeniorId, service: string | { order: string }, by: string): Promise<RecordId> {
      house.at(clock)
      await house.arrive(senior, service, by)
      return await house.begin()
    },
    /** Ends a visit as staff see it, in cash. */
    async signOut(
      clock: string,
      visit: RecordId,
      early: Parameters<Till['client']['visit']['leave']>[0]['early'] = null,
    ): Promise<VisitView> {
      const { client } = till()
      house.at(clock)
      expect(await client.visit.leave({ visit, early })).toEqual(done)
      expect(await client.visit.chooseTender({ tender: 'cash' })).toEqual(done)
      const { visit: shown } = await until(({ desk }) =>
        isAt(desk, 'leaving') && desk.visit.visit === visit && (desk.visit.price?.tender ?? 'cash') === 'cash'
          ? desk
          : null,
      )
      const result = await client.visit.finish({ visit, digest: shown.price?.digest ?? null })
      expect(result).toEqual({ result: 'recorded', visit })
      await client.visit.rate({ visit, rating: null })
      return shown
    },
    /** The terminal ends as by a power cut would be told apart by nobody: whatever is not on disk is gone. */
    async restart(): Promise<void> {
      await house.between(async () => undefined)
    },
    /** Does something while the terminal is stopped. */
    async between(work: () => Promise<void>): Promise<void> {
      await terminal.stop()
      await work()
      terminal = await openTerminalInProcess(options)
      view = await follow(terminal.till)
      await openDay()
    },
    /** What the claims say, by fund: fen paid, taken back, held. */
    async claims(): Promise<Record<string, unknown>[]> {
      return await province.rows(
        `select fund, sum(served_fen)::int as served, sum(taken_back_fen)::int as back, sum(held_fen)::int as held
           from claim_month where month = $1 and site_id = $2 group by fund order by fund`,
        [day.slice(0, 7), site],
      )
    },
    async verdicts(): Promise<Record<string, unknown>[]> {
      return await province.rows(
        "select kind, code, count(*)::int as n from ledger where verdict <> 'accepted' group by 1, 2 order by 1, 2",
      )
    },
    async close(): Promise<void> {
      await terminal.stop()
      await line.cut()
      await database.close()
      await province.close()
      rmSync(folder, { recursive: true, force: true })
      vi.useRealTimers()
    },
  }
  return house
}

export type StationHouse = Awaited<ReturnType<typeof openStationHouse>>

import { afterAll, beforeAll, expect, it } from 'vitest'
import { demoSeniors } from '../../province/demo-people.ts'
import type { CheckInId, SeniorId } from '../../shared/ids.ts'
import type { ConfirmResult } from '../../shared/terminal-api.ts'
import { type DemoHouse, openDemoHouse } from './demo-house.ts'
import { readLedger } from './read-ledger.ts'
import { isPriced, openTill, type Till } from './till.ts'

const sleep = (milliseconds: number) => new Promise<void>(resolve => setTimeout(resolve, milliseconds))

/** So many sales are confirmed between the kills. */
const leastConfirmed = 10

/** A page that comes back: calls are repeated over a new line until one is answered. */
function stubbornPage(house: DemoHouse) {
  let till: Promise<Till> | null = null
  const line = async (): Promise<Till> => {
    till ??= openTill(house.host.origin, house.cookie)
    const opened = await till
    void opened.closed.then(() => {
      till = null
    })
    return opened
  }
  return async function again<T>(call: (till: Till) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        const opened = await line()
        return await Promise.race([call(opened), opened.closed.then(() => Promise.reject(new Error('cut')))])
      } catch {
        till = null
        await sleep(20)
      }
    }
  }
}

/**
 * A rush in which the core is killed with SIGKILL at random moments while the page repeats its calls until one is answered. Gives the
 * check-ins whose confirmation came through; everything is at the province when it resolves.
 */
async function rushUnderKills(house: DemoHouse, kills: number): Promise<CheckInId[]> {
  const page = stubbornPage(house)
  const confirmed: CheckInId[] = []
  const seniors: SeniorId[] = demoSeniors().flatMap(senior => (senior.cards.length > 0 ? [senior.id] : []))
  let killed = 0
  let rushing = true

  const killer = (async () => {
    while (killed < kills) {
      await page(async () => undefined)
      // On a busy machine a core that was only ever killed before its first sale would prove nothing.
      while (confirmed.length < (killed * leastConfirmed) / kills) await sleep(20)
      await sleep(Math.random() * 1200)
      const processId = house.host.coreProcessId()
      if (processId === null) continue
      process.kill(processId, 'SIGKILL')
      killed += 1
      await sleep(100)
    }
    while (confirmed.length < leastConfirmed) await sleep(20)
    rushing = false
  })()

  for (let turn = 0; rushing; turn += 1) {
    const senior = seniors[turn % seniors.length]
    if (!senior) throw new Error('no demo senior has a card')
    const shown = await page(async till => {
      if (isPriced(till.cashier())) return till.cashier()
      await till.client.dismiss()
      await till.client.simulatedPeople()
      const answer = await till.client.simulate({ senior, present: 'card' })
      if (answer.result !== 'done') throw new Error('the driver is not back yet')
      return await till.untilCashier(view => view.state !== 'ready' && view.state !== 'reading')
    })
    if (!isPriced(shown)) continue
    let question = { checkIn: shown.checkIn, digest: shown.digest }
    for (let asked = 0; asked < 3; asked += 1) {
      const answer: ConfirmResult = await page(till => till.client.confirm(question))
      if (answer.result === 'recorded') confirmed.push(shown.checkIn)
      if (answer.result !== 'price-changed') break
      question = await page(async till => {
        const now = await till.untilCashier(isPriced)
        return { checkIn: now.checkIn, digest: now.digest }
      })
    }
  }
  await killer
  await page(till => till.client.dismiss())
  await page(till => till.untilTerminal(view => view.unsent.count === 0))
  return confirmed
}

/** The test itself, for the short and the long run. */
export function keepsEveryMealUnderKills(kills: number): void {
  let house: DemoHouse

  beforeAll(async () => {
    house = await openDemoHouse()
    const till = await house.openTill()
    await till.client.simulatedPeople()
    till.close()
  })
  afterAll(() => house?.close())

  it(`keeps every confirmed meal exactly once while the core is killed ${kills} times in the middle of a rush`, async () => {
    const confirmed = await rushUnderKills(house, kills)
    await house.host.stop()

    const { records, findings, pages } = await readLedger(house.dataDir)
    const sales = records.filter(record => record.kind === 'sale').map(record => record.id)
    expect(pages).toBe('ok')
    expect(findings).toEqual([])
    expect(new Set(sales).size).toBe(sales.length)
    expect(sales).toEqual(expect.arrayContaining(confirmed.map(String)))
    expect(confirmed.length).toBeGreaterThanOrEqual(leastConfirmed)
    expect(await house.province.number("select count(*) from ledger where kind = 'sale'")).toBe(sales.length)
  }, 900000)
}

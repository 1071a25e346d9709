import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DemoHouse, openDemoHouse } from './demo-house.ts'
import { readLedger } from './read-ledger.ts'
import { rushUnderBlows } from './rush-under-blows.ts'

/** Kills the core of a house with SIGKILL; false where none runs. */
export function killCore(house: DemoHouse): boolean {
  const processId = house.host.coreProcessId()
  if (processId !== null) process.kill(processId, 'SIGKILL')
  return processId !== null
}

/** What the ledger and the province hold after a rush, beside what the pages were told. */
export async function expectEachMealOnce(
  house: DemoHouse,
  confirmed: readonly string[],
): Promise<{ confirmed: number; recorded: number; lost: number; doubled: number }> {
  const { records, findings, pages } = await readLedger(house.dataDir)
  const sales = records.filter(record => record.kind === 'sale').map(record => record.id)
  expect(pages).toBe('ok')
  expect(findings).toEqual([])
  const held = new Set<string>(sales)
  const counts = {
    ...{ confirmed: confirmed.length, recorded: sales.length },
    ...{ lost: confirmed.filter(id => !held.has(id)).length, doubled: sales.length - held.size },
  }
  expect(counts).toMatchObject({ lost: 0, doubled: 0 })
  expect(await house.province.number("select count(*) from ledger where kind = 'sale'")).toBe(sales.length)
  expect(await house.province.number('select count(*) from forked_record')).toBe(0)
  return counts
}

/** The test itself, for the short and the long run. */
export function keepsEveryMealUnderKills(kills: number, least: number): void {
  let house: DemoHouse

  beforeAll(async () => {
    house = await openDemoHouse()
    const till = await house.openTill()
    await till.client.simulatedPeople()
    till.close()
  })
  afterAll(() => house?.close())

  it(`keeps every confirmed meal exactly once while the core is killed ${kills} times in the middle of a rush`, async () => {
    const blow = async () => killCore(house)
    const { confirmed, repeated } = await rushUnderBlows(house, { blows: kills, least, blow })
    await house.host.stop()
    const counts = await expectEachMealOnce(house, confirmed)
    console.log(JSON.stringify({ kills, ...counts, answeredAgain: repeated }))
    expect(confirmed.length).toBeGreaterThanOrEqual(least)
  }, 3_600_000)
}

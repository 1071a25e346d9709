import { afterAll, beforeAll, beforeEach, expect } from 'vitest'
import type { Hands } from '../e2e/cashier/hands.ts'
import { readLedger } from './read-ledger.ts'
import { openStationCounter, type StationCounter, stationHands } from './station-counter.ts'
import { memberOf } from './station-house.ts'

export const bather = memberOf(1, '张玉梅', { categories: [{ id: 'disability_moderate' }] })
export const washer = memberOf(2, '孙月娥', {})
export const guest = memberOf(3, '赵淑芬', {})
export const mover = memberOf(4, '李凤珍', { categories: [{ id: 'disability_moderate' }] })

/** One station for the tests of a file, with four seniors; each test begins with its screen shut. */
export function stationOfFour() {
  let station: StationCounter
  beforeAll(async () => {
    station = await openStationCounter('2026-11-25', [bather, washer, guest, mover])
    await station.givePins(['wu-cuilan'])
  }, 240_000)
  afterAll(() => station?.close())
  beforeEach(async () => {
    const { visit } = station.counter.till.client
    await visit.close()
    await station.page.locator('[data-screen="station"]').waitFor({ state: 'detached' })
  })
  return {
    get station() {
      return station
    },
    /** By keyboard or by touch alone. */
    opened: (name: Hands['name']) => stationHands(station.page, name),
    /** The kinds of the records of visits, in their order; what was found wrong with the ledger fails the test. */
    async kinds(): Promise<string[]> {
      const { records, findings } = await readLedger(station.counter.house.dataDir)
      expect(findings).toEqual([])
      return records.map(({ kind }) => kind).filter(kind => /^(visit|attendance)/.test(kind))
    },
  }
}

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readLedger } from '../../support/read-ledger.ts'
import { openStationCounter, type StationCounter, stationHands } from '../../support/station-counter.ts'
import { hefei } from '../../support/station-day.ts'
import { bothHands } from '../cashier/hands.ts'

let station: StationCounter
beforeAll(async () => {
  station = await openStationCounter('2026-11-25', [hefei])
  await station.givePins()
}, 240_000)
afterAll(() => station?.close())
beforeEach(async () => {
  await station.counter.till.client.visit.close()
  await station.page.locator('[data-screen="station"]').waitFor({ state: 'detached' })
})

/** The senior who stands at the counter exercises for 45 minutes, and the station's list stands again. */
async function exerciseUntil(hands: ReturnType<typeof stationHands>, time: string): Promise<void> {
  await hands.chooseService('rehab-exercise')
  await hands.identify('jiang-min')
  await hands.begin()
  await hands.stands('visit')
  await station.at(time)
  await station.page.locator('[data-minutes="45"]').waitFor()
  await hands.back()
}

describe.each(bothHands)('by %s alone', name => {
  test('a card that does not prove enough for the subsidy is helped by staff who compare, at the sign-out itself', async () => {
    const { page } = station
    const hands = stationHands(page, name)
    const card = await station.paperCard(hefei)
    const clock = name === 'keyboard' ? ['08:00', '08:45'] : ['12:00', '12:45']
    await station.at(clock[0] ?? '')
    await hands.open()
    await hands.find(hefei)
    await hands.stands('arriving')
    // Found by name, and then they have their card after all.
    await station.scan(card)
    await page
      .getByText(/^长者码/)
      .first()
      .waitFor()
    await exerciseUntil(hands, clock[1] ?? '')
    await station.scan(card)
    await hands.stands('leaving')
    await page.locator('[data-attention="VISIT_COMPARE"]').waitFor()
    await page.waitForTimeout(700)
    await hands.press('V', /^核对过，是本人/)
    await page.locator('[data-attention="VISIT_COMPARE"]').waitFor({ state: 'detached' })
    await page.waitForTimeout(700)
    await hands.press('回车', /^确认签退/)
    await hands.stands('rating')
    await hands.press('Esc', /^不评价/)
    const { records, findings } = await readLedger(station.counter.house.dataDir)
    expect(findings).toEqual([])
    const [came] = records.filter(({ kind }) => kind === 'visit-in').slice(-1)
    expect(came?.payload).toMatchObject({ means: 'code', location: { evidence: 'reader' } })
    const [out, vouched] = [records.findLast(({ kind }) => kind === 'visit-out'), records.at(-1)]
    expect(out).toMatchObject({ kind: 'visit-out', payload: { means: 'code', assurance: 'verified' } })
    expect(vouched).toMatchObject({ kind: 'override', payload: { of: out?.id, what: 'assurance', reason: 'compared' } })
  })

  test('who is not there to be compared pays the list price for now, said before it is recorded, and the claim is theirs', async () => {
    const { page } = station
    const hands = stationHands(page, name)
    const clock = name === 'keyboard' ? ['10:00', '10:45'] : ['14:00', '14:45']
    await station.at(clock[0] ?? '')
    await hands.open()
    await station.scan(await station.paperCard(hefei))
    await hands.stands('arriving')
    await exerciseUntil(hands, clock[1] ?? '')
    await station.scan(await station.paperCard(hefei))
    await hands.stands('leaving')
    await page.locator('[data-own-pay="0.00"]').waitFor()
    await page.waitForTimeout(700)
    await hands.press('B', /^先按原价/)
    await page.locator('[data-own-pay="80.00"]').waitFor()
    await page.getByText('另有 80.00 查实后补').waitFor()
    await page.getByRole('button', { name: /^本人来了/ }).waitFor()
    await page.waitForTimeout(700)
    await hands.press('W', /^现金/)
    await page.waitForTimeout(700)
    await hands.press('回车', /^确认签退/)
    await hands.stands('rating')
    await hands.press('Esc', /^不评价/)
    const { records } = await readLedger(station.counter.house.dataDir)
    expect(records.at(-1)).toMatchObject({
      kind: 'visit-out',
      payload: { subsidies: [], ownPayFen: 8000, pendingFen: 8000, claimPending: true },
    })
  })
})

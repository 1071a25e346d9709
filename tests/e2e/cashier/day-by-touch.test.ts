import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LedgerRecord } from '../../../shared/record.ts'
import { readLedger } from '../../support/read-ledger.ts'
import { type Counter, members, openCounter, ownPayOf, untilPrice } from '../check-in/counter.ts'
import { handsOn, presentCard } from './hands.ts'

/** The whole day at the till without a keyboard; by the keyboard alone it stands in tests/e2e/close. */

let counter: Counter
const nextMember = members()

beforeAll(async () => {
  counter = await openCounter({ touch: true })
})
afterAll(() => counter?.close())

async function records<K extends LedgerRecord['kind']>(kind: K) {
  const { records: all, findings } = await readLedger(counter.house.dataDir)
  expect(findings).toEqual([])
  return all.filter((record): record is Extract<LedgerRecord, { kind: K }> => record.kind === kind)
}

test('by touch alone a shift is handed over, another one opens with a float, takes a split payment, and the day closes to the fen', async () => {
  const { page } = counter.cashier
  const hand = handsOn(page, 'touch')
  const step = (name: string) => page.locator(`[data-screen="close"][data-step="${name}"]`).waitFor()

  await hand.press('F12', /^交班/)
  await step('count')
  await hand.type('0')
  await hand.press('回车', /^点好了/)
  await step('check')
  await hand.press('F12', /^交班/)
  await step('day')
  await hand.press('Esc', /^返回/)
  await page.locator('[data-middle="shift"]').waitFor()
  await hand.press('F', /^抽屉里的备用金/)
  await hand.type('200')
  await hand.press('回车', /^记下备用金/)
  await page.locator('[data-float="20000"]').waitFor()
  await hand.press('回车', /^对，开班/)
  await page.getByText('请下一位').first().waitFor()

  const senior = nextMember()
  const rest = 1350 - senior.expected.fen - 500
  await presentCard(counter, senior)
  await untilPrice(page, ownPayOf(senior))
  await hand.press('E', /^扫码付/)
  await page.locator('[data-entry]', { hasText: '扫码付入账' }).waitFor()
  await hand.press('F', /^分开付/)
  await page.locator('[data-amount-pad="part"]').waitFor()
  await hand.type('5')
  await hand.press('回车', /^先收这些/)
  await page.locator('[data-part="cash"]').waitFor()
  await hand.press('回车', /^收现金 5\.00 元/)
  await page.getByText('请下一位').first().waitFor()

  await hand.press('F12', /^交班/)
  await step('count')
  await hand.type('205')
  await hand.press('↓', /^换一格/)
  await hand.type((rest / 100).toFixed(2))
  await hand.press('回车', /^点好了/)
  await step('check')
  await page.locator('[data-expected="20500"]').waitFor()
  for (const tile of ['cash', 'outside'])
    expect(await page.locator(`[data-tile="${tile}"]`).getAttribute('data-difference')).toBe('0')
  await hand.press('F12', /^交班/)
  await step('day')
  // What has just come under the finger rests for a moment.
  await page.waitForTimeout(600)
  await hand.press('F12', /^核对无误/)
  await page
    .getByText(/已日结/)
    .first()
    .waitFor()
  expect((await records('totals')).at(-1)?.payload.figures.tenders).toEqual([
    { kind: 'cash', count: 1, takenFen: 500, voidedFen: 0, refundedFen: 0, madeGoodFen: 0 },
    { kind: 'outside', count: 1, takenFen: rest, voidedFen: 0, refundedFen: 0, madeGoodFen: 0 },
  ])
})

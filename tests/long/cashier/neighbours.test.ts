import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { type DemoSenior, demoSeniors } from '../../../province/demo-people.ts'
import { bothHands, type Hands, handsOn } from '../../e2e/cashier/hands.ts'
import {
  type Counter,
  openCounter,
  salesAtProvince,
  salesAtTerminal,
  untilAllSent,
} from '../../e2e/check-in/counter.ts'
import { type CuttableLine, cuttableLine } from '../../support/cuttable-line.ts'

/** A neighbour household of 20 with one person, and nothing but a screen. */
const neighbours = demoSeniors().filter(
  ({ homeSite, expected }) => homeSite === 'demo-riverside' && expected.subsidies.length > 0,
)
const line: CuttableLine = cuttableLine()
let counter: Counter
let next = 0

function nextNeighbour(): DemoSenior {
  const senior = neighbours[next++]
  if (senior === undefined) throw new Error('every neighbour has eaten')
  return senior
}

/** Everybody of the household, whatever they pay. */
const everybody = demoSeniors().filter(({ homeSite }) => homeSite === 'demo-riverside')
const tile = (senior: DemoSenior): Locator => counter.cashier.page.locator(`[data-person="${senior.id}"]`)
const capOf = (senior: DemoSenior) => tile(senior).locator('kbd').innerText()

async function setSite(change: Record<string, unknown>): Promise<void> {
  await counter.house.province.rows(
    `update site set body = (body::jsonb || $1::jsonb)::text, change = nextval('feed_change') where site_id = 'demo-riverside'`,
    [JSON.stringify(change)],
  )
  await counter.till.client.syncNow()
}

beforeAll(async () => {
  counter = await openCounter({ site: 'demo-riverside', touch: true, reachableAt: address => line.open(address) })
  await setSite({ neighbour: true, defaultTender: 'cash' })
  await counter.cashier.page.locator('[data-screen="neighbour"]').waitFor()
})
afterAll(async () => {
  await counter?.close()
  await line.cut()
})
beforeEach(async () => {
  await counter.till.client.dismiss()
  await counter.cashier.page.locator('[data-panel="today"]').waitFor()
})

async function name(hands: Hands, senior: DemoSenior): Promise<void> {
  await hands.pick(await capOf(senior), `[data-person="${senior.id}"]`)
}

const untilPriced = (senior: DemoSenior) =>
  counter.cashier.page.locator('[data-panel="price"]', { hasText: senior.name }).waitFor()
const today = async () => Number(await counter.cashier.page.locator('[data-meals]').getAttribute('data-meals'))

test('tile and price look the same for everybody but for the name and the figures', async () => {
  const { page } = counter.cashier
  const looks = new Set<string>()
  const paid = new Set<string>()
  for (const senior of everybody) {
    await counter.till.client.neighbour.serve({ senior: senior.id })
    await untilPriced(senior)
    paid.add((await page.locator('[data-own-pay]').getAttribute('data-own-pay')) ?? '')
    const shown = await Promise.all([tile(senior), page.locator('[data-panel="price"]')].map(one => one.innerHTML()))
    looks.add(
      shown
        .join('')
        .replaceAll(senior.name, '某某')
        .replaceAll(/<kbd.*?<\/kbd>/g, '')
        .replaceAll(/\d+\.\d\d/g, '0'),
    )
    await counter.till.client.dismiss()
    await page.locator('[data-panel="today"]').waitFor()
  }
  expect(paid.size).toBeGreaterThan(3)
  expect([...looks]).toHaveLength(1)
})

for (const by of bothHands) {
  test(`a neighbour's meal is a name, and the same name again, by ${by} alone`, async () => {
    const { page } = counter.cashier
    const hands = handsOn(page, by)
    const senior = nextNeighbour()
    const before = await today()
    await name(hands, senior)
    await untilPriced(senior)
    const shown = await page.locator('[data-own-pay]').getAttribute('data-own-pay')
    await page.waitForTimeout(700)
    await name(hands, senior)
    await page.locator('[data-middle="confirmed"]').waitFor()
    await page.locator(`[data-meals="${before + 1}"]`).waitFor()
    await expect.poll(() => tile(senior).getAttribute('data-ate')).toBe('true')
    expect(hands.count()).toBe(2)
    const sale = (await salesAtTerminal(counter)).at(-1)
    expect(sale?.payload).toMatchObject({ means: 'manual', assurance: 'presented', tenders: [{ kind: 'cash' }] })
    expect(((sale?.payload.ownPayFen ?? 0) / 100).toFixed(2)).toBe(shown)
    await untilAllSent(counter)
    expect(await salesAtProvince(counter, senior.id)).toMatchObject([{ verdict: 'accepted' }])
  })

  test(`a meal is taken back and brought back, by ${by} alone`, async () => {
    const { page } = counter.cashier
    const hands = handsOn(page, by)
    const senior = nextNeighbour()
    const before = await today()
    await name(hands, senior)
    await untilPriced(senior)
    await page.waitForTimeout(400)
    await hands.press('回车', /^收现金/)
    await page.locator(`[data-meals="${before + 1}"]`).waitFor()
    await hands.press('F9', /^撤销/)
    await page.locator(`[data-meals="${before}"]`).waitFor()
    await expect.poll(() => tile(senior).getAttribute('data-ate')).toBe('false')
    await page.waitForTimeout(700)
    await hands.press('F9', /^恢复/)
    await page.locator(`[data-meals="${before + 1}"]`).waitFor()
  })

  test(`a guest eats at the list price, by ${by} alone`, async () => {
    const { page } = counter.cashier
    const hands = handsOn(page, by)
    const before = await today()
    await hands.press('F2', /^访客/)
    await page.locator('[data-own-pay="15.00"]').waitFor()
    await page.waitForTimeout(400)
    await hands.press('回车', /^收现金 15.00/)
    await page.locator(`[data-meals="${before + 1}"]`).waitFor()
  })
}

test('a double tap on a name is one tap: the price stands, and nothing is recorded', async () => {
  const { page } = counter.cashier
  const senior = nextNeighbour()
  const before = (await salesAtTerminal(counter)).length
  await tile(senior).tap()
  await tile(senior).tap()
  await untilPriced(senior)
  await page.waitForTimeout(1000)
  expect(await salesAtTerminal(counter)).toHaveLength(before)
})

test('another name waits until the one on the screen is recorded or left, and the screen says so', async () => {
  const { page } = counter.cashier
  const hands = handsOn(page, 'keyboard')
  const [first, second] = [nextNeighbour(), nextNeighbour()]
  await name(hands, first)
  await untilPriced(first)
  await name(hands, second)
  await page.locator('[data-answer="ONE_NOT_RECORDED"]').waitFor()
  await hands.press('Esc', '')
  await page.locator('[data-panel="today"]').waitFor()
  await name(hands, second)
  await untilPriced(second)
})

test('whoever ate already is not recorded by their name alone a second time: somebody looks at the price first', async () => {
  const { page } = counter.cashier
  const hands = handsOn(page, 'keyboard')
  const [senior] = neighbours
  if (senior === undefined) throw new Error('there are no neighbours')
  const before = (await salesAtTerminal(counter)).length
  await name(hands, senior)
  await untilPriced(senior)
  await page.locator('[data-told="DUPLICATE_TAP"]').waitFor()
  await page.waitForTimeout(700)
  await name(hands, senior)
  await page.locator('[data-answer="LOOK_AT_PRICE"]').waitFor()
  expect(await salesAtTerminal(counter)).toHaveLength(before)
})

test('why the price is what it is stands there on request alone', async () => {
  const { page } = counter.cashier
  const hands = handsOn(page, 'keyboard')
  const [senior] = neighbours
  if (senior === undefined) throw new Error('there are no neighbours')
  await name(hands, senior)
  await untilPriced(senior)
  const panel = page.locator('[data-panel="price"]')
  expect(await panel.innerText()).not.toMatch(/市|区|街道|这一餐的补贴/)
  await hands.press('I', /^为什么/)
  await page.locator('[data-why]').waitFor()
  expect(await panel.innerText()).toMatch(/这一餐的补贴|补贴已用/)
})

test('without a network meals are recorded as ever, what waits is said, and it goes when the network is back', async () => {
  const { page } = counter.cashier
  const hands = handsOn(page, 'keyboard')
  const senior = nextNeighbour()
  await line.cut()
  await page.locator('[data-pill="network"]', { hasText: '离线可用' }).waitFor({ timeout: 60_000 })
  await name(hands, senior)
  await untilPriced(senior)
  await page.waitForTimeout(700)
  await name(hands, senior)
  await page.locator('[data-unsent]:not([data-unsent="0"])').waitFor()
  await line.mend()
  await counter.till.client.syncNow()
  await untilAllSent(counter)
  await page.locator('[data-unsent="0"]').waitFor()
  expect(await salesAtProvince(counter, senior.id)).toMatchObject([{ verdict: 'accepted' }])
})

test('a subsidy that needs more than a name asks for it, and one person can answer', async () => {
  const { page } = counter.cashier
  const hands = handsOn(page, 'keyboard')
  const senior = nextNeighbour()
  await setSite({ assurance: { subsidised: 'presented', verifiedAboveFen: 100 } })
  await vi.waitFor(
    async () => {
      await counter.till.client.dismiss()
      await page.locator('[data-panel="today"]').waitFor()
      await name(hands, senior)
      await untilPriced(senior)
      await page.getByText('核对过，是本人').waitFor({ timeout: 500 })
    },
    { timeout: 60_000 },
  )
  expect(await page.locator('[data-entry]').count()).toBe(0)
  await hands.press('V', '')
  await page.locator('[data-entry="waiting"]').waitFor()
  await page.waitForTimeout(400)
  await hands.press('回车', '')
  await page.locator('[data-middle="confirmed"]').waitFor()
  expect((await salesAtTerminal(counter)).at(-1)?.payload).toMatchObject({ means: 'manual', assurance: 'verified' })
  await setSite({ assurance: { subsidised: 'presented', verifiedAboveFen: null } })
  await untilAllSent(counter)
})

test('a meal from paper asks for nobody else, and is held', async () => {
  const { page } = counter.cashier
  const hands = handsOn(page, 'keyboard')
  const senior = nextNeighbour()
  await hands.press('F10', '')
  await page.locator('[data-screen="more"]').waitFor()
  await hands.press('2', '')
  await page.locator('[data-screen="late"]').waitFor()
  await page.waitForTimeout(300)
  await hands.find(senior)
  await page.locator('[data-late-pays]').waitFor()
  expect(await page.getByText('谁来核准').count()).toBe(0)
  await page.waitForTimeout(400)
  await hands.press('回车', '')
  await page.locator('[data-held="true"]').waitFor()
  await hands.press('Esc', '')
  await hands.press('Esc', '')
})

test('a count by keyboard alone can be left, and the household goes on serving', async () => {
  const { page } = counter.cashier
  const hands = handsOn(page, 'keyboard')
  const senior = nextNeighbour()
  const before = await today()
  await hands.press('F12', '')
  await page.locator('[data-step="count"]').waitFor()
  await hands.type('1')
  await page.waitForTimeout(400)
  await hands.press('回车', '')
  await page.locator('[data-short="open"]').waitFor()
  await page.waitForTimeout(700)
  await hands.press('3', '')
  await page.getByRole('button', { name: /^没找到原因/, pressed: true }).waitFor()
  await hands.press('Esc', '')
  await page.locator('[data-panel="today"]').waitFor()
  await name(hands, senior)
  await untilPriced(senior)
  await page.waitForTimeout(700)
  await name(hands, senior)
  await page.locator(`[data-meals="${before + 1}"]`).waitFor()
})

test('the day is closed by touch alone, a new count and one key, and says how many meals and what is held', async () => {
  const { page } = counter.cashier
  const hands = handsOn(page, 'touch')
  const meals = await today()
  await hands.press('F12', /^收摊/)
  await page.locator('[data-short="open"]').waitFor()
  await hands.press('A', /^重新点/)
  await page.locator('[data-step="count"]').waitFor()
  await hands.type('2')
  await hands.press('回车', /^点好了/)
  await page.locator('[data-short="open"]').waitFor()
  expect(await page.locator('[data-cash]').innerText()).toMatch(/现金少了/)
  await hands.press('1', /^找零有出入/)
  await page.waitForTimeout(700)
  await hands.press('回车', /^结束今天/)
  await page.locator('[data-short="closed"]').waitFor()
  await page.getByText(`今天 ${meals} 份`).waitFor()
  expect(await page.locator('[data-held]').getAttribute('data-held')).toBe('1')
  await untilAllSent(counter)
})

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { DemoSenior } from '../../../province/demo-people.ts'
import { fitsSearch, initialsOf } from '../../../shared/name-search.ts'
import { maskName } from '../../../shared/person-names.ts'
import { bothHands, clean, type Hands, handsOn, presentCard } from '../../e2e/cashier/hands.ts'
import {
  collect,
  proxyMembers as members,
  readCard,
  someoneOf,
  undoAll,
  withNoProxy,
  withOneProxy,
} from '../../e2e/cashier/proxy-people.ts'
import { type Counter, openCounter, ownPayOf, untilPrice, untilSeen } from '../../e2e/check-in/counter.ts'
import { touch } from '../../support/finger.ts'

let counter: Counter
const pin = '583920'
/** A month from now. */
const lastDay = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
const withOne = withOneProxy()
const withNobody = withNoProxy()

beforeAll(async () => {
  counter = await openCounter({ touch: true })
  await counter.till.client.afterwards.setPin({ pin })
})
afterAll(() => counter?.close())
beforeEach(async () => {
  await clean(counter)
  await undoAll(counter)
})

const portion = (count: number) => counter.cashier.page.locator(`[data-proxy="${count}"]`)

/** The last four signs, and a last day, of which the dashes come by themselves. */
async function fillNumbers(hands: Hands): Promise<void> {
  const { page } = counter.cashier
  const field = (name: string) => page.locator(`[data-proxy-field="${name}"]`)
  if (hands.name === 'keyboard') {
    await field('numberTail').fill('071X')
    await field('until').fill(lastDay)
    await field('until').blur()
  } else {
    await field('numberTail').tap()
    await hands.type('071X')
    await field('until').tap()
    await hands.press('', /^清空/)
    await hands.type(lastDay.replaceAll('-', ''))
  }
  expect(await field('numberTail').inputValue()).toBe('071X')
  expect(await field('until').inputValue()).toBe(lastDay)
}

async function enterPin(hands: Hands): Promise<void> {
  const { page } = counter.cashier
  await page.locator('[data-pin-pad]').waitFor()
  await hands.type(pin)
  await page.locator('[data-pin-pad]').waitFor({ state: 'detached' })
}

for (const name of bothHands) {
  test(`beyond three portions a station lead is asked by ${name} alone, and the seniors’ screen only asks for patience`, async () => {
    const { page } = counter.cashier
    const hands = handsOn(page, name)
    for (let count = 1; count <= 3; count++) {
      const since = (await counter.cashier.history()).length
      await collect(counter, hands, someoneOf(withOne))
      await portion(count).waitFor()
      await hands.press('回车', /已停住/)
      await untilSeen(counter.cashier, '已入账', since)
      await page.locator('[data-middle="confirmed"]').waitFor({ state: 'detached' })
    }
    await collect(counter, hands, someoneOf(withOne))
    await page.getByText('这位今天已代领 3 份').waitFor()
    await counter.customer.page.getByText('请稍等').first().waitFor()
    expect(await counter.customer.page.textContent('body')).not.toContain('代领')
    await hands.press('1', /孙敏 输 PIN 核对/)
    await enterPin(hands)
    const since = (await counter.cashier.history()).length
    await hands.press('回车', /已停住/)
    await untilSeen(counter.cashier, '已入账', since)
    await page.locator('[data-middle="confirmed"]').waitFor({ state: 'detached' })
  })

  test(`a proxy is registered at the desk by ${name}, and collects at once`, async () => {
    const { page } = counter.cashier
    const hands = handsOn(page, name)
    const senior = someoneOf(withNobody)
    await readCard(counter, senior)
    await hands.press('F4', /^代领/)
    await page.getByText('今天没有登记代领人').waitFor()
    await hands.press('Esc', /^不是本人/)
    await hands.press('/', /^找人/)
    await page.locator('[data-desk]').waitFor()
    await presentCard(counter, senior)
    await page.locator('[data-desk-person]').waitFor()
    await hands.press('G', /^登记 ?G/)
    await page.locator('[data-proxy-field="name"]').fill('郑巧云')
    await fillNumbers(hands)
    await hands.press('回车', /^登记代领人/)
    await enterPin(hands)
    await page.locator('[data-proxy-of="郑巧云"]').getByText(lastDay).waitFor()
    await hands.press('Esc', /^返回/)
    await hands.press('回车', /^给这位记一餐/)
    await untilPrice(page, ownPayOf(senior))
  })
}

/** The proxies of somebody who has none, open at the desk. */
async function openRegistration(hands: Hands): Promise<DemoSenior> {
  const { page } = counter.cashier
  const senior = someoneOf(withNobody)
  await hands.press('/', /^找人/)
  await page.locator('[data-desk]').waitFor()
  await presentCard(counter, senior)
  await page.locator('[data-desk-person]').waitFor()
  await hands.press('G', /^登记 ?G/)
  await page.locator('[data-proxy-desk]').waitFor()
  return senior
}

const isAmbiguous = (one: DemoSenior) => members.filter(other => fitsSearch(initialsOf(one.name), other)).length > 1
const written = (name: string) => counter.cashier.page.locator(`[data-proxy-field="${name}"]`).inputValue()

test('a family name and how they are addressed are chosen by touch alone, the relation too, and no key is typed', async () => {
  const { page } = counter.cashier
  const hands = handsOn(page, 'touch')
  await openRegistration(hands)
  await hands.press('N', /^按字母选人/)
  await page.locator('[data-proxy-picker=""]').waitFor()
  await hands.type('OY')
  await hands.press('', '欧阳')
  await hands.press('', /^欧阳女士/)
  await page.locator('[data-proxy-picker]').waitFor({ state: 'detached' })
  expect(await written('name')).toBe('欧阳女士')
  await hands.type('071X')
  await page.locator('[data-proxy-field="relation"]').tap()
  await hands.press('', '女儿')
  expect([await written('numberTail'), await written('relation')]).toEqual(['071X', '女儿'])
  await hands.press('回车', /^登记代领人/)
  await enterPin(hands)
  await page.locator('[data-proxy-of="欧阳女士"]').waitFor()
})

for (const name of bothHands) {
  test(`a neighbour who is a member here is found by initials by ${name} and registered with the roster’s name and number`, async () => {
    const { page } = counter.cashier
    const hands = handsOn(page, name)
    const senior = await openRegistration(hands)
    const neighbour = members.find(
      one => one.numberTail && one.id !== senior.id && one.name.length === 3 && !isAmbiguous(one),
    )
    if (!neighbour) throw new Error('no neighbour')
    await hands.press('N', /^按字母选人/)
    await page.locator('[data-proxy-picker=""]').waitFor()
    await hands.type(initialsOf(neighbour.name))
    const found = page.locator('[data-proxy-picker] button').filter({ hasText: `尾号 ${neighbour.numberTail}` })
    await found.waitFor()
    if (name === 'touch') await touch(page, found)
    else await page.keyboard.press('1')
    await page.locator('[data-proxy-picker]').waitFor({ state: 'detached' })
    expect([await written('name'), await written('numberTail')]).toEqual([
      maskName(neighbour.name),
      neighbour.numberTail,
    ])
    await page.waitForTimeout(500)
    if (name === 'touch') await hands.press('', '邻居')
    await hands.press('回车', /^登记代领人/)
    await enterPin(hands)
    await page.locator(`[data-proxy-of="${neighbour.name}"]`).waitFor()
  })
}

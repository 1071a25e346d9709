import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { parseRecord } from '../../../shared/countable.ts'
import type { LedgerRecord } from '../../../shared/record.ts'
import type { PricedView } from '../../../shared/terminal-api.ts'
import { readLedger } from '../../support/read-ledger.ts'
import {
  type Counter,
  members,
  openCounter,
  ownPayOf,
  salesAtProvince,
  salesAtTerminal,
  untilAllSent,
  untilPrice,
  untilSeen,
} from '../check-in/counter.ts'
import { bothHands, clean, handsOn, presentCard } from './hands.ts'

let counter: Counter
const nextMember = members()

beforeAll(async () => {
  counter = await openCounter({ touch: true })
})
afterAll(() => counter?.close())
beforeEach(() => clean(counter))

const lastSale = async () => (await salesAtTerminal(counter)).at(-1)
const entry = (shows: string) => counter.cashier.page.locator('[data-entry]', { hasText: shows })

async function lastRecord<K extends LedgerRecord['kind']>(kind: K) {
  const { records } = await readLedger(counter.house.dataDir)
  const found = records.findLast((record): record is Extract<LedgerRecord, { kind: K }> => record.kind === kind)
  if (found === undefined) throw new Error(`no ${kind} in the ledger`)
  return found
}

describe.each(bothHands)('by %s alone', name => {
  const hands = () => handsOn(counter.cashier.page, name)

  test('a phone payment takes its reference, and without one it stays pending', async () => {
    const { page } = counter.cashier
    const hand = hands()
    for (const reference of ['778201', null]) {
      await hand.press('F2', /^访客/)
      await untilPrice(page, '15.00')
      await hand.press('E', /^扫码付/)
      await entry('扫码付入账').waitFor()
      if (reference !== null) {
        await hand.press('R', /^付款单号/)
        await page.locator('[data-amount-pad="reference"]').waitFor()
        await hand.type(reference)
        await hand.press('回车', /^记下/)
        await page.getByText('尾号 8201，已确认').waitFor()
      } else await page.getByText('没输也可入账，记为待确认').waitFor()
      const since = (await counter.cashier.history()).length
      await hand.press('回车', /^扫码付入账/)
      await untilSeen(counter.cashier, '已入账¥15.00', since)
      const status = reference === null ? 'pending' : 'settled'
      expect((await lastSale())?.payload.tenders).toEqual([{ kind: 'outside', fen: 1500, status, reference }])
    }
  })

  test('a meal is paid in two parts, which staff and senior see, the receipt of a refund gives each back, and the province has no doubt', async () => {
    const { page } = counter.cashier
    const hand = hands()
    const senior = nextMember()
    const rest = 1350 - senior.expected.fen - 500
    await presentCard(counter, senior)
    await untilPrice(page, ownPayOf(senior))
    await hand.press('F', /^分开付/)
    await page.locator('[data-amount-pad="part"]').waitFor()
    await hand.type('5')
    await hand.press('回车', /^先收这些/)
    await page.locator('[data-part="cash"]').waitFor()
    await counter.customer.page.getByText(/分开付：现金\s5\.00，社保卡/).waitFor()
    expect(await counter.customer.page.getByText(`${ownPayOf(senior)}`).count()).toBeGreaterThan(0)
    const since = (await counter.cashier.history()).length
    await hand.press('回车', /^收现金 5\.00 元/)
    await untilSeen(counter.cashier, `已入账¥${ownPayOf(senior)}`, since)
    await untilAllSent(counter)
    const [sale] = await salesAtProvince(counter, senior.id)
    expect(sale).toMatchObject({
      code: null,
      record: {
        payload: {
          cashRoundingFen: 0,
          tenders: [
            { kind: 'cash', fen: 500, status: 'settled' },
            { kind: 'account', fen: rest, status: 'settled' },
          ],
        },
      },
    })

    await page.getByText('请下一位').first().waitFor()
    await hand.press('F10', /^更多/)
    await hand.press('1', /退款/)
    await page.locator('[data-earlier]').first().waitFor()
    await hand.pick('1', '[data-earlier]')
    await page.getByText('从钱箱拿 5.00 元现金，交给本人').waitFor()
    await page.getByText('元退回社保卡账户').waitFor()
    await hand.press('1', /没有取到餐/)
    await hand.press('回车', /^退 /)
    await page.getByText('已退款，记进账本').waitFor()
    expect((await lastRecord('refund')).payload.ownPayFen).toBe(500 + rest)
    await hand.press('回车', '再办一笔')
    await hand.press('Esc', /^返回/)
    await hand.press('Esc', /^返回/)
  })

  test('somebody is found by initials and last digits while a price stands, which waits aside, and their card is reported lost', async () => {
    const { page } = counter.cashier
    const hand = hands()
    const [first, lost] = [nextMember(), nextMember()]
    await presentCard(counter, first)
    // A busy machine may come to the key only after the pause of the entry.
    const { checkIn } = await counter.till.untilCashier((view): view is PricedView => view.state === 'priced')
    await counter.till.client.hold({ checkIn })
    await untilPrice(page, ownPayOf(first))
    await hand.press('F6', /^找人挂失/)
    await page.locator('[data-desk]').waitFor()
    await hand.find(lost)
    await page.locator(`[data-desk-person="${lost.id}"]`).waitFor()
    // What has just come under the finger rests for a moment.
    await page.waitForTimeout(500)
    await hand.press('1', /^挂失 ?1/)
    await page.locator('[data-card]').getByText('已挂失').waitFor()
    await hand.press('Esc', /^不办了/)
    await presentCard(counter, lost)
    await page.locator('[data-problem="CARD_LOST"]').waitFor()
    await counter.customer.page.getByText('请稍等，我们来办').first().waitFor()
    await hand.press('回车', /^知道了/)
    expect(
      (await salesAtTerminal(counter)).every(({ payload }) => payload.senior !== null || payload.means === null),
    ).toBe(true)

    // The one who waited goes on by the same card.
    await page.getByRole('button', { name: '搁置 1' }).waitFor()
    await page.locator('[data-problem]').waitFor({ state: 'detached' })
    await hand.press('F8', /^搁置 1/)
    await page.locator('[data-parked]').waitFor()
    await hand.press('1', /还没有入账/)
    await untilPrice(page, ownPayOf(first))
    const since = (await counter.cashier.history()).length
    await hand.press('回车', /已停住/)
    await untilSeen(counter.cashier, `已入账¥${ownPayOf(first)}`, since)
  })

  test('an undo is undone by the same key: the meal is a new sale at the same price, and counts once', async () => {
    const { page } = counter.cashier
    const hand = hands()
    const senior = nextMember()
    const since = (await counter.cashier.history()).length
    await presentCard(counter, senior)
    await untilSeen(counter.cashier, `已入账¥${ownPayOf(senior)}`, since)
    await page.getByText('请下一位').first().waitFor()
    await hand.press('F9', /^撤销/)
    await page.getByRole('button', { name: /^恢复/ }).first().waitFor()
    // Sooner it would be a double tap.
    await page.waitForTimeout(700)
    await hand.press('F9', /^恢复/)
    await counter.till.untilTerminal(({ lastSales }) => lastSales[0]?.voided === false && lastSales[1]?.voided === true)
    await untilAllSent(counter)
    const sales = await salesAtProvince(counter, senior.id)
    expect(sales.map(({ code }) => code)).toEqual([null, null])
    const [voided, anew] = sales.map(({ record }) => record.payload)
    expect(anew).toMatchObject({ ownPayFen: voided?.ownPayFen, subsidies: voided?.subsidies, tenders: voided?.tenders })
    const claimed = await counter.house.province.rows(
      'select coalesce(sum(fen), 0)::int as fen from claim_line where senior_id = $1',
      [senior.id],
    )
    expect(claimed).toEqual([{ fen: senior.expected.fen }])
  })

  test('a meal of a power cut is entered late for somebody found by initials and last digits', async () => {
    const { page } = counter.cashier
    const hand = hands()
    const senior = nextMember()
    await hand.press('F10', /^更多/)
    await hand.press('2', /^补录/)
    await page.locator('[data-sale-search]').waitFor()
    if (name === 'touch') await hand.press('', '字母')
    await hand.find(senior)
    await page.locator('[data-late-pays]').waitFor()
    await hand.press('回车', /^记下，先待核/)
    await page.locator('[data-late="recorded"]').waitFor()
    await hand.press('Esc', /^返回/)
    await hand.press('Esc', /^返回/)
    await untilAllSent(counter)
    const rows = await counter.house.province.rows(
      "select record from ledger where kind = 'late-entry' and senior_id = $1",
      [senior.id],
    )
    expect(rows.map(({ record }) => parseRecord(String(record))?.kind)).toEqual(['late-entry'])
  })
})

test('the language is switched to English and back in the middle of a sale, which goes on as it was', async () => {
  const { page } = counter.cashier
  const hand = handsOn(page, 'touch')
  const senior = nextMember()
  await presentCard(counter, senior)
  await untilPrice(page, ownPayOf(senior))
  await hand.press('L', /^English/)
  await page.locator('[data-entry]', { hasText: 'Held: records only by Enter' }).waitFor()
  await hand.press('W', /^Cash/)
  await page.locator('[data-entry]', { hasText: `Take ${ownPayOf(senior)} in cash` }).waitFor()
  await hand.press('L', /^中文/)
  await entry(`收现金 ${ownPayOf(senior)} 元`).waitFor()
  const since = (await counter.cashier.history()).length
  await hand.press('回车', /^收现金/)
  await untilSeen(counter.cashier, `已入账¥${ownPayOf(senior)}`, since)
  expect((await lastSale())?.payload.tenders).toMatchObject([{ kind: 'cash' }])
})

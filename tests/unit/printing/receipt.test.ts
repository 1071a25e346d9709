import { describe, expect, test } from 'vitest'
import { type ReceiptFacts, type ReceiptHead, receiptSlip } from '../../../shared/receipt.ts'
import { layOutSlip } from '../../../shared/slip-layout.ts'

const ordinary: ReceiptFacts = {
  at: Date.parse('2026-11-20T11:42:00+08:00'),
  number: '1-42',
  terminal: 'till-1',
  surname: '张',
  title: 'female',
  set: { zh: '套餐 A', en: 'Set A' },
  meal: 'lunch',
  listFen: 1500,
  offFen: 750,
  ownPayFen: 750,
  tender: 'account',
  cashRoundingFen: 0,
  pending: false,
  madeGoodFen: 0,
  standing: 'open',
}
const plain: ReceiptHead = {
  siteName: '槐树里长者食堂',
  fictional: false,
  english: false,
  usualTender: 'account',
  printedBefore: 0,
}
const linesOf = (facts: Partial<ReceiptFacts> = {}, head: Partial<ReceiptHead> = {}, width: 58 | 80 = 58) =>
  layOutSlip(receiptSlip({ ...ordinary, ...facts }, { ...plain, ...head }), width).map(line => line.text)

describe('a receipt', () => {
  test('says where, when, who by surname, what, and what it cost', () => {
    expect(linesOf()).toEqual([
      '         槐树里长者食堂',
      '2026 年 11 月 20 日，周五  11:42',
      '张女士，套餐 A              午餐',
      '--------------------------------',
      '原价                       15.00',
      '优惠和补贴                  7.50',
      '实付      ￥7.50',
      '社保卡已付                  7.50',
      '--------------------------------',
      '编号                 1-42 till-1',
    ])
  })

  test('of a payment in two parts says what each tender took', () => {
    const parts = [
      { kind: 'cash' as const, fen: 500 },
      { kind: 'account' as const, fen: 250 },
    ]
    const lines = linesOf({ parts }, { english: true })
    expect(lines).toContain('现金已付                    5.00')
    expect(lines).toContain('社保卡已付                  2.50')
    expect(lines).toContain('paid by cash')
    expect(lines).toContain('抹零                        0.00')
  })

  test('of a meal without any help has that line too, as 0.00', () => {
    expect(linesOf({ offFen: 0, ownPayFen: 1500 })).toContain('优惠和补贴                  0.00')
  })

  test('of a meal that cost nothing says by what it was paid, as for anybody', () => {
    const lines = linesOf({ offFen: 1500, ownPayFen: 0, tender: null })
    expect(lines).toContain('实付      ￥0.00')
    expect(lines).toContain('社保卡已付                  0.00')
  })

  test('of cash says what was taken and what was rounded off, also where that is nothing', () => {
    const lines = linesOf({ tender: 'cash', offFen: 747, ownPayFen: 753, cashRoundingFen: 3 })
    expect(lines).toContain('现金已付                    7.50')
    expect(lines).toContain('抹零                        0.03')
    expect(linesOf({ tender: 'cash' })).toContain('抹零                        0.00')
  })

  test('calls a phone payment paid only once it was confirmed, and one of nothing never', () => {
    const phone = { tender: 'outside' as const }
    expect(linesOf({ ...phone, phoneSettled: true })).toContain('扫码付已付                  7.50')
    expect(linesOf({ ...phone, phoneSettled: false })).toContain('扫码付                      7.50')
    expect(linesOf({ offFen: 1500, ownPayFen: 0, ...phone })).toContain('扫码付                      0.00')
    expect(linesOf(phone, { english: true })).toContain('by phone')
  })

  test('has the words of the screen where a claim is pending, and where an earlier one was made good', () => {
    expect(linesOf({ pending: true })).toContain('查实后补给您')
    expect(linesOf({ madeGoodFen: 600 })).toContain('之前少补的 6.00 元，今天补给您')
  })

  test('of a guest greets nobody by name', () => {
    expect(linesOf({ surname: null, title: null })[2]).toBe('您好，套餐 A                午餐')
  })

  test.each([
    ['a reprint', {}, { printedBefore: 2 }, '补打，第 2 次'],
    ['of a sale that was taken back', { standing: 'void' }, {}, '已撤销'],
    ['of a sale that was paid back', { standing: 'refunded' }, {}, '已退款'],
    ['of the demo', {}, { fictional: true }, '演示数据'],
  ] as const)('%s is marked as such', (_, facts, head, mark) => {
    expect(linesOf(facts, head).map(line => line.trim())).toContain(mark)
    expect(linesOf().map(line => line.trim())).not.toContain(mark)
  })

  test('has English beneath every line of words where the site wishes it', () => {
    expect(linesOf({}, { english: true }, 80).map(line => line.trim().split(/ {2,}/)[0])).toEqual([
      '槐树里长者食堂',
      '2026 年 11 月 20 日，周五',
      'Friday, 20 November 2026',
      '张女士，套餐 A',
      'Ms 张, Set A',
      '-'.repeat(48),
      '原价',
      'List price',
      '优惠和补贴',
      'Discount, subsidy',
      '实付',
      'To pay',
      '社保卡已付',
      'paid by card',
      '-'.repeat(48),
      '编号',
      'No.',
    ])
  })
})

describe('sameness', () => {
  const masked = (facts: Partial<ReceiptFacts>) =>
    linesOf(facts).map(line => line.replace(/-?\d+\.\d\d|\d+/g, '0').replace(/ +/g, ' '))

  test.each([
    ['pays nothing', { offFen: 1500, ownPayFen: 0, tender: null }],
    ['pays the list price', { offFen: 0, ownPayFen: 1500 }],
    ['gets the shop price only', { offFen: 150, ownPayFen: 1350 }],
  ] as const)('with its amounts masked, the paper of whoever %s is that of anybody', (_, facts) => {
    expect(masked(facts)).toEqual(masked({}))
  })
})

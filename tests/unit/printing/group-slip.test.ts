import { expect, test } from 'vitest'
import type { PaidGroup } from '../../../electron/core/group/group-desk.ts'
import { groupSlip } from '../../../electron/core/printing/group-slip.ts'
import { layOutSlip } from '../../../shared/slip-layout.ts'

const setA = { zh: '套餐 A', en: 'Set A' }
const paid: PaidGroup = {
  ...{ at: Date.parse('2026-11-20T11:42:00+08:00'), number: '1-42', terminal: 'till-1', meal: 'lunch', tender: 'cash' },
  lines: [
    { name: '王＊国', set: setA, dueFen: 750 },
    { name: null, set: setA, dueFen: 1500 },
  ],
  ...{ listFen: 3000, ownPayFen: 2255, sumFen: 2250 },
}
const plain = { siteName: '槐树里长者食堂', fictional: false, english: false }
const linesOf = (english: boolean) => layOutSlip(groupSlip(paid, { ...plain, english }), 58).map(({ text }) => text)

test('the paper of a group is a receipt of the sum, and what was paid for each', () => {
  expect(linesOf(false)).toEqual([
    '         槐树里长者食堂',
    '2026 年 11 月 20 日，周五  11:42',
    '您好，套餐                  午餐',
    '--------------------------------',
    '原价                       30.00',
    '优惠和补贴                  7.45',
    '实付     ￥22.55',
    '现金已付                   22.50',
    '抹零                        0.05',
    '--------------------------------',
    '编号                 1-42 till-1',
    '             一起付',
    '王＊国 套餐 A               7.50',
    '访客 套餐 A                15.00',
  ])
})

test('of a payment by phone, which nobody confirms at the counter, is not called paid', () => {
  const lines = layOutSlip(groupSlip({ ...paid, tender: 'outside', sumFen: 2255 }, plain), 58).map(({ text }) => text)
  expect(lines).toContain('扫码付                     22.55')
})

test('where a site has English, each line of it has English beneath', () => {
  const english = linesOf(true).filter(line => /^[ -~]+$/.test(line) && !/^-+$/.test(line))
  expect(english.map(line => line.trim().split(/ {2,}/)[0])).toEqual([
    ...['Friday, 20 November 2026', 'Hello, Set', 'List price', 'Discount, subsidy', 'To pay', 'paid by cash'],
    ...['rounded off', 'No.', 'Paid together', 'Set A', 'Guest Set A'],
  ])
})

import { expect, test } from 'vitest'
import { type Slip, slip as slipForm } from '../../../shared/slip.ts'
import { layOutSlip } from '../../../shared/slip-layout.ts'
import { statementSlip } from '../../../shared/statement-slip.ts'
import { statementView } from '../../e2e/screens/statement-states.ts'

const head = {
  ...{ siteName: '槐树里长者食堂', fictional: true, at: Date.parse('2026-11-21T11:42:00+08:00') },
  ...{ english: false, code: `https://province.example/m/till-1/${'A'.repeat(119)}` },
}
const person = { name: '张淑芬', sex: 'female' as const }
const textOf = (slip: Slip, width: 58 | 80 = 58) => layOutSlip(slip, width).map(({ text }) => text)

test('the paper says each record with what was paid, then the sums and the code', () => {
  const lines = textOf(statementSlip(statementView, person, head))
  expect(lines.slice(0, 12)).toEqual([
    '         槐树里长者食堂',
    '            演示数据',
    '       我的用餐和服务明细',
    '张女士',
    '2026 年 11 月',
    '--------------------------------',
    '11 月 4 日 11:42 午餐       7.50',
    '槐树里长者食堂 刷卡    补贴 6.00',
    '11 月 7 日 11:42 午餐       7.50',
    '槐树里长者食堂 扫码    补贴 6.00',
    '11 月 8 日 补录 · 午餐     7.50',
    '槐树里长者食堂 人工核对',
  ])
  expect(lines).toContain('待补 6.00')
  expect(lines).toContain('我付的钱 ￥50.00')
  expect(lines.at(-3)).toBe(head.code)
})

test('the paper names nobody in full, and no fund, category or card', () => {
  const text = textOf(statementSlip(statementView, person, { ...head, english: true })).join('\n')
  expect(text).toContain('张女士')
  for (const secret of ['淑芬', '市级', '区级', '街道', 'City', 'district', statementView.senior])
    expect(text).not.toContain(secret)
})

test('a month of more records than a slip has room for says how many are behind the code', () => {
  const [entry] = statementView.entries
  if (!entry) throw new Error('no entry')
  const many = { ...statementView, entries: Array.from({ length: 150 }, () => entry) }
  const printed = statementSlip(many, person, { ...head, english: true })
  expect(slipForm.safeParse(printed).success).toBe(true)
  expect(textOf(printed).join('\n')).toContain('还有 100 笔，请扫码看')
})

test('a till that no province knows prints it without a code', () => {
  const printed = statementSlip(statementView, person, { ...head, code: null })
  expect(printed.some(({ kind }) => kind === 'qr')).toBe(false)
})

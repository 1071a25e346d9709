import { businessDateOf, businessMinuteOf, clockTime } from '../../../shared/business-day.ts'
import { fen, formatYuan } from '../../../shared/money.ts'
import { type Slip, slipCentred, slipLarge, slipLine, slipRule } from '../../../shared/slip.ts'
import type { PaidGroup } from '../group-desk.ts'

const paidBy = { cash: '现金', outside: '扫码付' } as const

/** One paper for all whom one payer paid for: what each owed, and the sum. Why somebody owes what they owe stands nowhere. */
export function groupSlip({ lines, tender, sumFen }: PaidGroup, siteName: string, at: number): Slip {
  const time = clockTime(businessMinuteOf(at))
  return [
    slipCentred(siteName),
    slipCentred('一起付'),
    slipLine(`${businessDateOf(at)} ${time}`),
    slipRule,
    ...lines.map(({ name, set, dueFen }) => slipLine(`${name ?? '访客'} ${set.zh}`, formatYuan(fen(dueFen)))),
    slipRule,
    slipLine('人数', String(lines.length)),
    slipLine('付款方式', paidBy[tender]),
    slipLarge('一共', formatYuan(fen(sumFen))),
  ]
}

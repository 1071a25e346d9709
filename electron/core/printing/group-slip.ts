import { fen, formatYuan } from '../../../shared/money.ts'
import { type ReceiptHead, receiptSlip } from '../../../shared/receipt.ts'
import { type Slip, slipCentred, slipLine } from '../../../shared/slip.ts'
import type { PaidGroup } from '../group/group-desk.ts'

/** The payer's own screen says no more of what they pay for. */
const anySet = { zh: '套餐', en: 'Set' }

/** One paper for all whom one payer paid for: a receipt of the sum, then what was paid for each. Why somebody owes what they owe stands nowhere. */
export function groupSlip(paid: PaidGroup, head: Pick<ReceiptHead, 'siteName' | 'fictional' | 'english'>): Slip {
  const { at, number, terminal, meal, lines, tender, listFen, ownPayFen, sumFen } = paid
  const sum = receiptSlip(
    {
      ...{ at, number, terminal, meal, surname: null, title: null, set: anySet, listFen, ownPayFen, tender },
      ...{ offFen: listFen - ownPayFen, cashRoundingFen: ownPayFen - sumFen, pending: false, madeGoodFen: 0 },
      standing: 'open',
    },
    { ...head, usualTender: tender, printedBefore: 0 },
  )
  const inEnglish = (line: Slip[number]) => (head.english ? [line] : [])
  return [
    ...sum,
    slipCentred('一起付'),
    ...inEnglish(slipCentred('Paid together')),
    ...lines.flatMap(({ name, set, dueFen }) => [
      slipLine(`${name ?? '访客'} ${set.zh}`, formatYuan(fen(dueFen))),
      ...inEnglish(slipLine(name === null ? `Guest ${set.en}` : set.en)),
    ]),
  ]
}

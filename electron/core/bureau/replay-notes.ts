import type { Fault } from '../../../shared/policy/replay/read-line.ts'
import type { ReplayResult } from './replay-result.ts'
import { whatFault } from './replay-words.ts'

const howManyLines = 10

/** What a reader of the tables must know: lines that count for nothing, and what the records cannot tell. Chinese, then English. */
export function replayNotes({ draft, gathered, replay }: ReplayResult): string[] {
  const used = replay.repriced.flatMap(({ chosen }) => (chosen.version === null ? [] : [chosen.version]))
  const [hasStipends, hasPots] = [
    used.some(({ stipends = [] }) => stipends.length > 0),
    draft.funds.some(({ pot }) => pot !== undefined),
  ]
  return [
    ...faultNotes(gathered.faults),
    `记录从 ${gathered.firstDay} 开始：此前开始的周、月、年，之前用过多少次数和额度未知，按没有用过计算。`,
    `The records begin on ${gathered.firstDay}: what was used before, in a week, month or year that had begun, is not known and counts as nothing.`,
    '额度一律按全部可用计算；撤销的记录不计；退款按原比例从草案金额中扣除。',
    'All rights count as proven; voided records do not count; of a refund the same part goes off the amounts of the draft.',
    ...(hasPots
      ? [
          '草案有会用完的资金：每笔的余额按记录当时所记，没有记的按用不完计算。',
          'The draft has funds that can run out: what was left is taken from each record, and as enough where it says nothing.',
        ]
      : []),
    ...(hasStipends
      ? [
          '草案的按月补助不由记录产生，未计入。',
          'The monthly dues of the draft do not come of records and are not counted.',
        ]
      : []),
  ]
}

function faultNotes(faults: readonly Fault[]): string[] {
  const codes = [...new Set(faults.map(({ code }) => code))]
  return codes.map(code => {
    const lines = faults.filter(fault => fault.code === code).map(({ line }) => line)
    const shown = lines.slice(0, howManyLines).join(', ')
    return `✗ ${whatFault[code]}: ${lines.length}（行 line ${shown}${lines.length > howManyLines ? ', …' : ''}）`
  })
}

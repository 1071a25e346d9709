import type { Fault, WhyLeftOut } from '../../../shared/policy/replay/read-line.ts'
import type { TotalName } from '../../../shared/policy/replay/sums.ts'
import type { ChosenVersion } from '../../../shared/policy/replay/version-for.ts'

/** Words of the tables of a replay, Chinese and English side by side. */

export const whyLeftOut: Readonly<Record<WhyLeftOut, string>> = {
  NO_INPUTS: '没有核算依据 no inputs',
  INPUTS_DIFFER: '核算依据与记录不符 inputs are not those of the record',
  CLAIM_PENDING: '补贴待核 claim pending',
}

export const whatFault: Readonly<Record<Fault['code'], string>> = {
  UNREADABLE: '读不懂的行 unreadable line',
  BAD_RECORD: '不是规范的记录 no canonical record',
  REPEATED: '重复的记录 repeated record',
  UNKNOWN_RECORD: '所撤销或退款的记录不在文件里 takes back a record that is not in the file',
  TAKEN_BACK_TWICE: '重复撤销或退款 takes back a record for the second time',
}

export const whyVersion: Readonly<Record<ChosenVersion['why'], string>> = {
  asked: '指定 as asked',
  'in-force': '当日有效 in force on the day',
  next: '当日尚未生效，用其后最早的版本 not in force yet: the first that comes after',
  none: '草案当日无效，按原价 the draft has ended: list price',
}

export const totalWords: Readonly<Record<TotalName, string>> = {
  list: '原价 List price',
  discount: '优惠 Discount',
  subsidy: '补贴 Subsidies',
  ownPay: '个人付 Own payment',
  refunded: '退款 Refunded',
  operator: '运营补助 Operator',
}

/** A senior as tables name them: `#` (so that no spreadsheet takes it for a number) and the first letters of the site's own reference, which tells no name. */
export function shortReference(reference: string | null): string {
  return reference === null ? '散客 guest' : `#${reference.slice(0, 8)}`
}

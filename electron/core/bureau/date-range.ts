import { businessDate } from '../../../shared/business-day.ts'
import type { DateRange } from '../../../shared/evidence.ts'
import { type Loaded, refused } from '../pack-files.ts'

/** The words of `--from` and `--to` as dates, both inclusive; both may be left out. */
export function readDateRange(words: { from?: string | undefined; to?: string | undefined }): Loaded<DateRange> {
  const [from, to] = [businessDate.optional().safeParse(words.from), businessDate.optional().safeParse(words.to)]
  if (!from.success || !to.success) {
    const wrong = from.success ? `--to ${words.to}` : `--from ${words.from}`
    return refused(`${wrong} 不是日期，请写作 2026-11-01`, `${wrong} is no date; write it like 2026-11-01`)
  }
  if (from.data !== undefined && to.data !== undefined && from.data > to.data)
    return refused('--from 晚于 --to，请对调', '--from comes after --to; exchange them')
  return { ok: true, value: { from: from.data, to: to.data } }
}

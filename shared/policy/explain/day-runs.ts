/** Consecutive days of one month. */
export type DayRun = { readonly month: number; readonly from: number; readonly to: number }

/** Sorted days of one year (`MM-DD`) as runs within a month. */
export function dayRuns(days: readonly string[]): DayRun[] {
  const runs: DayRun[] = []
  for (const text of days) {
    const [month, day] = [Number(text.slice(0, 2)), Number(text.slice(3))]
    const last = runs.at(-1)
    if (last !== undefined && last.month === month && last.to + 1 === day) runs[runs.length - 1] = { ...last, to: day }
    else runs.push({ month, from: day, to: day })
  }
  return runs
}

/** First and last of whole numbers that follow each other without a gap and are three or more; null otherwise. */
export function spanOf(numbers: readonly number[]): { readonly first: number; readonly last: number } | null {
  const sorted = [...new Set(numbers)].sort((one, other) => one - other)
  const [first, last] = [sorted[0], sorted.at(-1)]
  if (first === undefined || last === undefined || sorted.length < 3) return null
  return last - first === sorted.length - 1 ? { first, last } : null
}

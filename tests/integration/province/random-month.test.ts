import { expect, onTestFinished, test } from 'vitest'
import { claimsFromSql, exportedLines } from '../../support/claims-of-house.ts'
import { countClaims } from '../../support/count-claims.ts'
import { openProvinceHouse } from '../../support/province-house.ts'
import { liveRandomMonth } from '../../support/random-month.ts'

/** One month in the short suite; the others in the long tests and when this file runs alone. */
const seeds = [5, 6, 7].slice(0, Number(process.env.AIXIN_RUNS ?? 3))

test.each(seeds)(
  'the claims of months at random are the same by SQL and by the second counting: seed %i',
  async seed => {
    const house = await openProvinceHouse()
    onTestFinished(() => house.close())
    const heard = await liveRandomMonth(house, seed)
    for (const word of ['accepted', 'ALREADY_VOID', 'UNKNOWN_RECORD', 'CHAIN_BROKEN', 'PRICE_UNKNOWN'])
      expect(heard.get(word), word).toBeGreaterThan(0)
    const months = (await house.rows('select distinct month from claim_month order by month')).map(row =>
      String(row.month),
    )
    expect(months.length).toBeGreaterThan(1)
    const lines = await exportedLines(house)
    for (const month of months) expect(await claimsFromSql(house, month), month).toEqual(countClaims(lines, month))
    expect(await house.rows('select * from counter where amount < 0')).toEqual([])
  },
)

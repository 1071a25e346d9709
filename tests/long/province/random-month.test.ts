import { expect, onTestFinished, test } from 'vitest'
import { claimsFromSql, exportedLines } from '../../support/claims-of-house.ts'
import { countClaims } from '../../support/count-claims.ts'
import { openHeldDesk } from '../../support/held-desk.ts'
import { openProvinceHouse } from '../../support/province-house.ts'
import { decideAtRandom, liveRandomMonth } from '../../support/random-month.ts'

const seeds = [5, 6, 7].slice(0, Number(process.env.AIXIN_RUNS ?? 3))

test.each(seeds)(
  'the claims of months at random are the same by SQL and by the second counting: seed %i',
  async seed => {
    const house = await openProvinceHouse()
    onTestFinished(() => house.close())
    const heard = await liveRandomMonth(house, seed)
    for (const word of ['accepted', 'ALREADY_VOID', 'UNKNOWN_RECORD', 'CHAIN_BROKEN', 'DATE_DOUBTFUL', 'PRICE_UNKNOWN'])
      expect(heard.get(word), word).toBeGreaterThan(0)
    const months = (await house.rows('select distinct month from claim_month order by month')).map(row =>
      String(row.month),
    )
    expect(months.length).toBeGreaterThan(1)
    const lines = await exportedLines(house)
    for (const month of months) expect(await claimsFromSql(house, month), month).toEqual(countClaims(lines, month))
    expect(await house.rows('select * from counter where amount < 0')).toEqual([])

    // Whatever is held can be decided, and no fund gets more back of a sale and its payouts than it paid.
    const desk = await openHeldDesk(house)
    onTestFinished(() => desk.close())
    const all = 'select coalesce(sum(fen), 0)::int from claim_line'
    const before = await house.number(all)
    expect(await decideAtRandom(desk, seed)).toBeGreaterThan(20)
    expect(await house.number(all)).toBe(before)
    expect(await house.rows(tooMuchBack)).toEqual([])
    const waiting = `select c.record_id from claim c join voided v using (record_id)
      where c.state in ('open', 'accepted', 'held') and not v.refused`
    expect(await house.rows(waiting)).toEqual([])
  },
  600_000,
)

/** By sale and fund: what was paid of it and of its claim, and taken back. */
const tooMuchBack = `
  with line as (
    select case when c.kind in ('void', 'refund', 'made-good') then convert_from(l.record, 'UTF8')::jsonb -> 'payload' ->> 'of'
                else l.record_id end as sale, c.fund, c.fen
      from claim_line c join ledger l using (terminal_id, generation, seq) where not c.held and not c.refused)
  select sale, fund, sum(fen) from line group by sale, fund having sum(fen) < 0`

import { z } from 'zod'
import type { BusinessDate } from '../shared/business-day.ts'
import { type Queryable, select } from './database.ts'

/**
 * Where a sign begins: sales of one operator in a row at one terminal, each so soon after the one before; acts of an operator that take back, enter late or
 * override, at least so many and more than one in `salesForAnAct` sales; a list price raised at a till by so much; minutes between two visits of one person, by how far apart the sites are.
 */
export const bounds = {
  burst: { sales: 5, seconds: 3 },
  overrides: { acts: 5, salesForAnAct: 10 },
  priceRaise: { percent: 10 },
  farApart: { anotherStreet: 10, anotherDistrict: 30, anotherCity: 90 },
} as const

/** Records are named by their place in a ledger; no row names a senior. */
const place = z.string()
const burst = z.object({
  ...{ site: z.string(), terminal: z.string(), date: z.string(), sales: z.int(), seconds: z.int() },
  ...{ first: place, last: place, subsidyFen: z.int() },
})
const overrides = z.object({
  ...{ site: z.string(), operator: z.string(), sales: z.int() },
  ...{ voids: z.int(), refunds: z.int(), lateEntries: z.int(), overrides: z.int() },
})
const prices = z.object({
  ...{ site: z.string(), date: z.string(), operator: z.string(), set: z.string() },
  ...{ beforeFen: z.int(), afterFen: z.int(), freshPin: z.boolean(), place },
})
const farApart = z.object({
  ...{ siteBefore: z.string(), site: z.string(), date: z.string(), minutes: z.int(), before: place, after: place },
})

export interface Warnings {
  readonly bursts: readonly z.infer<typeof burst>[]
  readonly overrides: readonly z.infer<typeof overrides>[]
  readonly prices: readonly z.infer<typeof prices>[]
  readonly farApart: readonly z.infer<typeof farApart>[]
}

/** A record comes no earlier than a day before its business date, whatever its clock says: this bound lets the index of arrival serve. */
const taken = `verdict in ('accepted', 'flagged') and business_date between $1 and $2
  and received_at >= ($1::date - 2)::timestamptz`
const placeOf = (row: string) => `${row}terminal_id || ' ' || ${row}generation || '/' || ${row}seq`

/**
 * Sales that follow each other faster than people can walk past a till. Other tills may sell into its ledger, so each operator counts by themselves;
 * a table that one person pays for, and a delivery round that is handed in, count as one.
 */
const bursts = `
  with told as (
    select l.*, convert_from(l.record, 'UTF8')::jsonb -> 'payload' as payload
      from ledger l where kind in ('group', 'delivery') and ${taken}
  ), part as (
    select terminal_id, generation, jsonb_array_elements_text(payload -> 'sales') as record_id, record_id as whole
      from told where kind = 'group'
     union select terminal_id, generation, payload ->> 'of', payload ->> 'round' from told where kind = 'delivery'
  ), whole as (
    select terminal_id, generation, record_id, min(whole) as whole from part group by terminal_id, generation, record_id
  ), sale as (
    select l.*, coalesce(whole, record_id) as act, at - lag(at) over ledger as gap
      from ledger l left join whole using (terminal_id, generation, record_id)
     where kind = 'sale' and ${taken} window ledger as (partition by terminal_id, generation, operator order by seq)
  ), run as (
    select s.*, count(*) filter (where gap is null or gap < 0 or gap > $4 * 1000)
        over (partition by terminal_id, generation, operator order by seq) as number
      from sale s
  )
  select min(site_id) as site, terminal_id as terminal, min(business_date) as date, count(*) as sales,
         round((max(at) - min(at)) / 1000.0)::bigint as seconds, sum(subsidy_fen)::bigint as "subsidyFen",
         terminal_id || ' ' || generation || '/' || min(seq) as first,
         terminal_id || ' ' || generation || '/' || max(seq) as last
    from run group by terminal_id, generation, operator, number having count(distinct act) >= $3
   order by date, terminal, min(seq)`

/** Operators who take back, enter late or override much more than they sell. */
const ofOperators = `
  select t.site_id as site, l.operator, count(*) filter (where kind in ('sale', 'visit-out')) as sales,
         count(*) filter (where kind = 'void') as voids, count(*) filter (where kind = 'refund') as refunds,
         count(*) filter (where kind in ('late-entry', 'late-visit')) as "lateEntries",
         count(*) filter (where kind = 'override') as overrides
    from ledger l join terminal t using (terminal_id)
   where l.operator is not null and ${taken}
   group by t.site_id, l.operator
  having count(*) filter (where kind in ('void', 'refund', 'late-entry', 'late-visit', 'override')) >= $3
     and count(*) filter (where kind in ('void', 'refund', 'late-entry', 'late-visit', 'override')) * $4 > count(*) filter (where kind in ('sale', 'visit-out'))
   order by 1, 2`

/** One person at two sites that lie further apart than the time between. What was voided was no visit, and a late entry has no time. */
const ofPersons = `
  with visit as (
    select l.*, lag(site_id) over person as site_before, lag(at) over person as at_before,
           lag(${placeOf('l.')}) over person as place_before
      from ledger l
     where kind in ('sale', 'visit-out') and senior_id is not null and senior_id <> 'nobody' and ${taken}
       and not exists (select 1 from voided v where v.record_id = l.record_id and not v.held)
    window person as (partition by senior_id order by at, terminal_id, generation, seq)
  ), pair as (
    select v.*, (at - at_before) / 60000.0 as minutes,
           a.body::jsonb -> 'facts' -> 'place' as here, b.body::jsonb -> 'facts' -> 'place' as there
      from visit v join site a on a.site_id = v.site_id join site b on b.site_id = v.site_before
     where v.site_before <> v.site_id
  )
  select site_before as "siteBefore", site_id as site, business_date as date, floor(minutes)::bigint as minutes,
         place_before as before, ${placeOf('')} as after
    from pair
   where minutes < case
     when here - array['district', 'street'] is distinct from there - array['district', 'street'] then $5
     when here -> 'district' is distinct from there -> 'district' then $4
     when here -> 'street' is distinct from there -> 'street' then $3
     else 0 end
   order by date, before`

/**
 * List prices that a till raised: a subsidy by percentage grows with them. `freshPin`: whoever raised it set the PIN that allows it on the same
 * day at the same terminal.
 */
const ofPrices = `
  with raised as (
    select l.*, convert_from(l.record, 'UTF8')::jsonb -> 'payload' as payload
      from ledger l where kind = 'setting-change' and ${taken}
  )
  select payload ->> 'site' as site, business_date as date, operator, payload ->> 'subject' as set,
         (payload -> 'before' ->> 'priceFen')::bigint as "beforeFen", (payload -> 'after' ->> 'priceFen')::bigint as "afterFen",
         exists (
           select 1 from ledger p
            where p.terminal_id = r.terminal_id and p.kind = 'override' and p.operator = r.operator
              and p.business_date = r.business_date and p.verdict in ('accepted', 'flagged')
              and convert_from(p.record, 'UTF8')::jsonb -> 'payload' ->> 'what' = 'operator-pin'
         ) as "freshPin",
         ${placeOf('r.')} as place
    from raised r
   where payload ->> 'what' = 'menu'
     and (payload -> 'after' ->> 'priceFen')::bigint * 100 >= (payload -> 'before' ->> 'priceFen')::bigint * (100 + $3)
   order by date, site, at`

/** Signs, in the records of some business dates, that somebody should look: none of them proves anything. */
export async function warningsOf(
  database: Queryable,
  { from, to }: { readonly from: BusinessDate; readonly to: BusinessDate },
): Promise<Warnings> {
  const { sales, seconds } = bounds.burst
  const { acts, salesForAnAct } = bounds.overrides
  const { anotherStreet, anotherDistrict, anotherCity } = bounds.farApart
  return {
    bursts: await select(database, burst, bursts, [from, to, sales, seconds]),
    overrides: await select(database, overrides, ofOperators, [from, to, acts, salesForAnAct]),
    prices: await select(database, prices, ofPrices, [from, to, bounds.priceRaise.percent]),
    farApart: await select(database, farApart, ofPersons, [from, to, anotherStreet, anotherDistrict, anotherCity]),
  }
}

-- Deliveries of one stop are looked up beside each other.
create index ledger_delivery on ledger (terminal_id, business_date) where kind = 'delivery';

-- What was given to somebody, as before; a stop counts as one meal, and a visit that ended early for nothing as none.
create or replace view given as
-- Each site's configuration is read once, not once a record.
with service as materialized (
  select distinct on (a.site_id, e ->> 'id') a.site_id, e ->> 'id' as id, e ->> 'kind' as kind
    from site a, jsonb_array_elements(a.body::jsonb -> 'station' -> 'services') e
   order by a.site_id, e ->> 'id'
)
select g.month, g.record_id, min(g.site_id) as site_id, min(g.kind) as kind, min(g.senior_id) as senior_id, bool_and(g.held) as held
  from (
    select substr(l.business_date, 1, 7) as month,
           l.record_id,
           t.site_id,
           case when l.kind in ('sale', 'late-entry', 'delivery') then 'meals' else coalesce(c.kind, 'other') end as kind,
           case when l.senior_id = 'nobody' then w.senior_id
                when l.senior_id is null or l.senior_id like 'ref:%'
                  then coalesce(r.senior_id, w.senior_id, l.senior_id, 'ref:' || (p.payload ->> 'senior'))
                else l.senior_id end as senior_id,
           b.kind is not null
             or (d.decision is null and (l.verdict = 'flagged' or coalesce(p.payload ->> 'held', '') = 'true')) as held
      from ledger l
      join terminal t on t.terminal_id = l.terminal_id
     cross join lateral (
       select case when l.kind <> 'sale' then convert_from(l.record, 'UTF8')::jsonb -> 'payload' end as payload) p
      -- The service of a visit stands where the visit began.
      left join ledger i on l.kind = 'visit-out' and i.terminal_id = l.terminal_id and i.kind = 'visit-in'
                        and i.record_id = p.payload ->> 'of'
     cross join lateral (
       select coalesce(p.payload ->> 'service', convert_from(i.record, 'UTF8')::jsonb -> 'payload' ->> 'service') as id) s
      left join service c on l.kind in ('visit-out', 'late-visit', 'attendance') and c.site_id = t.site_id and c.id = s.id
      left join senior_ref r on r.site_id = t.site_id
                            and r.ref = coalesce(substr(l.senior_id, 5), p.payload ->> 'senior')
      left join claim w on w.record_id = l.record_id
      left join voided v on v.record_id = l.record_id and not v.refused
      left join ledger b on b.terminal_id = v.terminal_id and b.generation = v.generation and b.seq = v.seq and b.kind = 'void'
      left join held_decision d on d.terminal_id = l.terminal_id and d.generation = l.generation and d.seq = l.seq and d.turn = 1
     where l.kind in ('sale', 'late-entry', 'visit-out', 'late-visit', 'attendance', 'delivery')
       and l.verdict in ('accepted', 'flagged')
       and (l.kind <> 'attendance' or p.payload ->> 'event' <> 'in')
       -- A meal that came too late to be entered: its delivery alone tells of it.
       and (l.kind <> 'delivery' or (p.payload ->> 'outcome' = 'handed' and p.payload ->> 'of' is null and not exists (
         -- What was put right afterwards of a stop whose meal counts already is no further meal.
         select 1 from ledger o
          cross join lateral (select convert_from(o.record, 'UTF8')::jsonb -> 'payload' as payload) q
          where o.terminal_id = l.terminal_id and o.kind = 'delivery' and o.verdict in ('accepted', 'flagged')
            and o.business_date between to_char(l.business_date::date - 62, 'YYYY-MM-DD')
                                    and to_char(l.business_date::date + 62, 'YYYY-MM-DD')
            and o.record_id <> l.record_id and q.payload ->> 'outcome' = 'handed'
            and q.payload ->> 'round' = p.payload ->> 'round' and q.payload ->> 'stop' = p.payload ->> 'stop'
            and (q.payload ->> 'of' is not null or o.record_id < l.record_id))))
       -- A visit that ended before its time for nothing, such as a sign-in by mistake, gave nothing.
       and not (l.kind = 'visit-out' and p.payload ->> 'endedEarly' is not null and p.payload ->> 'listFen' = '0')
       and coalesce(d.decision, '') <> 'refuse'
       and (b.kind is null or v.held)
  ) g
 group by g.month, g.record_id;

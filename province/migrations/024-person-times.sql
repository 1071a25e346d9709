-- Where a site lies, as the bureau counts by it; what is null here the site's own facts say.
create table site_place (
  site_id text primary key,
  city text,
  county text,
  town text,
  village text
);

create view site_where as
select s.site_id,
       coalesce(p.city, f.place ->> 'city') as city,
       coalesce(p.county, f.place ->> 'district') as county,
       coalesce(p.town, f.place ->> 'street') as town,
       coalesce(p.village, f.place ->> 'village') as village
  from site s
 cross join lateral (select s.body::jsonb -> 'facts' -> 'place' as place) f
  left join site_place p on p.site_id = s.site_id;

create index ledger_given on ledger (substr(business_date, 1, 7))
  where kind in ('sale', 'late-entry', 'visit-out', 'late-visit', 'attendance', 'delivery');

-- What was given to somebody, one row for each: a meal, a service, a stay once it ended, a call. What was voided or refused is not in it; who has
-- the money back by a refund was served all the same. A record that came twice is one row, held only where each of its copies is.
-- senior_id null: nobody was named.
create view given as
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
       and (l.kind <> 'delivery' or (p.payload ->> 'outcome' = 'handed' and p.payload ->> 'of' is null))
       and coalesce(d.decision, '') <> 'refuse'
       and (b.kind is null or v.held)
  ) g
 group by g.month, g.record_id;

-- 人次 and 人数: how often something was given, and to how many people, each counted once in a place whatever its sites. Kind `helps` is all of
-- the services but meals, `all` is everything. What is held until somebody has looked is in no other figure.
create view person_time_month as
with place as materialized (select * from site_where)
select g.month,
       n.level,
       p.city,
       p.county,
       case when n.depth >= 2 then p.town end as town,
       case when n.depth >= 3 then p.village end as village,
       case when n.depth >= 4 then p.site_id end as site_id,
       k.kind,
       count(*) filter (where not g.held and g.senior_id is not null) as times,
       count(distinct g.senior_id) filter (where not g.held) as persons,
       count(*) filter (where not g.held and g.senior_id is null) as unnamed,
       count(*) filter (where g.held) as held,
       count(distinct g.senior_id) filter (where g.held) as held_persons
  from given g
  join place p on p.site_id = g.site_id
 cross join (values ('county', 1), ('town', 2), ('village', 3), ('site', 4)) as n (level, depth)
 cross join lateral (
   values (g.kind), ('all'),
          (case when g.kind in ('cleaning', 'medical', 'mobility', 'bathing', 'emergency') then 'helps' end)) as k (kind)
 where k.kind is not null
 group by 1, 2, 3, 4, 5, 6, 7, 8;

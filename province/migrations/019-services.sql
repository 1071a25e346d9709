-- Services that seniors ordered ahead, for the site that gives them. One that was taken back stays, cancelled.
create table visit_order (
  order_id text primary key,
  site_id text not null,
  body text not null,
  change bigint not null
);
create index visit_order_by_site on visit_order (site_id, change);

-- What a site's catalogue of services ever said of prices: which pack knows a service by which name, and what it costs. Old lines stay, since a
-- terminal that was offline prices by what it was sent. per_minutes 0: the price is of the whole visit.
create table service_price (
  site_id text not null,
  service text not null,
  pack_id text not null,
  pack_service text not null,
  fen bigint not null,
  per_minutes integer not null,
  least_minutes integer not null,
  primary key (site_id, service, pack_id, pack_service, fen, per_minutes, least_minutes)
);

create or replace view claim_month as
with line as (
  select booked_on, fund, site_id, kind, fen, held, refused from claim_line
  union all
  select booked_on, fund, site_id, 'overrun', fen, false, false from overrun
)
select substr(booked_on, 1, 7) as month,
       fund,
       site_id,
       count(*) filter (where not held and kind in ('sale', 'late-entry', 'visit-out', 'late-visit')) as served,
       coalesce(sum(fen) filter (where not held and kind in ('sale', 'late-entry', 'visit-out', 'late-visit')), 0)::bigint as served_fen,
       count(*) filter (where not held and kind in ('void', 'refund')) as taken_back,
       coalesce(sum(fen) filter (where not held and kind in ('void', 'refund')), 0)::bigint as taken_back_fen,
       count(*) filter (where not held and kind = 'made-good') as made_good,
       coalesce(sum(fen) filter (where not held and kind = 'made-good'), 0)::bigint as made_good_fen,
       coalesce(sum(fen) filter (where not held), 0)::bigint as claim_fen,
       count(*) filter (where held and not refused) as held,
       coalesce(sum(fen) filter (where held and not refused), 0)::bigint as held_fen,
       count(*) filter (where kind = 'overrun') as overrun,
       coalesce(sum(fen) filter (where kind = 'overrun'), 0)::bigint as overrun_fen,
       count(*) filter (where refused) as refused,
       coalesce(sum(fen) filter (where refused), 0)::bigint as refused_fen
  from line
 group by 1, 2, 3;

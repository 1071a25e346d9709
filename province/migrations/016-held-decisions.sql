-- What somebody decided about records whose claim lines were held. A decision stands: it is neither changed nor taken back.
create table held_decision (
  terminal_id text not null,
  generation bigint not null,
  seq bigint not null,
  record_id text not null,
  decision text not null check (decision in ('pay', 'refuse')),
  operator text not null,
  reason text not null,
  -- What the lines came to, in fen.
  fen bigint not null,
  at timestamptz not null default now(),
  primary key (terminal_id, generation, seq)
);

-- Held for good: somebody decided that no fund pays it.
alter table claim_line add column refused boolean not null default false;

create or replace view claim_month as
with line as (
  select booked_on, fund, site_id, kind, fen, held, refused from claim_line
  union all
  select booked_on, fund, site_id, 'overrun', fen, false, false from overrun
)
select substr(booked_on, 1, 7) as month,
       fund,
       site_id,
       count(*) filter (where not held and kind in ('sale', 'late-entry', 'visit-out')) as served,
       coalesce(sum(fen) filter (where not held and kind in ('sale', 'late-entry', 'visit-out')), 0)::bigint as served_fen,
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

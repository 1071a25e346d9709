-- How much a fund's pot holds in a period, as operators set it; the latest counts, none means no bound. What is drawn and held of a pot is a
-- row of lease_state, with `pot:FUND` in the place of the senior.
create sequence pot_change;
create table pot_amount (
  fund text not null,
  label text not null,
  change bigint not null,
  fen bigint not null,
  operator text not null,
  at timestamptz not null default now(),
  primary key (fund, label, change)
);
-- The funds on whose tranches a sale drew, as a JSON list: a void gives back to those only.
alter table ledger add column drew_pots text;
-- The fund whose pot an open claim waits for.
alter table claim add column waits_for text;
-- For which generation and day this terminal got its tranches.
alter table terminal add column pots_on text;
-- What was left of tranches of pots that a lost terminal held.
alter table write_off add column pots_fen bigint not null default 0;

-- An open claim whose subsidies a till without a network gave already: it is held against the limits like any other, and what is beyond them
-- is put on the fund that the policy names.
alter table claim add column advanced boolean not null default false;
create table overrun (
  senior_id text not null,
  terminal_id text not null,
  generation bigint not null,
  seq bigint not null,
  fund text not null,
  site_id text not null,
  record_id text not null,
  booked_on text not null,
  -- Less for the funds that paid, more for the one that bears it.
  fen bigint not null,
  primary key (senior_id, terminal_id, generation, seq, fund)
);
create index overrun_record on overrun (record_id);
create index overrun_month on overrun (substr(booked_on, 1, 7));

create or replace view claim_month as
with line as (
  select booked_on, fund, site_id, kind, fen, held from claim_line
  union all
  select booked_on, fund, site_id, 'overrun', fen, false from overrun
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
       count(*) filter (where held) as held,
       coalesce(sum(fen) filter (where held), 0)::bigint as held_fen,
       count(*) filter (where kind = 'overrun') as overrun,
       coalesce(sum(fen) filter (where kind = 'overrun'), 0)::bigint as overrun_fen
  from line
 group by 1, 2, 3;

-- All of one senior under one pack: rights, what terminals hold, recalls and claims (docs/leases.md). Only ever changed under its lock.
create table lease_state (
  senior_id text not null,
  pack_id text not null,
  body text not null,
  primary key (senior_id, pack_id)
);

-- Whose lease a terminal has to hear of, numbered in the order in which it changed.
create sequence lease_change;
create table lease_news (
  terminal_id text not null,
  generation bigint not null,
  senior_id text not null,
  pack_id text not null,
  change bigint not null,
  primary key (terminal_id, generation, senior_id, pack_id)
);
create index lease_news_change on lease_news (terminal_id, change);

-- Whom a site means by its reference.
create table senior_ref (
  site_id text not null,
  ref text not null,
  senior_id text not null,
  primary key (site_id, ref)
);

-- Sales whose right nobody could prove, and what came of them: open, held, accepted, nothing-due, made-good, void.
create table claim (
  record_id text primary key,
  senior_id text,
  pack_id text not null,
  terminal_id text not null,
  generation bigint not null,
  seq bigint not null,
  site_id text not null,
  business_date text not null,
  state text not null,
  owed_fen bigint not null,
  decided_at timestamptz,
  made_good_at timestamptz,
  made_good_site text
);
create index claim_open on claim (state, business_date);

-- The lease that a sale drew on: a void gives back to that epoch only.
alter table ledger add column lease_epoch bigint;
-- The business date of the newest record: lines of periods before it are dropped.
alter table watermark add column heard_on text;
-- When and up to which change of the roster this terminal's members got their lease.
alter table terminal add column leases_on text;
alter table terminal add column leases_change bigint not null default 0;

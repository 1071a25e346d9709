-- Leases of lost terminals that an operator gave up: who, why, and what was at risk then.
create table write_off (
  terminal_id text not null,
  generation bigint not null,
  operator text not null,
  reason text not null,
  seniors bigint not null,
  visits bigint not null,
  visits_fen bigint not null,
  money_fen bigint not null,
  payouts_fen bigint not null,
  at timestamptz not null default now(),
  primary key (terminal_id, generation)
);

-- What a terminal's calls showed of its ledger that lies in no record of it: records missing before one that came, an end before the one that
-- is held here. A place is kept with when it was seen first and last.
create table ledger_doubt (
  terminal_id text not null,
  generation bigint not null,
  seq bigint not null,
  code text not null,
  first_seen timestamptz not null default now(),
  last_seen timestamptz not null default now(),
  primary key (terminal_id, generation, seq, code)
);

-- Keys that a terminal had before it was enrolled anew: what it wrote to a stick before is opened by them.
create table former_key (
  terminal_id text not null,
  transport_key bytea not null,
  primary key (terminal_id, transport_key)
);

-- Files of terminals that are out of service, or from before a restore, which somebody took in by hand: who, why, and which records were new.
create table taken_file (
  terminal_id text not null,
  taken_id text not null,
  at timestamptz not null default now(),
  hash text not null,
  operator text not null,
  reason text not null,
  fresh bigint not null,
  known bigint not null,
  apart bigint not null,
  primary key (terminal_id, taken_id)
);

-- Keys are chosen so that Citus can distribute: what belongs to a senior by senior_id, what belongs to a terminal by terminal_id;
-- province_key, site, policy, code_key and revocation are small reference tables.

create table province_key (
  name text primary key,
  public_key bytea not null,
  private_key bytea not null
);

-- One rising number a change, so that a feed's cursor is a number. Taken under a lock: numbers become visible in their order.
create sequence feed_change;
create sequence province_envelope;

create table site (
  site_id text primary key,
  body text not null,
  site_key bytea not null,
  change bigint not null
);

create table policy (
  hash text primary key,
  pack_id text not null,
  body text not null,
  signature text not null,
  current boolean not null,
  change bigint not null
);

create table code_key (
  key_id text primary key,
  body text not null,
  change bigint not null
);

create table revocation (
  change bigint primary key,
  body text not null
);

create table senior (
  senior_id text primary key,
  home_site text not null,
  body text not null,
  cards text[] not null,
  codes_since bigint not null,
  gone boolean not null,
  change bigint not null
);
create index senior_change on senior (change);

-- Hashes of all facts ever sent to terminals: a quote must rest on these.
create table published_fact (
  subject text not null,
  hash text not null,
  primary key (subject, hash)
);

create table terminal (
  terminal_id text primary key,
  site_id text not null,
  struck_off boolean not null,
  quarantined boolean not null,
  -- Open while it waits for its terminal, since a proof under it must be checked; gone once used.
  enrolment_secret bytea,
  enrolment_request text,
  transport_key bytea,
  ledger_key bytea,
  sealing_key bytea,
  last_counter bigint not null,
  last_nonce text not null
);

create table watermark (
  terminal_id text not null,
  generation bigint not null,
  seq bigint not null,
  hash text not null,
  primary key (terminal_id, generation)
);

create table ledger (
  terminal_id text not null,
  generation bigint not null,
  seq bigint not null,
  hash text not null,
  -- The exact bytes that were signed: bytea, since what is stored as it came need not be fit for text.
  record bytea not null,
  signature text not null,
  verdict text not null,
  code text,
  kind text,
  record_id text,
  site_id text,
  senior_id text,
  business_date text,
  at bigint,
  list_fen bigint,
  subsidy_fen bigint,
  pending_fen bigint,
  received_at timestamptz not null default now(),
  primary key (terminal_id, generation, seq)
);
create index ledger_record on ledger (record_id);

create table sale_inputs (
  senior_id text not null,
  terminal_id text not null,
  generation bigint not null,
  seq bigint not null,
  sealed text not null,
  primary key (senior_id, terminal_id, generation, seq)
);

create table claim_line (
  senior_id text not null,
  terminal_id text not null,
  generation bigint not null,
  seq bigint not null,
  fund text not null,
  site_id text not null,
  business_date text not null,
  fen bigint not null,
  -- The record was flagged: counted, but somebody looks before it is paid.
  held boolean not null,
  primary key (senior_id, terminal_id, generation, seq, fund)
);

create table counter (
  senior_id text not null,
  pack_id text not null,
  limit_id text not null,
  label text not null,
  unit text not null,
  amount bigint not null,
  primary key (senior_id, pack_id, limit_id, label, unit)
);

create table voided (
  record_id text primary key,
  terminal_id text not null,
  generation bigint not null,
  seq bigint not null
);

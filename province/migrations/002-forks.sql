-- Records that claim a place where another one stands: a copied disk. Kept as they came, so that nothing a person did is lost.
create table forked_record (
  terminal_id text not null,
  generation bigint not null,
  seq bigint not null,
  hash text not null,
  record bytea not null,
  signature text not null,
  inputs text,
  received_at timestamptz not null default now(),
  primary key (terminal_id, generation, seq, hash)
);

-- Delivery rounds as they were prepared for the till that records them (JSON). `device`: the one phone on which a round was opened.
create table delivery_round (
  terminal_id text not null,
  round_id text not null,
  business_date text not null,
  body text not null,
  device text,
  change bigint not null,
  primary key (terminal_id, round_id)
);
create index delivery_round_by_change on delivery_round (terminal_id, change);

-- Codes of results as phones handed them in, each text once.
create table round_part (
  terminal_id text not null,
  round_id text not null,
  hash text not null,
  body text not null,
  change bigint not null,
  primary key (terminal_id, round_id, hash)
);
create index round_part_by_change on round_part (terminal_id, change);

-- Strokes of the signatures that results name by their hash.
create table round_signature (
  terminal_id text not null,
  round_id text not null,
  result_id text not null,
  strokes text not null,
  primary key (terminal_id, round_id, result_id)
);

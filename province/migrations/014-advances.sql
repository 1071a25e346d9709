-- What tills said that they gave without a right, whatever came of it: their bounds hold the sums.
create table advance (
  terminal_id text not null,
  generation bigint not null,
  seq bigint not null,
  senior_ref text not null,
  pack_id text not null,
  business_date text not null,
  fen bigint not null,
  primary key (terminal_id, generation, seq)
);
create index advance_day on advance (terminal_id, generation, business_date);

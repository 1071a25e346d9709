-- The number that a bureau's own list gives a person, and the id that was drawn for them.
create table senior_number (
  number text primary key,
  senior_id text not null
);

-- Every file of sites or people that was loaded: who loaded which bytes, and what came of it.
create table load (
  load_id text primary key,
  at timestamptz not null default now(),
  what text not null,
  file text not null,
  hash text not null,
  operator text not null,
  fresh bigint not null,
  changed bigint not null,
  gone bigint not null,
  unchanged bigint not null
);

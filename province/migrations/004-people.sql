-- Cards that a site's staff bound: apart from those that come with the roster, so that neither overwrites the other.
alter table senior add column bound_cards text[] not null default '{}';
-- A card belongs to one senior: who holds it already is asked at every binding.
create index senior_by_card on senior using gin (cards);
create index senior_by_bound_card on senior using gin (bound_cards);

-- Members of other sites whom a site asked about: held there in full until this date.
create table visitor (
  site_id text not null,
  senior_id text not null,
  until text not null,
  primary key (site_id, senior_id)
);

-- Who asked who somebody is, and by what; the question itself is not kept.
create table lookup (
  at timestamptz not null default now(),
  terminal_id text not null,
  by text not null,
  senior_id text
);

-- A restore of this database gives numbers of feeds out a second time. The newest epoch stands in every cursor, and one of another counts as none.
create table feed_epoch (
  epoch text primary key,
  at timestamptz not null default now()
);

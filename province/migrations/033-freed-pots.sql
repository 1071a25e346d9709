-- Pots of which something came free, or the last was drawn: the claims that wait for their money are to be looked at. Written in the transaction
-- that freed it and worked off after its commit, page by page, each by whoever comes first. The place is the last claim that was looked at.
create table freed_pot (
  id bigint generated always as identity primary key,
  fund text not null,
  since text not null default '',
  senior_id text not null default '',
  pack_id text not null default ''
);
-- Whatever waits when this table begins is looked at once.
insert into freed_pot (fund) select distinct waits_for from claim where state = 'open' and waits_for is not null;

-- Proxies that tills registered for a senior, beside those of the roster: a JSON list, of which nothing is removed, since records of the days
-- before an end may still come.
alter table senior add column till_proxies text not null default '[]';

-- Meals that somebody collected for a senior and that were not taken back, by the names that the site's records use.
create table proxy_collection (
  terminal_id text not null,
  record_id text not null,
  of_id text not null,
  proxy_ref text not null,
  business_date text not null,
  meal text not null,
  primary key (terminal_id, record_id)
);
create index proxy_collection_by_meal on proxy_collection (terminal_id, proxy_ref, business_date);
create index proxy_collection_by_sale on proxy_collection (terminal_id, of_id);

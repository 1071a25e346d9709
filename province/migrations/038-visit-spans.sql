-- When a service was given, once for its senior and once for each carer's part: `who` is a senior's id, or `carer:` with the site and the carer. Tills of
-- one station do not know each other's visits; here nobody is in two places.
create table visit_span (
  who text not null,
  terminal_id text not null,
  record_id text not null,
  began_at bigint not null,
  ended_at bigint not null,
  primary key (who, terminal_id, record_id, began_at)
);
create index visit_span_time on visit_span (who, began_at);

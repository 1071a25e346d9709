-- What tills changed of their site, and the province took: menus and prices with the instant from which they count, staff, options. A
-- price counts as published for sales from then on. The row tells it to the other tills of the site; `body` is the change as the record has it.
create table setting_change (
  site_id text not null,
  record_id text not null,
  terminal_id text not null,
  generation bigint not null,
  seq bigint not null,
  at bigint not null,
  body text not null,
  primary key (site_id, record_id)
);

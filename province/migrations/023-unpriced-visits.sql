-- Visits by count that a lost terminal may have given, of which nothing at its site says the worth.
alter table write_off add column unpriced_visits bigint not null default 0;

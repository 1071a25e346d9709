-- The province's own keys can be exchanged: each exchange has a number, and terminals hear of it by a list that the root key signed.
-- Former keys stay: what was sealed to them must open for as long as records are kept.
alter table province_key add column number integer not null default 1;
alter table province_key drop constraint province_key_pkey;
alter table province_key add primary key (name, number);
create table province_key_list (
  number integer primary key,
  body text not null,
  signature text not null,
  change bigint not null
);

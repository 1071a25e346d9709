-- What came of phone payments that were not confirmed at the counter: each payment once, as the first record that nobody doubts says it.
create table payment_outcome (
  terminal_id text not null,
  of_id text not null,
  tender int not null,
  record_id text not null,
  site_id text not null,
  booked_on text not null,
  outcome text not null check (outcome in ('settled', 'not-paid')),
  fen bigint not null,
  primary key (terminal_id, of_id, tender)
);
create index payment_outcome_by_month on payment_outcome (booked_on);

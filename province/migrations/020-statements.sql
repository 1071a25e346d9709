-- What stands in one person's name is read for their statement, by anybody who holds its code: never by a look through the whole ledger.
create index ledger_senior on ledger (senior_id, business_date) where senior_id is not null and senior_id <> 'nobody';
create index claim_senior on claim (senior_id) where senior_id is not null;

-- Codes on printed statements that do not open any more: every one of a senior that was printed until then (ms).
create table statement_revocation (
  senior_id text primary key,
  before bigint not null
);

-- Who was told what stands in a senior's name: a till, which names itself, or a printed code. The code itself is not kept.
create table statement_reading (
  senior_id text not null,
  at timestamptz not null default now(),
  month text not null,
  terminal_id text not null,
  by text not null
);
create index statement_reading_of on statement_reading (senior_id, at);

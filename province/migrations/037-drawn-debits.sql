-- What a doubted record took of each counter, where that is less than it says: null for all others.
alter table ledger add column drew_debits text;

-- Who of the staff made a record, for the signs that somebody should look (province warnings). Records taken before have none.
alter table ledger add column operator text;
-- Reports look at what came lately: rows lie in the order in which they came, so a small index is enough.
create index ledger_received on ledger using brin (received_at);

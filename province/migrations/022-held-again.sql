-- Somebody decided that what took the sale back does not: the sale stands, and its claim goes on.
alter table voided add column refused boolean not null default false;
update voided v set refused = true
  from held_decision d
 where v.held and d.decision = 'refuse' and d.terminal_id = v.terminal_id and d.generation = v.generation and d.seq = v.seq;

-- What took a sale back and was paid is held once more where the claim turns out to be paid as well: then it is decided in another turn.
alter table held_decision add column turn bigint not null default 1;
alter table held_decision drop constraint held_decision_pkey;
alter table held_decision add primary key (terminal_id, generation, seq, turn);

-- Up to which change of the roster it was looked for who came, where nobody could say so when the claim arrived.
alter table claim add column roster_through bigint not null default 0;
create index claim_nameless on claim (roster_through) where state = 'open' and senior_id is null;

-- A claim that nobody can decide is ended by an operator; its sale stands as it is.
alter table held_decision drop constraint held_decision_decision_check;
alter table held_decision add constraint held_decision_decision_check check (decision in ('pay', 'refuse', 'end'));

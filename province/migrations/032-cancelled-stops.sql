-- Stops of a round whose orders were cancelled after it was made.
alter table delivery_round add column cancelled bigint[] not null default '{}';

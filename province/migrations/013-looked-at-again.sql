-- A claim may be decided again: what that changes is booked beside what was booked before, each time as the next turn.
alter table overrun add column turn bigint;
update overrun o set turn = n.turn
  from (select ctid, row_number() over (partition by senior_id, record_id, fund order by booked_on, terminal_id, generation, seq) as turn
          from overrun) n
 where o.ctid = n.ctid;
alter table overrun drop constraint overrun_pkey;
alter table overrun add primary key (senior_id, record_id, fund, turn);

-- What took a sale back was doubted: it is held, for money and rights alike, until a void that nobody doubts takes its place.
alter table voided add column held boolean not null default false;

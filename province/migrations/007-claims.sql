-- What a fund is asked for: each line in the month in which it was booked, so that a month that was paid never changes by what is taken
-- back later. `booked_on` is the business date of the record: of a late entry, the day on which the meal was served.
alter table claim_line add column booked_on text;
alter table claim_line add column kind text;
update claim_line c set booked_on = l.business_date, kind = l.kind
  from ledger l where l.terminal_id = c.terminal_id and l.generation = c.generation and l.seq = c.seq;
alter table claim_line alter column booked_on set not null, alter column kind set not null;
create index claim_line_month on claim_line (substr(booked_on, 1, 7));

-- One row a month, fund and site. Held lines are counted apart: somebody looks before they are paid.
create view claim_month as
select substr(booked_on, 1, 7) as month,
       fund,
       site_id,
       count(*) filter (where not held and kind in ('sale', 'late-entry', 'visit-out')) as served,
       coalesce(sum(fen) filter (where not held and kind in ('sale', 'late-entry', 'visit-out')), 0)::bigint as served_fen,
       count(*) filter (where not held and kind in ('void', 'refund')) as taken_back,
       coalesce(sum(fen) filter (where not held and kind in ('void', 'refund')), 0)::bigint as taken_back_fen,
       count(*) filter (where not held and kind = 'made-good') as made_good,
       coalesce(sum(fen) filter (where not held and kind = 'made-good'), 0)::bigint as made_good_fen,
       coalesce(sum(fen) filter (where not held), 0)::bigint as claim_fen,
       count(*) filter (where held) as held,
       coalesce(sum(fen) filter (where held), 0)::bigint as held_fen
  from claim_line
 group by 1, 2, 3;

-- Which terminal's record a consent rests on, and when it was given there (ms): an older withdrawal that arrives late leaves it alone.
alter table face_consent add column terminal_id text not null default '';
alter table face_consent add column given_at bigint not null default 0;

-- When a senior last withdrew what (ms), wherever it was: no template is taken under a consent that is older.
create table face_withdrawal (
  senior_id text not null,
  kind text not null,
  at bigint not null,
  primary key (senior_id, kind)
);

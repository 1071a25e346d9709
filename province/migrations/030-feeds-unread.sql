-- What a terminal could not read of its feeds, as it last said (JSON); null where it reads all.
alter table terminal add column feeds_unread text;

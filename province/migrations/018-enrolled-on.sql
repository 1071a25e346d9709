-- Business date on which a terminal was first enrolled: no record of it can be of much earlier. Null where that was before it was noted.
alter table terminal add column enrolled_on text;

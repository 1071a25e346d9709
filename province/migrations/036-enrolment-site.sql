-- The site of an enrolment code that waits: its terminal moves there when the code is used. Null: where it is.
alter table terminal add column enrolment_site text;

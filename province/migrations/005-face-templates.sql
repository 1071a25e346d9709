-- Seniors who agreed to be recognised at other sites too, by the consent that is in force; a site names them by its own reference.
create table face_consent (
  site_id text not null,
  senior_ref text not null,
  record_id text not null,
  primary key (site_id, senior_ref)
);

-- Their templates, as sealed to the province's sealing key: nothing in this table opens without it.
create table face_template (
  senior_id text primary key,
  site_id text not null,
  senior_ref text not null,
  engine text not null,
  model_hash text not null,
  sealed text not null
);
create index face_template_ref on face_template (site_id, senior_ref);

-- Who asked for a template, and whether there was one.
create table face_fetch (
  senior_id text not null,
  terminal_id text not null,
  at timestamptz not null default now(),
  found boolean not null
);

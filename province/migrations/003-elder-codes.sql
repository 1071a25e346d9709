-- Elder codes: key lists as the root key signed them (the highest number counts), and the private halves that this province issues with.
drop table code_key;
create table code_key_list (
  number bigint primary key,
  body text not null,
  signature text not null,
  change bigint not null
);
create table code_signer (
  key_id text primary key,
  public_key bytea not null,
  private_key bytea not null
);

-- The key of a senior's own phone; it travels with the roster.
create table device_key (
  senior_id text not null,
  key_id text not null,
  public_key text not null,
  not_before bigint not null,
  not_after bigint not null,
  revoked boolean not null,
  primary key (senior_id, key_id)
);

-- Apps that may ask for codes. The secret has 32 random bytes, so its plain SHA-256 cannot be guessed back.
create table code_client (
  client_id text primary key,
  secret_hash bytea not null,
  struck_off boolean not null
);

-- Counts each senior's codes upwards, and is the lock under which they are issued.
create table code_counter (
  senior_id text primary key,
  counter bigint not null
);

-- Who got a code or a phone key for whom, when. Never the code itself.
create table code_audit (
  senior_id text not null,
  at bigint not null,
  what text not null,
  serial text not null,
  key_id text not null,
  client text not null,
  primary key (senior_id, what, serial)
);
create index code_audit_at on code_audit (senior_id, at);

-- Who may act: staff, their sessions, partner keys, slowed-down logins and the first administrator.
-- Secrets stand here as digests only; a copy of this database logs nobody in.

create table platform.staff (
  staff_id text primary key,
  user_name text not null unique check (user_name = lower(user_name)),
  state text not null check (state in ('pending', 'active', 'disabled')),
  roles text[] not null check (cardinality(roles) > 0),
  branch_code text,
  password_hash text,
  activation_digest bytea,
  activation_expires_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (state <> 'active' or password_hash is not null),
  check (
    not (roles && array['administrator', 'auditor']) or cardinality(roles) = 1
  )
);

create table platform.sessions (
  token_digest bytea primary key,
  staff_id text not null references platform.staff,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  source text not null
);
create index sessions_staff on platform.sessions (staff_id);
create index sessions_expires on platform.sessions (expires_at);

create table platform.partner_keys (
  key_id text primary key,
  key_digest bytea not null unique,
  name text not null,
  roles text[] not null check (cardinality(roles) > 0),
  branch_code text,
  created_at timestamptz not null,
  revoked_at timestamptz
);

-- Failed logins by digest of account and address, known account or not: both answer alike.
create table platform.login_failures (
  subject_digest bytea primary key,
  failures int4 not null,
  locked_until timestamptz,
  updated_at timestamptz not null
);
create index login_failures_updated on platform.login_failures (updated_at);

create table platform.bootstrap (
  only_row boolean primary key default true check (only_row),
  key_digest bytea not null,
  created_at timestamptz not null,
  used_at timestamptz
);

-- Whoever signs in: staff, and customers as investors bound to one customer. A second factor belongs
-- to the user; its secret is encrypted for this very row, and the last time step that was accepted
-- is kept, so that a code works once.
alter table platform.staff rename to users;
alter table platform.users rename column staff_id to user_id;
alter table platform.users
  add column customer_id text unique,
  add column totp_secret bytea,
  add column totp_pending bytea,
  add column totp_step int8,
  add column recovery_digest bytea,
  add column recovery_expires_at timestamptz,
  add column password_changed_at timestamptz,
  add column last_login_at timestamptz,
  add constraint users_investor_alone check ((customer_id is not null) = ('investor' = any(roles))),
  add constraint users_investor_role check (customer_id is null or cardinality(roles) = 1);
update platform.users set password_changed_at = updated_at where password_hash is not null;

alter table platform.sessions rename column staff_id to user_id;
alter index platform.sessions_staff rename to sessions_user;
-- Sessions opened before this could not have shown a second factor: everyone logs in again.
delete from platform.sessions;
alter table platform.sessions
  add column session_id text not null unique,
  add column channel text not null check (channel in ('api', 'browser')),
  add column stage text not null
    check (stage in ('secondFactor', 'enrolment', 'passwordChange', 'open')),
  -- When the user last proved to be the one: at login, and again before acts that ask for it.
  add column proven_at timestamptz not null,
  add column user_agent text not null default '',
  add column wrong_codes int4 not null default 0;

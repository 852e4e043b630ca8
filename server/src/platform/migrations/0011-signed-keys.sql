-- Keys whose every change is signed by the message: the secret, encrypted for its row, and the nonces
-- that were taken, for as long as a signature of theirs would still be young enough.
alter table platform.partner_keys
  add column signing_algorithm text check (signing_algorithm in ('hmac-sha256', 'hmac-sm3')),
  add column signing_secret bytea,
  add constraint partner_keys_signing
    check ((signing_algorithm is null) = (signing_secret is null));

create table platform.partner_nonces (
  key_id text not null,
  nonce text not null,
  expires_at timestamptz not null,
  primary key (key_id, nonce)
);
create index partner_nonces_expires on platform.partner_nonces (expires_at);

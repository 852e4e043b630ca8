-- Particulars of people who are no customers yet, as far as somebody typed them: encrypted in one
-- piece, for the eyes of who typed them, and gone after some days or when the customer is opened.
-- What never became a customer is not kept, so rows change and go.
create table customers.opening_drafts (
  draft_id text collate "C" primary key check (draft_id ~ '^D[0-9A-F]{20}$'),
  owner text not null,
  -- Null for staff of the whole firm.
  branch_code text,
  version int4 not null check (version > 0),
  kind char(1) not null check (kind in ('0', '1', '2')),
  name_masked text not null,
  content_cipher bytea not null,
  created_at timestamptz not null,
  saved_at timestamptz not null,
  expires_at timestamptz not null
);
create index opening_drafts_by_owner on customers.opening_drafts (owner, saved_at desc);
create index opening_drafts_by_expiry on customers.opening_drafts (expires_at);

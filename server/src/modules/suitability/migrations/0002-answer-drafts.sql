-- Answers to a questionnaire that is not handed in yet: encrypted, for the eyes of who gives them for
-- this customer, and gone when it is handed in or after some days. Rows change and go.
create table suitability.answer_drafts (
  bucket int2 not null check (bucket between 0 and 255),
  customer_id text collate "C" not null,
  owner text not null,
  questionnaire_version int4 not null check (questionnaire_version > 0),
  content_cipher bytea not null,
  saved_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (bucket, customer_id, owner)
);
create index answer_drafts_by_expiry on suitability.answer_drafts (expires_at);

create schema if not exists suitability;

-- Questionnaires and rules are facts of the firm with the instant from which they hold; a version is
-- never edited, so a decision of years ago is computed again from the very text that decided it.
create table suitability.questionnaires (
  questionnaire_id text not null check (questionnaire_id in ('person', 'organisation')),
  version int4 not null check (version > 0),
  effective_at timestamptz not null,
  content jsonb not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (questionnaire_id, version)
);
select platform.make_append_only('suitability.questionnaires');

create table suitability.rules (
  version int4 primary key check (version > 0),
  effective_at timestamptz not null,
  content jsonb not null,
  recorded_at timestamptz not null,
  recorded_by text not null
);
select platform.make_append_only('suitability.rules');

create table suitability.assessments (
  bucket int2 not null check (bucket between 0 and 255),
  assessment_id text collate "C" not null,
  customer_id text collate "C" not null,
  client_submission_no text not null,
  questionnaire_id text not null,
  questionnaire_version int4 not null,
  answers jsonb not null,
  score int4 not null,
  level int2 not null check (level between 1 and 5),
  lowest boolean not null check (not lowest or level = 1),
  term text not null,
  varieties text[] not null,
  assessed_at timestamptz not null,
  valid_until date not null,
  channel text not null,
  source text not null,
  submitted_by text not null,
  primary key (bucket, assessment_id),
  unique (bucket, customer_id, client_submission_no)
);
select platform.make_append_only('suitability.assessments');

create table suitability.profile_versions (
  bucket int2 not null check (bucket between 0 and 255),
  customer_id text collate "C" not null,
  version int4 not null check (version > 0),
  level int2 check (level between 1 and 5),
  lowest boolean not null,
  term text,
  varieties text[] not null,
  investor_class text not null check (investor_class in ('ordinary', 'professional')),
  valid_until date,
  from_at timestamptz not null,
  assessment_id text,
  primary key (bucket, customer_id, version),
  check ((level is null) = (assessment_id is null)),
  check ((level is null) = (valid_until is null))
);
select platform.make_append_only('suitability.profile_versions');

create table suitability.warnings (
  bucket int2 not null check (bucket between 0 and 255),
  warning_id text collate "C" not null,
  customer_id text collate "C" not null,
  fund_code text not null,
  parameter_version int4 not null,
  profile_version int4 not null,
  rule_version int4 not null,
  findings jsonb not null,
  mismatch_digest text not null,
  text_version text not null,
  text_en text not null,
  text_zh text not null,
  channel text not null,
  source text not null,
  shown_by text not null,
  shown_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (bucket, warning_id)
);
select platform.make_append_only('suitability.warnings');

create table suitability.confirmations (
  bucket int2 not null check (bucket between 0 and 255),
  warning_id text collate "C" not null,
  confirmed_at timestamptz not null,
  channel text not null,
  source text not null,
  confirmed_by text not null,
  primary key (bucket, warning_id)
);
select platform.make_append_only('suitability.confirmations');

-- Why an order was accepted or refused: the versions that decided it, and every finding.
create table suitability.evidence (
  bucket int2 not null check (bucket between 0 and 255),
  order_id text collate "C" not null,
  customer_id text collate "C" not null,
  decided_at timestamptz not null,
  fund_code text not null,
  parameter_version int4 not null,
  risk_level int2 not null,
  term text not null,
  variety text not null,
  profile_version int4,
  rule_version int4,
  warning_id text,
  warning_confirmed_at timestamptz,
  outcome text not null check (outcome in ('allow', 'allowWarned', 'block')),
  findings jsonb not null,
  input_digest text not null,
  primary key (bucket, order_id)
);
select platform.make_append_only('suitability.evidence');

create table suitability.class_conversions (
  bucket int2 not null check (bucket between 0 and 255),
  customer_id text collate "C" not null,
  approval_id text not null,
  from_class text not null,
  to_class text not null,
  proof jsonb not null,
  rule_version int4 not null,
  requested_by text not null,
  decided_by text not null,
  decided_at timestamptz not null,
  primary key (bucket, customer_id, approval_id)
);
select platform.make_append_only('suitability.class_conversions');

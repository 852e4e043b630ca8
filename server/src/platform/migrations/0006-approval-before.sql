-- What stood in the place of a change when it was asked for: a second person sees both, and whether
-- it has moved since.
alter table platform.approvals add column before_text text;

-- Pages of decided approvals, the newest first.
create index approvals_by_state on platform.approvals (state, requested_at desc, approval_id);

-- Who of the staff and the investors did what: most records are of programs, so the index is small.
create index audit_people on platform.audit (actor, at) where actor ~ '^(staff|investor):';

-- The branch of the customer whom an approval concerns; null for what concerns the firm. Staff of
-- another branch neither see nor decide it.
alter table platform.approvals add column branch_code text;

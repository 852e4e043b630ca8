-- What was compared on a day, in parts that are read one at a time: a page of it reads the part in
-- which it lies. The one file of a day that was reconciled before is its only part.
create table clearing.reconciliation_parts (
  business_date date not null references clearing.reconciliations,
  part int4 not null check (part >= 0),
  sha256 text not null,
  rows int4 not null check (rows >= 0),
  agreeing int4 not null check (agreeing between 0 and rows),
  primary key (business_date, part)
);
insert into clearing.reconciliation_parts (business_date, part, sha256, rows, agreeing)
select r.business_date, 0, r.sha256, r.rows,
  greatest(0, r.rows - (select count(*) from clearing.breaks b
    where b.business_date = r.business_date and b.kind in ('units', 'cash')))
from clearing.reconciliations r;
alter table clearing.reconciliations drop column sha256, drop column rows;

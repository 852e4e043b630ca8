-- All that was compared on a day, breaks and agreements alike: a file of lines, kept by its content.
create table clearing.reconciliations (
  business_date date primary key,
  sha256 text not null,
  rows int4 not null check (rows >= 0)
);

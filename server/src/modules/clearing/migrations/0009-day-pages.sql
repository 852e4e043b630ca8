-- The files and the differences of a day are shown by pages: each goes on after the row before it,
-- in the order in which they stand.
drop index clearing.files_by_day;
create index files_by_day on clearing.files (business_date, file_id);
drop index clearing.differences_by_day;
create index differences_by_day on clearing.differences
  (business_date, registrar_code, file_id, record_no, code);

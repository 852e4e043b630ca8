-- What staff write down about a customer: appended, never changed; a correction is a note that names
-- the one it corrects. Texts are encrypted; a new key encrypts them again, and nothing else moves.
create table customers.notes (
  bucket int2 not null check (bucket between 0 and 255),
  note_id text collate "C" not null,
  customer_id text collate "C" not null,
  note_no int4 not null check (note_no > 0),
  written_at timestamptz not null,
  written_by text not null,
  corrects int4 check (corrects < note_no),
  text_cipher bytea not null,
  primary key (bucket, note_id),
  unique (bucket, customer_id, note_no)
);
create function customers.keep_note() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE'
    and (new.bucket, new.note_id, new.customer_id, new.note_no, new.written_at, new.written_by)
      = (old.bucket, old.note_id, old.customer_id, old.note_no, old.written_at, old.written_by)
    and new.corrects is not distinct from old.corrects then
    return new;
  end if;
  raise exception 'notes are appended, never changed';
end
$$;
create trigger keep_note before update or delete on customers.notes
  for each row execute function customers.keep_note();
create trigger keep_notes before truncate on customers.notes
  for each statement execute function platform.refuse_change();

-- The same address is found by a keyed digest of its comparison copy, as phone and name are. Rows of
-- earlier programs are made up by a task, because the key is not here.
alter table customers.customers add column address_digest bytea;
create index customers_by_address on customers.customers (address_digest)
  where address_digest is not null;
create index customers_without_address_digest on customers.customers (customer_id)
  where address_cipher is not null and address_digest is null;

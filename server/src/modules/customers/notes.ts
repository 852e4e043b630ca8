/** Notes on a customer: who wrote what and when, never changed; a correction is a note of its own. */
import { AppError, type Instant } from '@cairn/kernel';
import { bucketOf } from '@cairn/kernel/ids';
import { type Actor, actorName } from '../../platform/actor.ts';
import type { CipherTable } from '../../platform/rekey.ts';
import { work } from '../../platform/work.ts';
import type { World } from '../../platform/world.ts';
import { getVisible } from './changes.ts';
import { checkText } from './domain/text.ts';

const TEXT_BYTES_MAX = 4_000;

/** A note as staff read it. */
export interface Note {
  noteNo: number;
  text: string;
  writtenAt: Instant;
  writtenBy: string;
  /** The note that this one corrects. */
  corrects: number | null;
  /** The first note that corrects this one. */
  correctedBy: number | null;
}

const contextOf = (noteId: string): string => `customers.notes:${noteId}:text`;

/** The ciphertexts of notes. */
export const noteCiphers: CipherTable = {
  table: 'customers.notes',
  key: [
    ['bucket', 'int2'],
    ['note_id', 'text'],
  ],
  columns: { text_cipher: ({ note_id: noteId = '' }) => contextOf(noteId) },
};

/**
 * Appends a note; returns its number with the customer. CUSTOMER_NOT_FOUND, CUSTOMER_REFUSED (a text
 * that cannot be kept), NOTE_NOT_FOUND (there is none of the number that it corrects).
 */
export async function writeNote(
  world: World,
  actor: Actor,
  request: { customerId: string; text: string; corrects?: number | undefined },
): Promise<{ noteNo: number }> {
  const { customerId, text, corrects } = request;
  const bucket = bucketOf(customerId);
  return work(world, [bucket], async ({ tx, now, audit }) => {
    await getVisible(tx, actor, customerId);
    const rule = { field: 'text', policy: 'note', bytesMax: TEXT_BYTES_MAX } as const;
    const reasons = checkText(rule, text);
    if (reasons.length > 0) throw new AppError('CUSTOMER_REFUSED', { reasons });
    const [{ last } = { last: 0 }] = await tx.query<{ last: number }>(
      `select coalesce(max(note_no), 0)::int4 as last from customers.notes
       where bucket = $1 and customer_id = $2`,
      [bucket, customerId],
    );
    if (corrects !== undefined && corrects > last) throw new AppError('NOTE_NOT_FOUND');
    const noteNo = last + 1;
    const noteId = `${customerId}:${noteNo}`;
    await tx.query(
      `insert into customers.notes
         (bucket, note_id, customer_id, note_no, written_at, written_by, corrects, text_cipher)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        bucket,
        noteId,
        customerId,
        noteNo,
        now,
        actorName(actor),
        corrects ?? null,
        world.secrets.encrypt(text, contextOf(noteId)),
      ],
    );
    audit({
      bucket,
      actor,
      action: 'customers.note',
      subject: `customer:${customerId}`,
      result: 'done',
      detail: { noteNo, ...(corrects === undefined ? {} : { corrects }) },
    });
    return { noteNo };
  });
}

/** A page of a customer's notes, the latest first. CUSTOMER_NOT_FOUND. */
export async function listNotes(
  { db, secrets }: World,
  actor: Actor,
  request: { customerId: string; before?: number | undefined; limit: number },
): Promise<{ notes: Note[]; next?: number }> {
  const { customerId, before, limit } = request;
  const { bucket } = await getVisible(db, actor, customerId);
  const rows = await db.query<Omit<Note, 'text'> & { note_id: string; text_cipher: Uint8Array }>(
    `select n.note_id, n.text_cipher, n.note_no as "noteNo", n.written_at as "writtenAt",
       n.written_by as "writtenBy", n.corrects,
       (select min(c.note_no) from customers.notes c
        where c.bucket = n.bucket and c.customer_id = n.customer_id and c.corrects = n.note_no)
         as "correctedBy"
     from customers.notes n
     where n.bucket = $1 and n.customer_id = $2 and ($3::int4 is null or n.note_no < $3)
     order by n.note_no desc limit $4`,
    [bucket, customerId, before ?? null, limit + 1],
  );
  const notes = rows.slice(0, limit).map(({ note_id: noteId, text_cipher: cipher, ...note }) => ({
    ...note,
    text: secrets.decrypt(cipher, contextOf(noteId)),
  }));
  const last = notes.at(-1);
  return { notes, ...(rows.length > limit && last !== undefined ? { next: last.noteNo } : {}) };
}

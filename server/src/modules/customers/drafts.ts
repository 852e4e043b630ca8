/**
 * Drafts of openings. What is typed about a person who is no customer yet is personal data already:
 * it is kept encrypted on the server, never in a browser; only who typed it sees it, while he stays
 * in that branch; and it goes after some days without a save.
 */
import { randomBytes } from 'node:crypto';
import { AppError, epochMsOf, type Instant, instantFromEpochMs } from '@cairn/kernel';
import { type Actor, actorName } from '../../platform/actor.ts';
import type { Sql } from '../../platform/db.ts';
import type { CipherTable } from '../../platform/rekey.ts';
import { FIRM, type Work, work } from '../../platform/work.ts';
import type { World } from '../../platform/world.ts';
import type { CustomerKind } from './domain/certificate.ts';
import { DRAFT_DAYS, DRAFTS_MAX } from './domain/draft.ts';
import { maskName } from './domain/masking.ts';
import type { DraftContent } from './opening-contract.ts';

/** A draft without what it holds. */
export interface Draft {
  draftId: string;
  kind: CustomerKind;
  nameMasked: string;
  version: number;
  savedAt: Instant;
  expiresAt: Instant;
}

interface DraftRow {
  draft_id: string;
  kind: CustomerKind;
  name_masked: string;
  version: number;
  saved_at: Instant;
  expires_at: Instant;
  content_cipher: Uint8Array;
}

const COLUMNS = 'draft_id, kind, name_masked, version, saved_at, expires_at, content_cipher';
const OWN = 'owner = $1 and branch_code is not distinct from $2 and expires_at > $3';
const DAY_MS = 86_400_000;

const contextOf = (draftId: string): string => `customers.opening_drafts:${draftId}:content`;

/** The ciphertexts of drafts. */
export const draftCiphers: CipherTable = {
  table: 'customers.opening_drafts',
  key: [['draft_id', 'text']],
  columns: { content_cipher: ({ draft_id: draftId = '' }) => contextOf(draftId) },
};

const expiryOf = (now: Instant): Instant =>
  instantFromEpochMs(epochMsOf(now) + DRAFT_DAYS * DAY_MS);

function draftOf(row: DraftRow): Draft {
  return {
    draftId: row.draft_id,
    kind: row.kind,
    nameMasked: row.name_masked,
    version: row.version,
    savedAt: row.saved_at,
    expiresAt: row.expires_at,
  };
}

function ownerOf(actor: Actor, now: Instant): unknown[] {
  return [actorName(actor), actor.branchCode ?? null, now];
}

/** The actor's own drafts, the last saved first. */
export async function listDrafts(world: World, actor: Actor): Promise<Draft[]> {
  const rows = await world.db.query<DraftRow>(
    `select ${COLUMNS} from customers.opening_drafts where ${OWN}
     order by saved_at desc, draft_id`,
    ownerOf(actor, world.clock.now()),
  );
  return rows.map(draftOf);
}

async function getOwn(sql: Sql, actor: Actor, now: Instant, draftId: string): Promise<DraftRow> {
  const [row] = await sql.query<DraftRow>(
    `select ${COLUMNS} from customers.opening_drafts where ${OWN} and draft_id = $4`,
    [...ownerOf(actor, now), draftId],
  );
  if (row === undefined) throw new AppError('OPENING_DRAFT_NOT_FOUND');
  return row;
}

function record({ audit }: Work, actor: Actor, act: string, draft: Draft): void {
  const { draftId, kind, version } = draft;
  const subject = `opening-draft:${draftId}`;
  const action = `customers.draft-${act}`;
  audit({ bucket: FIRM, actor, action, subject, result: 'done', detail: { kind, version } });
}

/** Keeps a new draft. OPENING_DRAFTS_FULL. */
export async function createDraft(
  world: World,
  actor: Actor,
  content: DraftContent,
): Promise<Draft> {
  const draftId = `D${randomBytes(10).toString('hex').toUpperCase()}`;
  const cipher = world.secrets.encrypt(JSON.stringify(content), contextOf(draftId));
  return work(world, [FIRM], async (unit) => {
    const { tx, now } = unit;
    const owner = ownerOf(actor, now);
    const [kept] = await tx.query<{ count: number }>(
      `select count(*)::int4 as count from customers.opening_drafts where ${OWN}`,
      owner,
    );
    if ((kept?.count ?? 0) >= DRAFTS_MAX) {
      throw new AppError('OPENING_DRAFTS_FULL', { draftsMax: DRAFTS_MAX });
    }
    const rows = await tx.query<DraftRow>(
      `insert into customers.opening_drafts
         (owner, branch_code, created_at, saved_at, draft_id, version, kind, name_masked,
          content_cipher, expires_at)
       values ($1, $2, $3, $3, $4, 1, $5, $6, $7, $8) returning ${COLUMNS}`,
      [
        ...owner,
        draftId,
        content.kind,
        maskName(content.kind, content.name),
        cipher,
        expiryOf(now),
      ],
    );
    return recorded(unit, actor, 'create', rows);
  });
}

function recorded(unit: Work, actor: Actor, act: string, rows: readonly DraftRow[]): Draft {
  const [row] = rows;
  if (row === undefined) throw new Error('the written draft was not returned');
  const draft = draftOf(row);
  record(unit, actor, act, draft);
  return draft;
}

/** What the actor typed, in clear; the look is recorded. OPENING_DRAFT_NOT_FOUND. */
export async function getDraft(
  world: World,
  actor: Actor,
  draftId: string,
): Promise<{ draft: Draft; content: DraftContent }> {
  return work(world, [FIRM], async (unit) => {
    const row = await getOwn(unit.tx, actor, unit.now, draftId);
    const draft = draftOf(row);
    record(unit, actor, 'read', draft);
    const text = world.secrets.decrypt(row.content_cipher, contextOf(draftId));
    return { draft, content: JSON.parse(text) as DraftContent };
  });
}

/**
 * Saves a draft over the version that the writer saw: two windows do not overwrite each other.
 * OPENING_DRAFT_NOT_FOUND, OPENING_DRAFT_CHANGED.
 */
export async function saveDraft(
  world: World,
  actor: Actor,
  request: { draftId: string; expectedVersion: number; content: DraftContent },
): Promise<Draft> {
  const { draftId, expectedVersion, content } = request;
  const cipher = world.secrets.encrypt(JSON.stringify(content), contextOf(draftId));
  return work(world, [FIRM], async (unit) => {
    const { tx, now } = unit;
    const before = await getOwn(tx, actor, now, draftId);
    if (before.version !== expectedVersion) throw new AppError('OPENING_DRAFT_CHANGED');
    const rows = await tx.query<DraftRow>(
      `update customers.opening_drafts set version = version + 1, kind = $2, name_masked = $3,
         content_cipher = $4, saved_at = $5, expires_at = $6
       where draft_id = $1 returning ${COLUMNS}`,
      [draftId, content.kind, maskName(content.kind, content.name), cipher, now, expiryOf(now)],
    );
    return recorded(unit, actor, 'save', rows);
  });
}

/** Throws a draft away. OPENING_DRAFT_NOT_FOUND. */
export async function discardDraft(world: World, actor: Actor, draftId: string): Promise<void> {
  await work(world, [FIRM], async (unit) => {
    const row = await getOwn(unit.tx, actor, unit.now, draftId);
    await unit.tx.query('delete from customers.opening_drafts where draft_id = $1', [draftId]);
    record(unit, actor, 'discard', draftOf(row));
  });
}

/** Forgets drafts that nobody saved for days; returns how many. Safe to run again. */
export async function forgetDrafts(world: World): Promise<number> {
  return world.db.tx((tx) =>
    tx.affected('delete from customers.opening_drafts where expires_at <= $1', [world.clock.now()]),
  );
}

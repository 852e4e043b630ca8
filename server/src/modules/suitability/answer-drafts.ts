/**
 * Answers that are not handed in yet, so that a questionnaire may be left and gone on with. They say
 * what a person owns and fears: kept encrypted, for the eyes of who gives them, and only some days.
 */
import { epochMsOf, type Instant, instantFromEpochMs } from '@cairn/kernel';
import { type Actor, actorName } from '../../platform/actor.ts';
import type { Tx } from '../../platform/db.ts';
import type { CipherTable } from '../../platform/rekey.ts';
import { work } from '../../platform/work.ts';
import type { World } from '../../platform/world.ts';
import { type CustomerKey, getVisible } from '../customers/index.ts';
import type { Answer } from './domain/assess.ts';

/** Answers so far, to one version of the questionnaire. */
export interface AnswerDraft {
  readonly questionnaireVersion: number;
  readonly answers: readonly Answer[];
  readonly savedAt: Instant;
  readonly expiresAt: Instant;
}

const DRAFT_DAYS = 7;
const DAY_MS = 86_400_000;

const contextOf = (customerId: string, owner: string): string =>
  `suitability.answer_drafts:${customerId}:${owner}:content`;

/** The ciphertexts of answers that are not handed in. */
export const answerDraftCiphers: CipherTable = {
  table: 'suitability.answer_drafts',
  key: [
    ['bucket', 'int2'],
    ['customer_id', 'text'],
    ['owner', 'text'],
  ],
  columns: {
    content_cipher: ({ customer_id: customerId = '', owner = '' }) => contextOf(customerId, owner),
  },
};

/** The actor's own answers for this customer, if any were begun. CUSTOMER_NOT_FOUND. */
export async function findAnswerDraft(
  world: World,
  actor: Actor,
  customerId: string,
): Promise<AnswerDraft | undefined> {
  const { bucket } = await getVisible(world.db, actor, customerId);
  const owner = actorName(actor);
  const [row] = await world.db.query<{
    questionnaire_version: number;
    content_cipher: Uint8Array;
    saved_at: Instant;
    expires_at: Instant;
  }>(
    `select questionnaire_version, content_cipher, saved_at, expires_at
     from suitability.answer_drafts
     where bucket = $1 and customer_id = $2 and owner = $3 and expires_at > $4`,
    [bucket, customerId, owner, world.clock.now()],
  );
  if (row === undefined) return undefined;
  const text = world.secrets.decrypt(row.content_cipher, contextOf(customerId, owner));
  return {
    questionnaireVersion: row.questionnaire_version,
    answers: JSON.parse(text) as Answer[],
    savedAt: row.saved_at,
    expiresAt: row.expires_at,
  };
}

/**
 * Keeps the answers so far in place of those before. That somebody began is recorded, not each
 * answer. CUSTOMER_NOT_FOUND.
 */
export async function saveAnswerDraft(
  world: World,
  actor: Actor,
  request: {
    readonly customerId: string;
    readonly questionnaireVersion: number;
    readonly answers: readonly Answer[];
  },
): Promise<void> {
  const { customerId, questionnaireVersion, answers } = request;
  const { bucket } = await getVisible(world.db, actor, customerId);
  const owner = actorName(actor);
  const cipher = world.secrets.encrypt(JSON.stringify(answers), contextOf(customerId, owner));
  await work(world, [bucket], async ({ tx, now, audit }) => {
    const expiresAt = instantFromEpochMs(epochMsOf(now) + DRAFT_DAYS * DAY_MS);
    const values = [bucket, customerId, owner, questionnaireVersion, cipher, now, expiresAt];
    const saved = await tx.affected(
      `update suitability.answer_drafts set questionnaire_version = $4, content_cipher = $5,
         saved_at = $6, expires_at = $7
       where bucket = $1 and customer_id = $2 and owner = $3`,
      values,
    );
    if (saved > 0) return;
    await tx.query(
      `insert into suitability.answer_drafts (bucket, customer_id, owner, questionnaire_version,
         content_cipher, saved_at, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7)`,
      values,
    );
    const subject = `customer:${customerId}`;
    const detail = { questionnaireVersion };
    audit({ bucket, actor, action: 'suitability.begin', subject, result: 'done', detail });
  });
}

/** Takes away what anyone began for customers who handed in; in the work that holds their buckets. */
export async function dropAnswerDrafts(tx: Tx, keys: readonly CustomerKey[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.query(
    `delete from suitability.answer_drafts d
     using unnest($1::int2[], $2::text[]) as k(bucket, customer_id)
     where d.bucket = k.bucket and d.customer_id = k.customer_id`,
    [keys.map(({ bucket }) => bucket), keys.map(({ customerId }) => customerId)],
  );
}

/** Forgets answers that nobody went on with for days; returns how many. Safe to run again. */
export async function forgetAnswerDrafts(world: World): Promise<number> {
  return world.db.tx((tx) =>
    tx.affected('delete from suitability.answer_drafts where expires_at <= $1', [
      world.clock.now(),
    ]),
  );
}

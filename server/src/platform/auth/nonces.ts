/** Nonces of signed requests: each is taken once, by whichever process sees it first. */
import { AppError, type Instant, instantFromEpochMs } from '@cairn/kernel';
import { Batcher } from '../batcher.ts';
import type { Settings } from '../config.ts';
import type { Db } from '../db.ts';

interface Nonce {
  readonly keyId: string;
  readonly nonce: string;
  readonly expiresAt: Instant;
}

/** Takes nonces in batches: those that arrive together cost one commit. */
export class Nonces {
  readonly #batcher: Batcher<Nonce, boolean>;

  constructor(db: Db, { queueMax, batchSizeMax }: Settings) {
    this.#batcher = new Batcher({
      lanes: 1,
      sizeMax: batchSizeMax,
      waitMs: 0,
      queueMax,
      bucketOf: () => 0,
      handle: (nonces) => takeAll(db, nonces),
    });
  }

  /** AppError SIGNATURE_REPLAYED when the nonce of a key was taken before, OVERLOADED. */
  async take(keyId: string, nonce: string, expiresAtMs: number): Promise<void> {
    const expiresAt = instantFromEpochMs(expiresAtMs);
    if (await this.#batcher.submit({ keyId, nonce, expiresAt })) return;
    throw new AppError('SIGNATURE_REPLAYED');
  }

  /** Resolves when nobody waits. */
  idle(): Promise<void> {
    return this.#batcher.idle();
  }
}

/** For each nonce whether it is taken now, and was not before; of two alike the first. */
async function takeAll(db: Db, nonces: readonly Nonce[]): Promise<boolean[]> {
  const nameOf = ({ keyId, nonce }: Pick<Nonce, 'keyId' | 'nonce'>) => `${keyId} ${nonce}`;
  const rows = await db.query<{ name: string }>(
    `insert into platform.partner_nonces (key_id, nonce, expires_at)
     select * from unnest($1::text[], $2::text[], $3::timestamptz[])
     on conflict do nothing returning key_id || ' ' || nonce as name`,
    [
      nonces.map(({ keyId }) => keyId),
      nonces.map(({ nonce }) => nonce),
      nonces.map(({ expiresAt }) => expiresAt),
    ],
  );
  const taken = new Set(rows.map(({ name }) => name));
  return nonces.map((one) => taken.delete(nameOf(one)));
}

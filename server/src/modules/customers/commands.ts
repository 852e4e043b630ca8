/** Commands that open customers. Those that change one stand in changes.ts. */
import { AppError, type Finding, shanghaiDate } from '@cairn/kernel';
import { bucketOf, customerIdFor } from '@cairn/kernel/ids';
import { type Actor, actorName, seesEveryone } from '../../platform/actor.ts';
import { work } from '../../platform/work.ts';
import type { World } from '../../platform/world.ts';
import { identityText } from './domain/certificate.ts';
import { decideOpening, type OpenCustomer, type Opening } from './domain/opening.ts';
import { indexNames } from './name-index.ts';
import {
  type CustomerKey,
  claimIdentities,
  insertCustomers,
  insertVersions,
  loadCustomers,
  rowOfOpening,
} from './store.ts';

/** The answer to one opening, in the place of its request. */
export type OpenOutcome =
  | { readonly outcome: 'opened'; readonly customerId: string; readonly bucket: number }
  /** The certificate already belongs to this customer; nothing was changed. */
  | {
      readonly outcome: 'existing';
      readonly customerId: string;
      readonly bucket: number;
      readonly branchCode: string;
    }
  | { readonly outcome: 'refused'; readonly findings: readonly Finding[] };

interface Candidate extends CustomerKey {
  readonly index: number;
  readonly opening: Opening;
  readonly identityDigest: Uint8Array;
}

/** The place of a certificate's customer, whether or not there is one. */
export function placeOfIdentity(
  world: Pick<World, 'secrets'>,
  kind: Opening['kind'],
  type: string,
  number: string,
): CustomerKey & { identityDigest: Uint8Array } {
  const identityDigest = world.secrets.digest(`identity:${identityText(kind, type, number)}`);
  const customerId = customerIdFor(Buffer.from(identityDigest).toString('hex'));
  return { customerId, bucket: bucketOf(customerId), identityDigest };
}

/**
 * Opens customers: a batch in, one outcome each, in order.
 *
 * One certificate is one customer: its keyed digest is claimed in a committed first step, the
 * customer follows in a second one under the lock of its bucket. When the program dies between the
 * two, the same command again finishes what was begun. The customer id is computed from the digest,
 * so whoever asks meets the same row. Refusals carry every reason; CUSTOMER_BRANCH_OTHER is thrown
 * when a branch's staff open for another branch.
 */
export async function openCustomers(
  world: World,
  actor: Actor,
  requests: readonly OpenCustomer[],
): Promise<OpenOutcome[]> {
  const today = shanghaiDate(world.clock.now());
  const outcomes: OpenOutcome[] = [];
  const candidates: Candidate[] = [];
  requests.forEach((request, index) => {
    if (!seesEveryone(actor) && actor.branchCode !== request.branchCode) {
      throw new AppError('CUSTOMER_BRANCH_OTHER');
    }
    const decided = decideOpening(request, today);
    if (!decided.ok) {
      outcomes[index] = { outcome: 'refused', findings: decided.error };
      return;
    }
    const opening = decided.value;
    const { type, number } = opening.certificate;
    candidates.push({ index, opening, ...placeOfIdentity(world, opening.kind, type, number) });
  });
  if (candidates.length === 0) return outcomes;
  await claim(world, candidates);
  await openClaimed(world, actor, candidates, outcomes);
  return outcomes;
}

/** The committed first step: from here on the identities belong to these customer ids. */
export async function claim(
  world: World,
  places: readonly (CustomerKey & { identityDigest: Uint8Array })[],
): Promise<void> {
  const at = world.clock.now();
  await world.db.tx((tx) => claimIdentities(tx, places, at));
}

async function openClaimed(
  world: World,
  actor: Actor,
  candidates: readonly Candidate[],
  outcomes: OpenOutcome[],
): Promise<void> {
  const buckets = candidates.map(({ bucket }) => bucket);
  await work(world, buckets, async ({ tx, now, audit, emit }) => {
    const branches = new Map<string, string>();
    for (const [id, row] of await loadCustomers(tx, candidates)) branches.set(id, row.branch_code);
    const fresh: Candidate[] = [];
    for (const candidate of candidates) {
      const { customerId, bucket, index, opening } = candidate;
      const branchCode = branches.get(customerId);
      if (branchCode === undefined) {
        fresh.push(candidate);
        branches.set(customerId, opening.branchCode);
        outcomes[index] = { outcome: 'opened', customerId, bucket };
      } else {
        outcomes[index] = { outcome: 'existing', customerId, bucket, branchCode };
      }
    }
    const openedBy = actorName(actor);
    const rows = fresh.map((candidate) =>
      rowOfOpening(world.secrets, candidate, candidate.opening, now, openedBy),
    );
    await insertCustomers(tx, rows);
    await indexNames(
      tx,
      world.secrets,
      fresh.map(({ bucket, customerId, opening: { name } }) => ({
        bucket,
        customerId,
        name,
        isNew: true,
      })),
    );
    await insertVersions(
      tx,
      rows.map((row) => ({
        bucket: row.bucket,
        customerId: row.customer_id,
        version: 1,
        changedAt: now,
        changedBy: openedBy,
        action: 'open',
        reason: null,
        changes: {},
      })),
    );
    for (const row of rows) {
      const { bucket, customer_id: customerId, kind, branch_code: branchCode } = row;
      audit({
        bucket,
        actor,
        action: 'customers.open',
        subject: `customer:${customerId}`,
        result: 'done',
        detail: { kind, branchCode, certificateType: row.certificate_type },
      });
      emit({
        bucket,
        topic: 'customers.opened',
        key: customerId,
        payload: { customerId, kind, branchCode },
      });
    }
  });
}

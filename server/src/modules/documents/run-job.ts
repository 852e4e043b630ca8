/**
 * The jobs of a run. Each makes the documents of some customers, so that several processes share a
 * run and a restart repeats little; what is made already is not made again.
 */
import { AppError } from '@cairn/kernel';
import { Type } from 'typebox';
import type { Actor } from '../../platform/actor.ts';
import { defineJob, type Jobs } from '../../platform/jobs.ts';
import type { Subscriber } from '../../platform/outbox.ts';
import type { World } from '../../platform/world.ts';
import { produceDocument, type Wanted } from './produce.ts';
import { findRun, type ItemRow, loadItems, RUN_REQUESTED, type RunRow } from './runs.ts';

const ITEMS_PER_JOB = 25;
const EXPIRE_SECONDS = 300;

/** Makes the waiting documents of a run that follow a place. */
export const makeDocuments = defineJob(
  'documents.make',
  Type.Object({ runId: Type.String(), after: Type.Integer() }, { additionalProperties: false }),
  async (world, { runId, after }) => {
    const run = await findRun(world.db, runId);
    if (run === undefined) return;
    const items = await loadItems(world.db, runId, { after, limit: ITEMS_PER_JOB });
    for (const item of items) if (item.state === 'waiting') await makeItem(world, run, item);
  },
  { expireSeconds: EXPIRE_SECONDS },
);

/** Cuts the runs that were asked for into jobs; asking twice enqueues each once. */
export function runSubscriber(enqueue: Jobs['enqueue']): Subscriber {
  return {
    name: 'documents',
    topics: [RUN_REQUESTED],
    async handle(tx, events) {
      for (const { key: runId } of events) {
        const { items = 0 } = (await findRun(tx, runId)) ?? {};
        for (let after = 0; after < items; after += ITEMS_PER_JOB) {
          await enqueue(makeDocuments, { runId, after }, { tx, key: `${runId}:${after}` });
        }
      }
    },
  };
}

/** On behalf of whoever asked, within what he might see then. */
function actorOf(run: RunRow): Actor {
  return {
    kind: 'staff',
    id: run.requested_by.replace(/^staff:/, ''),
    roles: run.roles,
    requestId: run.run_id,
    from: 'local',
    ...(run.branch_code === null ? {} : { branchCode: run.branch_code }),
  };
}

async function makeItem(world: World, run: RunRow, { place, customer_id }: ItemRow): Promise<void> {
  const wanted: Wanted = {
    kind: run.kind,
    format: run.format,
    language: run.language,
    ...(run.from_date === null ? {} : { from: run.from_date }),
    ...(run.to_date === null ? {} : { to: run.to_date }),
    runId: run.run_id,
  };
  try {
    const { bytes } = await produceDocument(world, actorOf(run), customer_id, wanted);
    const sha256 = await world.files.put(bytes);
    await finish(world, run, place, { sha256, bytes: bytes.byteLength });
  } catch (error) {
    // What a rule refuses is refused again; anything else fails the job, which is tried again.
    if (!(error instanceof AppError)) throw error;
    await finish(world, run, place, { failure: error.code });
  }
}

async function finish(
  world: World,
  { run_id }: RunRow,
  place: number,
  outcome: { sha256: string; bytes: number } | { failure: string },
): Promise<void> {
  const isDone = 'sha256' in outcome;
  await world.db.affected(
    `update documents.run_items
     set state = $3, sha256 = $4, bytes = $5, failure = $6, finished_at = $7
     where run_id = $1 and place = $2 and state = 'waiting'`,
    [
      run_id,
      place,
      isDone ? 'done' : 'failed',
      isDone ? outcome.sha256 : null,
      isDone ? outcome.bytes : null,
      isDone ? null : outcome.failure,
      world.clock.now(),
    ],
  );
}

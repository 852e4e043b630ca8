/** HTTP of documents: parse, call, reply with a file. */
import { AppError, localDate, shanghaiDate } from '@cairn/kernel';
import type { FastifyReply } from 'fastify';
import type { Role } from '../../platform/actor.ts';
import { PAGE_DEFAULT } from '../../platform/cursor.ts';
import type { App } from '../../platform/http/app.ts';
import type { World } from '../../platform/world.ts';
import { assertReason } from '../customers/index.ts';
import { archiveOf } from './archive.ts';
import {
  ApprovalAsked,
  ClearDocumentBody,
  DocumentPath,
  DocumentQuery,
  ItemPage,
  ItemPath,
  ItemQuery,
  RetentionBody,
  RetentionList,
  Run,
  RunBody,
  RunPage,
  RunPath,
  RunQuery,
} from './contract.ts';
import { nameOf, produceDocument, type Produced, typeOf, type Wanted } from './produce.ts';
import { listRetentions, proposeRetention, retentionOn } from './retention.ts';
import { findRun, getRun, listRuns, loadItems, recordDownload, requestRun } from './runs.ts';

const tags = ['documents'];
const readers: readonly Role[] = ['operations', 'adviser', 'compliance', 'auditor', 'investor'];
const exporters: readonly Role[] = ['operations', 'adviser', 'compliance'];
const produces = [typeOf('pdf'), typeOf('xlsx')];
const ITEMS_DEFAULT = 50;

/** A customer's documents, one at a time or for many. */
export function documentRoutes(app: App, world: World): void {
  app.get(
    '/customers/:customerId/documents/:kind',
    {
      config: { roles: readers, action: 'documents.export' },
      schema: { tags, params: DocumentPath, querystring: DocumentQuery, produces },
    },
    async ({ actor, params: { customerId, kind }, query }, reply) =>
      sendFile(reply, await produceDocument(world, actor, customerId, wantedOf(kind, query))),
  );
  app.post(
    '/customers/:customerId/documents/:kind',
    {
      config: { roles: exporters, action: 'documents.export-clear', stepUp: true },
      schema: { tags, params: DocumentPath, body: ClearDocumentBody, produces },
    },
    async ({ actor, params: { customerId, kind }, body }, reply) => {
      const { purpose } = body;
      assertReason(purpose);
      const wanted = { ...wantedOf(kind, body), purpose };
      return sendFile(reply, await produceDocument(world, actor, customerId, wanted));
    },
  );
  runRoutes(app, world);
  fileRoutes(app, world);
  retentionRoutes(app, world);
}

function retentionRoutes(app: App, world: World): void {
  app.get(
    '/document-retention',
    {
      config: {
        roles: [...exporters, 'reviewer', 'productManager', 'auditor'],
        action: 'documents.read-retention',
      },
      schema: { tags, response: { 200: RetentionList } },
    },
    async () => ({ versions: await listRetentions(world) }),
  );
  app.post(
    '/document-retention',
    {
      config: {
        roles: ['operations', 'compliance'],
        action: 'documents.propose-retention',
        firmWide: true,
      },
      schema: { tags, body: RetentionBody, response: { 202: ApprovalAsked } },
    },
    async ({ actor, body: { days, effectiveDate } }, reply) => {
      const wanted = { days, effectiveDate: localDate(effectiveDate) };
      return reply.code(202).send(await proposeRetention(world, actor, wanted));
    },
  );
}

function wantedOf(kind: Wanted['kind'], form: Partial<Wanted>): Wanted {
  const { format = 'pdf', language = 'zh', from, to } = form;
  return {
    kind,
    format,
    language,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

function sendFile(reply: FastifyReply, { name, type, bytes }: Produced): FastifyReply {
  return reply
    .type(type)
    .header('content-disposition', `attachment; filename="${name}"`)
    .send(Buffer.from(bytes));
}

function runRoutes(app: App, world: World): void {
  app.post(
    '/document-runs',
    {
      config: { roles: exporters, action: 'documents.run', stepUp: true },
      schema: { tags, body: RunBody, response: { 202: Run } },
    },
    async ({ actor, body }, reply) => reply.code(202).send(await requestRun(world, actor, body)),
  );
  app.get(
    '/document-runs',
    {
      config: { roles: exporters, action: 'documents.list-runs' },
      schema: { tags, querystring: RunQuery, response: { 200: RunPage } },
    },
    ({ actor, query: { limit = PAGE_DEFAULT, cursor } }) =>
      listRuns(world, actor, { limit, cursor }),
  );
  app.get(
    '/document-runs/:runId',
    {
      config: { roles: exporters, action: 'documents.read-run' },
      schema: { tags, params: RunPath, response: { 200: Run } },
    },
    async ({ actor, params }) => getRun(world, actor, params.runId),
  );
  app.get(
    '/document-runs/:runId/items',
    {
      config: { roles: exporters, action: 'documents.read-run' },
      schema: { tags, params: RunPath, querystring: ItemQuery, response: { 200: ItemPage } },
    },
    async ({ actor, params: { runId }, query }) => {
      await getRun(world, actor, runId);
      const { after = 0, limit = ITEMS_DEFAULT, state } = query;
      const page = { after, limit: limit + 1, ...(state === undefined ? {} : { state }) };
      const rows = await loadItems(world.db, runId, page);
      const shown = rows.slice(0, limit);
      const next = rows.length > limit ? shown.at(-1)?.place : undefined;
      return {
        items: shown.map((row) => ({
          place: row.place,
          customerId: row.customer_id,
          state: row.state,
          ...(row.bytes === null ? {} : { bytes: row.bytes }),
          ...(row.failure === null ? {} : { failure: reasonOf(app, row.failure, row.customer_id) }),
          ...(row.finished_at === null ? {} : { finishedAt: row.finished_at }),
          ...(row.expired_at === null ? {} : { expiredAt: row.expired_at }),
        })),
        ...(next === undefined ? {} : { next }),
      };
    },
  );
}

/** Why a document was not made, in words. */
function reasonOf(app: App, code: string, customerId: string) {
  const [said] = app.wireFindings([{ code, severity: 'block', details: { customerId } }]);
  return { code, message: said?.message ?? code, messageZh: said?.messageZh ?? code };
}

function fileRoutes(app: App, world: World): void {
  const config = { roles: exporters, action: 'documents.download' } as const;
  app.get(
    '/document-runs/:runId/items/:place',
    { config, schema: { tags, params: ItemPath, produces } },
    async ({ actor, params: { runId, place } }, reply) => {
      const run = await ownRun(world, actor, runId);
      const [item] = await loadItems(world.db, runId, { after: place - 1, limit: 1 });
      if (item?.place !== place || item.sha256 === null) throw new AppError('DOCUMENT_NOT_READY');
      if (item.expired_at !== null) throw await expired(world);
      const bytes = await world.files.get(item.sha256);
      await recordDownload(world, actor, runId, { place, customerId: item.customer_id });
      const wanted = { ...run, ...(run.to_date === null ? {} : { to: run.to_date }) };
      const name = nameOf(item.customer_id, wanted);
      return sendFile(reply, { name, type: typeOf(run.format), bytes });
    },
  );
  app.get(
    '/document-runs/:runId/archive',
    { config, schema: { tags, params: RunPath, produces: ['application/zip'] } },
    async ({ actor, params: { runId } }, reply) => {
      const { done, state, expired: gone } = await getRun(world, actor, runId);
      if (state !== 'done' || done === 0) throw new AppError('DOCUMENT_NOT_READY');
      if (gone === done) throw await expired(world);
      const run = await ownRun(world, actor, runId);
      await recordDownload(world, actor, runId, { items: done - gone });
      return reply
        .type('application/zip')
        .header('content-disposition', `attachment; filename="${run.kind}-${runId}.zip"`)
        .send(archiveOf(world, run));
    },
  );
}

/** Refused because its time is over. */
async function expired({ db, clock }: World): Promise<AppError> {
  const { days } = await retentionOn(db, shanghaiDate(clock.now()));
  return new AppError('DOCUMENT_EXPIRED', { days });
}

async function ownRun(world: World, actor: Parameters<typeof getRun>[1], runId: string) {
  await getRun(world, actor, runId);
  const run = await findRun(world.db, runId);
  if (run === undefined) throw new AppError('DOCUMENT_RUN_NOT_FOUND');
  return run;
}

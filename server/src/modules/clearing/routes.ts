/** Routes of the business day. */
import { type LocalDate, localDate } from '@cairn/kernel';
import { Type } from 'typebox';
import { PAGE_DEFAULT } from '../../platform/cursor.ts';
import type { App } from '../../platform/http/app.ts';
import {
  ApprovalRequested,
  BreakPage,
  ColumnsQuery,
  ColumnsReply,
  CursorQuery,
  DayList,
  DayPath,
  DayReply,
  DayRunReply,
  DifferencePage,
  ExceptionActionBody,
  ExceptionDetail,
  ExceptionPage,
  ExceptionPath,
  ExceptionQuery,
  FilePage,
  FilePath,
  LanguageQuery,
  OpenExceptionQuery,
  PageQuery,
  ReasonBody,
  RefusalCodeList,
  RefusalCodesBody,
  RetryReply,
  RunBody,
  WaiverBody,
} from './contract.ts';
import { getDay, runDay, stepsOf } from './day.ts';
import { STEP_TITLES } from './domain/steps.ts';
import {
  actOnException,
  getException,
  isAboutRecord,
  listOpenExceptions,
  mayBookAsStated,
  searchExceptions,
} from './exceptions.ts';
import { listColumns } from './columns.ts';
import { boardRoutes } from './board-routes.ts';
import type { DayWorld } from './exchange.ts';
import { FileRecords, RecordsQuery, UnmaskRecordsBody } from './file-contract.ts';
import { listFileRecords, unmaskFileRecords } from './file-records.ts';
import {
  exceptionReply,
  reasonsReply,
  listBreaks,
  listDays,
  listDifferences,
  listFiles,
  viewFile,
} from './queries.ts';
import { listRefusalCodes, proposeRefusalCodes } from './refusal-codes.ts';
import {
  requestAcceptance,
  requestBooking,
  requestVoid,
  requestWaiver,
  retryException,
} from './resolve.ts';

const WATCH = ['operations', 'compliance', 'auditor', 'reviewer'] as const;
const RUN = ['operations'] as const;
const tags = ['business day'];
const DAYS_DEFAULT = 20;

/** Registers the module's routes over the world of its exchange. */
export function clearingRoutes(app: App, world: DayWorld): void {
  dayRoutes(app, world);
  reconciliationRoutes(app, world);
  exceptionRoutes(app, world);
  resolutionRoutes(app, world);
  fileRoutes(app, world);
  boardRoutes(app, world);
  refusalCodeRoutes(app, world);
}

function dayRoutes(app: App, world: DayWorld): void {
  app.get(
    '/business-days',
    {
      config: { roles: WATCH, action: 'clearing.list-days' },
      schema: { tags, querystring: PageQuery, response: { 200: DayList } },
    },
    (request) => listDays(world.db, request.query.limit ?? DAYS_DEFAULT),
  );
  app.get(
    '/business-days/:businessDate',
    {
      config: { roles: WATCH, action: 'clearing.get-day', firmWide: true },
      schema: { tags, params: DayPath, response: { 200: DayReply } },
    },
    async (request) => dayReply(world, localDate(request.params.businessDate)),
  );
  app.post(
    '/business-days/:businessDate/runs',
    {
      config: { roles: RUN, action: 'clearing.run-day', firmWide: true },
      schema: { tags, params: DayPath, body: RunBody, response: { 200: DayRunReply } },
    },
    async (request) => {
      const date = localDate(request.params.businessDate);
      const { until } = request.body;
      const run = await runDay(world, request.actor, date, until === undefined ? {} : { until });
      return { ...run, steps: run.steps.map((step) => ({ ...step, counts: { ...step.counts } })) };
    },
  );
  app.post(
    '/business-days/:businessDate/waivers',
    {
      config: { roles: RUN, action: 'clearing.request-waiver', firmWide: true },
      schema: { tags, params: DayPath, body: WaiverBody, response: { 202: ApprovalRequested } },
    },
    async (request, reply) => {
      const businessDate = localDate(request.params.businessDate);
      const approvalId = await requestWaiver(world, request.actor, {
        businessDate,
        ...request.body,
      });
      return reply.code(202).send({ approvalId });
    },
  );
  app.post(
    '/business-days/:businessDate/acceptances',
    {
      config: { roles: RUN, action: 'clearing.request-acceptance', firmWide: true },
      schema: { tags, params: DayPath, body: ReasonBody, response: { 202: ApprovalRequested } },
    },
    async (request, reply) => {
      const businessDate = localDate(request.params.businessDate);
      const { reason } = request.body;
      const approvalId = await requestAcceptance(world, request.actor, { businessDate, reason });
      return reply.code(202).send({ approvalId });
    },
  );
}

function reconciliationRoutes(app: App, world: DayWorld): void {
  app.get(
    '/business-days/:businessDate/reconciliation',
    {
      config: { roles: WATCH, action: 'clearing.list-breaks' },
      schema: { tags, params: DayPath, querystring: CursorQuery, response: { 200: BreakPage } },
    },
    ({ actor: { branchCode }, params, query: { limit = PAGE_DEFAULT, cursor } }) =>
      listBreaks(world.db, localDate(params.businessDate), { limit, cursor, branchCode }),
  );
  app.get(
    '/business-days/:businessDate/reconciliation/columns',
    {
      config: { roles: WATCH, action: 'clearing.list-columns', firmWide: true },
      schema: {
        tags,
        params: DayPath,
        querystring: ColumnsQuery,
        response: { 200: ColumnsReply },
      },
    },
    ({ params, query: { after = 0, limit = PAGE_DEFAULT, subject = '' } }) =>
      listColumns(world, localDate(params.businessDate), { after, limit, subject }),
  );
  app.get(
    '/business-days/:businessDate/differences',
    {
      config: { roles: WATCH, action: 'clearing.list-differences', firmWide: true },
      schema: {
        tags,
        params: DayPath,
        querystring: CursorQuery,
        response: { 200: DifferencePage },
      },
    },
    ({ params, query: { limit = PAGE_DEFAULT, cursor } }) =>
      listDifferences(world.db, localDate(params.businessDate), { limit, cursor }),
  );
}

async function dayReply(world: DayWorld, date: LocalDate) {
  const day = await getDay(world, date);
  const steps = await stepsOf(world, date);
  return {
    businessDate: date,
    state: day.state,
    report: day.report,
    steps: steps.map((row) => ({
      step: row.step,
      title: STEP_TITLES[row.step][0],
      titleZh: STEP_TITLES[row.step][1],
      state: row.state,
      startedAt: row.started_at,
      finishedAt: row.finished_at,
      runNo: row.run_no,
      actor: row.actor,
      counts: { ...row.counts },
      failure: row.failure,
    })),
  };
}

function exceptionRoutes(app: App, world: DayWorld): void {
  app.get(
    '/exceptions',
    {
      config: { roles: WATCH, action: 'clearing.list-exceptions' },
      schema: { tags, querystring: OpenExceptionQuery, response: { 200: ExceptionPage } },
    },
    async ({ actor: { branchCode }, query: { businessDate, limit = PAGE_DEFAULT, cursor } }) => {
      const { shown, next } = await listOpenExceptions(world.db, {
        ...(businessDate === undefined ? {} : { businessDate: localDate(businessDate) }),
        branchCode,
        limit,
        cursor,
      });
      return { exceptions: shown.map(exceptionReply), ...next };
    },
  );
  app.get(
    '/exceptions/search',
    {
      config: { roles: WATCH, action: 'clearing.search-exceptions' },
      schema: { tags, querystring: ExceptionQuery, response: { 200: ExceptionPage } },
    },
    async ({ actor: { branchCode }, query: { businessDate, limit = PAGE_DEFAULT, ...rest } }) => {
      const { shown, next } = await searchExceptions(world.db, {
        ...rest,
        ...(businessDate === undefined ? {} : { businessDate: localDate(businessDate) }),
        branchCode,
        limit,
      });
      return { exceptions: shown.map(exceptionReply), ...next };
    },
  );
  app.get(
    '/exceptions/:exceptionId',
    {
      config: { roles: WATCH, action: 'clearing.get-exception' },
      schema: { tags, params: ExceptionPath, response: { 200: ExceptionDetail } },
    },
    async (request) => {
      const { branchCode } = request.actor;
      const { row, events } = await getException(world.db, request.params.exceptionId, branchCode);
      return {
        exception: exceptionReply(row),
        events: [...events],
        reasons: reasonsReply(row),
        isRetriable: row.state === 'open' && isAboutRecord(row.subject),
        mayBookAsStated: row.state === 'open' && mayBookAsStated(row),
      };
    },
  );
  exceptionActRoutes(app, world);
}

function exceptionActRoutes(app: App, world: DayWorld): void {
  app.post(
    '/exceptions/:exceptionId/actions',
    {
      config: { roles: RUN, action: 'clearing.act-on-exception' },
      schema: {
        tags,
        params: ExceptionPath,
        body: ExceptionActionBody,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await actOnException(world, request.actor, request.params.exceptionId, request.body);
      return reply.code(204).send(null);
    },
  );
}

/** Ways out of an exception about a record. */
function resolutionRoutes(app: App, world: DayWorld): void {
  app.post(
    '/exceptions/:exceptionId/retry',
    {
      config: { roles: RUN, action: 'clearing.retry-exception', firmWide: true },
      schema: { tags, params: ExceptionPath, response: { 200: RetryReply } },
    },
    async (request) => ({
      isBooked: await retryException(world, request.actor, request.params.exceptionId),
    }),
  );
  for (const [path, action, request] of [
    ['void-requests', 'clearing.request-void', requestVoid],
    ['book-requests', 'clearing.request-booking', requestBooking],
  ] as const) {
    app.post(
      `/exceptions/:exceptionId/${path}`,
      {
        config: { roles: RUN, action, firmWide: true },
        schema: {
          tags,
          params: ExceptionPath,
          body: ReasonBody,
          response: { 202: ApprovalRequested },
        },
      },
      async ({ actor, params, body }, reply) => {
        const approvalId = await request(world, actor, params.exceptionId, body.reason);
        return reply.code(202).send({ approvalId });
      },
    );
  }
}

function fileRoutes(app: App, world: DayWorld): void {
  app.get(
    '/business-days/:businessDate/files',
    {
      config: { roles: WATCH, action: 'clearing.list-files', firmWide: true },
      schema: { tags, params: DayPath, querystring: CursorQuery, response: { 200: FilePage } },
    },
    ({ params, query: { limit = PAGE_DEFAULT, cursor } }) =>
      listFiles(world.db, localDate(params.businessDate), { limit, cursor }),
  );
  app.get(
    '/files/:fileId/text',
    {
      config: { roles: RUN, action: 'clearing.view-file', firmWide: true },
      schema: { tags, params: FilePath, querystring: LanguageQuery, produces: ['text/plain'] },
    },
    async (request, reply) => {
      const language = request.query.language ?? 'zh';
      const { fileId } = request.params;
      const text = await viewFile(world, BigInt(fileId), language);
      return reply.type('text/plain; charset=utf-8').send(text);
    },
  );
  app.get(
    '/files/:fileId/records',
    {
      config: { roles: WATCH, action: 'clearing.view-records', firmWide: true },
      schema: {
        tags,
        params: FilePath,
        querystring: RecordsQuery,
        response: { 200: FileRecords },
      },
    },
    async ({ params, query: { from, limit } }) =>
      listFileRecords(world, {
        fileId: BigInt(params.fileId),
        from: from ?? 0,
        limit: limit ?? PAGE_DEFAULT,
      }),
  );
  app.post(
    '/files/:fileId/records/unmask',
    {
      config: {
        roles: ['operations', 'compliance'],
        action: 'clearing.unmask-file',
        firmWide: true,
      },
      schema: {
        tags,
        params: FilePath,
        body: UnmaskRecordsBody,
        response: { 200: FileRecords },
      },
    },
    async ({ actor, params, body: { from, limit, purpose } }) =>
      unmaskFileRecords(world, actor, {
        fileId: BigInt(params.fileId),
        from: from ?? 0,
        limit: limit ?? PAGE_DEFAULT,
        purpose,
      }),
  );
}

function refusalCodeRoutes(app: App, world: DayWorld): void {
  app.get(
    '/registrar-refusal-codes',
    {
      config: { roles: WATCH, action: 'clearing.list-refusal-codes' },
      schema: { tags, response: { 200: RefusalCodeList } },
    },
    () => listRefusalCodes(world.db),
  );
  app.post(
    '/registrar-refusal-codes',
    {
      config: { roles: RUN, action: 'clearing.propose-refusal-codes', firmWide: true },
      schema: { tags, body: RefusalCodesBody, response: { 202: ApprovalRequested } },
    },
    async ({ actor, body }, reply) => {
      const effectiveDate = localDate(body.effectiveDate);
      const approvalId = await proposeRefusalCodes(world, actor, { ...body, effectiveDate });
      return reply.code(202).send({ approvalId });
    },
  );
}

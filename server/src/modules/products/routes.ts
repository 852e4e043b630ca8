import { addDays, AppError, type LocalDate, localDate, shanghaiDate } from '@cairn/kernel';
import { type Role, ROLES } from '../../platform/actor.ts';
import { refreshCalendar } from '../../platform/calendar.ts';
import type { App } from '../../platform/http/app.ts';
import type { World } from '../../platform/world.ts';
import { proposeFeeSchedule, proposeParameters } from './changes.ts';
import {
  CalendarQuery,
  CalendarYear,
  DateQuery,
  DividendList,
  FeeChangeBody,
  FiguresAnswer,
  FiguresQuery,
  FundDetail,
  FundList,
  FundPath,
  HeldAnswer,
  ImportAnswer,
  ImportQuery,
  ListQuery,
  NavList,
  NavQuery,
  ParameterChangeBody,
  Performance,
  QuoteAnswer,
  QuoteQuery,
  RegistrarList,
  VersionsAnswer,
} from './contract.ts';
import type { ImportReport } from './import-report.ts';
import { IMPORT_LIMITS, importCsv } from './imports.ts';
import { getPerformance } from './performance.ts';
import { getFundFigures } from './fund-figures.ts';
import { getCalendarYear } from './trading-calendar.ts';
import {
  getFundDetail,
  listDividends,
  listFunds,
  listFundVersions,
  listNavs,
  listRegistrars,
  quoteFee,
} from './queries.ts';

const tags = ['products'];
const YEAR_DAYS = 365;
const everyone: readonly Role[] = ROLES;
const makers: readonly Role[] = ['productManager', 'operations'];

/** Reading funds, importing files, proposing changes. */
export function productRoutes(app: App, world: World): void {
  readRoutes(app, world);
  seriesRoutes(app, world);
  quoteRoute(app, world);
  importRoute(app, world);
  changeRoutes(app, world);
  calendarRoute(app, world);
}

function calendarRoute(app: App, world: World): void {
  app.get(
    '/calendar',
    {
      config: { roles: everyone, action: 'products.calendar' },
      schema: {
        tags,
        summary: 'The exchange calendar of a year / 一年的交易日历',
        querystring: CalendarQuery,
        response: { 200: CalendarYear },
      },
    },
    async ({ query }) => {
      await refreshCalendar(world.calendar, world.db);
      const thisYear = Number.parseInt(dateOr(undefined, world).slice(0, 4), 10);
      return getCalendarYear(world, query.year ?? thisYear);
    },
  );
}

function dateOr(text: string | undefined, world: World): LocalDate {
  return text === undefined ? shanghaiDate(world.clock.now()) : localDate(text);
}

/** A copy that the wire may hold: the engine's lists are its own. */
function viewFigures(figures: Awaited<ReturnType<typeof getFundFigures>>) {
  return {
    ...figures,
    points: [...figures.points],
    windows: [...figures.windows],
    drawdowns: [...figures.drawdowns],
    measures: [...figures.measures],
  };
}

function readRoutes(app: App, world: World): void {
  const config = { roles: everyone };
  app.get(
    '/products',
    { config, schema: { tags, querystring: ListQuery, response: { 200: FundList } } },
    async ({ actor, query }) =>
      // Investors are shown what is sold.
      listFunds(
        world.db,
        dateOr(undefined, world),
        actor.kind === 'investor' ? { ...query, sold: true } : query,
      ),
  );
  app.get(
    '/products/:fundCode',
    {
      config,
      schema: { tags, params: FundPath, querystring: DateQuery, response: { 200: FundDetail } },
    },
    async ({ params, query }) =>
      getFundDetail(world.db, params.fundCode, dateOr(query.date, world)),
  );
  app.get(
    '/products/:fundCode/versions',
    {
      config,
      schema: {
        tags,
        params: FundPath,
        querystring: DateQuery,
        response: { 200: VersionsAnswer },
      },
    },
    async ({ params, query }) =>
      listFundVersions(world.db, params.fundCode, dateOr(query.date, world)),
  );
  app.get(
    '/products/:fundCode/figures',
    {
      config,
      schema: {
        tags,
        params: FundPath,
        querystring: FiguresQuery,
        response: { 200: FiguresAnswer },
      },
    },
    async ({ params, query }) => {
      const to = dateOr(undefined, world);
      const from = query.from === undefined ? addDays(to, -YEAR_DAYS) : localDate(query.from);
      return viewFigures(await getFundFigures(world.db, params.fundCode, { from, to }));
    },
  );
}

function seriesRoutes(app: App, world: World): void {
  const config = { roles: everyone };
  app.get(
    '/registrars',
    { config, schema: { tags, response: { 200: RegistrarList } } },
    async () => ({
      registrars: await listRegistrars(world.db, dateOr(undefined, world)),
    }),
  );
  app.get(
    '/products/:fundCode/navs',
    {
      config,
      schema: { tags, params: FundPath, querystring: NavQuery, response: { 200: NavList } },
    },
    async ({ params, query }) => listNavs(world.db, params.fundCode, query),
  );
  app.get(
    '/products/:fundCode/performance',
    { config, schema: { tags, params: FundPath, response: { 200: Performance } } },
    async ({ params }) => getPerformance(world.db, params.fundCode, dateOr(undefined, world)),
  );
  app.get(
    '/products/:fundCode/dividends',
    { config, schema: { tags, params: FundPath, response: { 200: DividendList } } },
    async ({ params }) => listDividends(world.db, params.fundCode),
  );
}

function quoteRoute(app: App, world: World): void {
  app.get(
    '/products/:fundCode/fee-quote',
    {
      config: { roles: everyone },
      schema: { tags, params: FundPath, querystring: QuoteQuery, response: { 200: QuoteAnswer } },
    },
    async ({ params, query }) =>
      quoteFee(world.db, params.fundCode, query, dateOr(query.date, world)),
  );
}

/** The answer to a refused file: each error at '/line/column' of it. */
function refusalOf(report: ImportReport): AppError {
  const errors = report.errors.map(({ line, column, message, messageZh }) => {
    return { path: column === undefined ? `/${line}` : `/${line}/${column}`, message, messageZh };
  });
  const { kind, errorCount } = report;
  return new AppError('PRODUCT_IMPORT_REFUSED', { kind, errorCount, errors });
}

function importRoute(app: App, world: World): void {
  app.post(
    '/products/imports',
    {
      bodyLimit: IMPORT_LIMITS.bytesMax,
      config: {
        roles: makers,
        action: 'products.import',
        firmWide: true,
        consumes: ['text/csv', 'application/octet-stream'],
      },
      schema: {
        tags,
        summary: 'Import a CSV file, whole or not at all / 导入 CSV 文件，整体成功或整体拒绝',
        querystring: ImportQuery,
        response: { 200: ImportAnswer, 202: ImportAnswer },
      },
    },
    async (request, reply) => {
      const { kind, dryRun = false } = request.query;
      const csv = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const report = await importCsv(world, request.actor, { kind, csv, dryRun });
      if (report.errorCount > 0 && !dryRun) throw refusalOf(report);
      const answer = { ...report, errors: [...report.errors] };
      return reply.code(report.approvalId === undefined ? 200 : 202).send(answer);
    },
  );
}

function changeRoutes(app: App, world: World): void {
  const config = { roles: makers, firmWide: true } as const;
  app.post(
    '/products/:fundCode/parameter-changes',
    {
      config: { ...config, action: 'products.propose-parameters' },
      schema: { tags, params: FundPath, body: ParameterChangeBody, response: { 202: HeldAnswer } },
    },
    async (request, reply) => {
      const { fundCode } = request.params;
      const { effectiveDate, changes } = request.body;
      const change = { fundCode, effectiveDate: localDate(effectiveDate), changes };
      const { approvalId, findings } = await proposeParameters(world, request.actor, change);
      return reply.code(202).send({ approvalId, findings: app.wireFindings(findings) });
    },
  );
  app.post(
    '/products/:fundCode/fee-schedule-changes',
    {
      config: { ...config, action: 'products.propose-fee-schedule' },
      schema: { tags, params: FundPath, body: FeeChangeBody, response: { 202: HeldAnswer } },
    },
    async (request, reply) => {
      const { fundCode } = request.params;
      const { kind, effectiveDate, tiers } = request.body;
      const change = { fundCode, kind, effectiveDate: localDate(effectiveDate), tiers };
      const { approvalId, findings } = await proposeFeeSchedule(world, request.actor, change);
      return reply.code(202).send({ approvalId, findings: app.wireFindings(findings) });
    },
  );
}

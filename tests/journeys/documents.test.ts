/** Statements and reports as files: what is read back out of them is what the API says. */
import { existsSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import readXlsx from 'read-excel-file/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { instant } from '@cairn/kernel';
import {
  expireDocuments,
  makeDocuments,
  runSubscriber,
} from '../../server/src/modules/documents/index.ts';
import { fixedClock } from '../../server/src/platform/clock.ts';
import { type Jobs, openJobs } from '../../server/src/platform/jobs.ts';
import { createLog } from '../../server/src/platform/log.ts';
import { sweep } from '../../server/src/platform/outbox.ts';
import { describeJourney } from '../../server/src/platform/testing.ts';
import { type House, openHouse } from '../bad-input/house.ts';
import { nextKey } from '../bad-input/send.ts';

interface Assets {
  total: string;
  holdingsValue: string;
  totalProfit: string;
  holdings: Record<string, string>[];
  byType: { label: string; labelZh: string; value: string; weight: string }[];
}
interface Curve {
  periodProfit: string;
  opening: { total: string };
  points: { total: string }[];
}
interface Movements {
  cash: { ref: string; amount: string; date: string }[];
  units: { units: string; amount: string; fundName: string }[];
}
type Headers = Record<string, string>;

const PERIOD = 'from=2026-03-02&to=2026-03-04';

const grouped = (text: string) => text.replace(/\B(?=(\d{3})+(?=\.))/g, ',');
const quiet = createLog('silent');

/** All text of a PDF, and how many pages it has. */
async function readPdf(bytes: Uint8Array) {
  const loading = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
  const pdf = await loading.promise;
  const pages = await Promise.all(
    Array.from({ length: pdf.numPages }, async (_, i) => {
      const { items } = await (await pdf.getPage(i + 1)).getTextContent();
      return items.map((item) => ('str' in item ? item.str : '')).join(' ');
    }),
  );
  await loading.destroy();
  return { text: pages.join(' ').replaceAll(/\s+/g, ' '), pages: pages.length };
}

async function readBook(bytes: Uint8Array): Promise<Map<string, unknown[][]>> {
  const sheets = await readXlsx(Buffer.from(bytes));
  return new Map(sheets.map(({ sheet, data }) => [sheet, data as unknown[][]]));
}

describeJourney('documents of customers', (opened) => {
  let house: House;
  // Absent where other processes run the jobs.
  let jobs: Jobs | undefined;
  beforeAll(async () => {
    house = await openHouse(opened());
    if (house.apis > 1) return;
    jobs = await openJobs(house.world, {
      jobs: [makeDocuments],
      recurring: [],
      log: quiet,
      pollSeconds: 0.5,
    });
    await jobs.start();
  });
  afterAll(async () => {
    await jobs?.stop();
    await house.close();
  });

  const inject = (headers: Headers, method: 'GET' | 'POST', url: string, body?: object) =>
    house.app.inject({
      method,
      url,
      headers: { ...headers, ...(method === 'GET' ? {} : { 'idempotency-key': nextKey() }) },
      ...(body === undefined ? {} : { payload: body }),
    });
  const base = () => `/customers/${house.investor.customerId}`;

  async function get<T>(path: string): Promise<T> {
    const reply = await inject(house.staff.operations, 'GET', `${base()}${path}`);
    expect([path, reply.statusCode]).toEqual([path, 200]);
    return reply.json<T>();
  }

  async function file(path: string, headers: Headers = house.staff.operations) {
    const reply = await inject(headers, 'GET', `${base()}/documents/${path}`);
    expect([path, reply.statusCode]).toEqual([path, 200]);
    return reply;
  }

  for (const language of ['zh', 'en'] as const) {
    test(`${language}: the PDF of a statement says what the API says`, async () => {
      const curve = await get<Curve>(`/value-curve?${PERIOD}`);
      const moves = await get<Movements>(`/movements?${PERIOD}`);
      const { nameMasked } = await get<{ nameMasked: string }>('');
      const reply = await file(`statement?language=${language}&${PERIOD}`);
      expect(reply.headers['content-type']).toBe('application/pdf');
      expect(reply.headers['content-disposition']).toContain('statement-C');
      const { text, pages } = await readPdf(reply.rawPayload);
      expect(text).toContain(language === 'zh' ? '客户对账单' : 'Customer statement');
      expect(text).toContain(language === 'zh' ? `第 ${pages} 页` : `Page ${pages} of ${pages}`);
      expect(text).toContain(nameMasked);
      expect(moves.cash.length).toBeGreaterThan(0);
      expect(moves.units.length).toBeGreaterThan(0);
      const figures = [
        curve.opening.total,
        curve.points.at(-1)?.total ?? '',
        curve.periodProfit,
        ...moves.cash.map(({ amount }) => amount),
        ...moves.units.flatMap(({ units, amount }) => [units, amount]),
      ];
      expect(figures.filter((figure) => !text.includes(grouped(figure)))).toEqual([]);
      const names = moves.units.map(({ fundName }) => fundName.replaceAll(/\s/g, ''));
      const whole = text.replaceAll(/\s/g, '');
      expect(names.filter((name) => !whole.includes(name))).toEqual([]);
      expect(text).not.toContain(house.investor.spec.name);
    });

    test(`${language}: both forms of a holdings report say what the API says`, async () => {
      const assets = await get<Assets>('/assets');
      const { text } = await readPdf((await file(`holdings?language=${language}`)).rawPayload);
      const book = await readBook(
        (await file(`holdings?format=xlsx&language=${language}`)).rawPayload,
      );
      const figures = [assets.total, assets.holdingsValue, assets.totalProfit];
      for (const one of assets.holdings) {
        for (const key of ['units', 'cost', 'value', 'profit']) figures.push(one[key] ?? '');
      }
      expect(figures.filter((figure) => !text.includes(grouped(figure)))).toEqual([]);
      const sheet = book.get(language === 'zh' ? '持仓明细' : 'Holdings') ?? [];
      const rows = sheet.slice(1).map((row) => [row[0], row[3], row[6], row[7], row[8]]);
      expect(rows).toEqual(
        assets.holdings.map((one) => [
          one['fundCode'],
          Number(one['units']),
          Number(one['cost']),
          Number(one['value']),
          Number(one['profit']),
        ]),
      );
      const types = book.get(language === 'zh' ? '按类型配置' : 'By type') ?? [];
      expect(types.slice(1)).toEqual(
        assets.byType.map(({ label, labelZh, value, weight }) => [
          language === 'zh' ? labelZh : label,
          Number(value),
          Number(weight),
        ]),
      );
    });
  }

  test('the workbook of a statement holds every movement', async () => {
    const moves = await get<Movements>(`/movements?${PERIOD}`);
    const book = await readBook((await file(`statement?format=xlsx&${PERIOD}`)).rawPayload);
    const cash = (book.get('资金变动') ?? []).slice(1);
    expect(cash.map((row) => [row[0], row[2], row[3]])).toEqual(
      moves.cash.map(({ date, ref, amount }) => [date, ref, Number(amount)]),
    );
  });

  test('an investor gets what is his own and nobody else’s', async () => {
    await file('holdings', house.staff.investor);
    const other = `/customers/${house.stranger.customerId}/documents/holdings`;
    const reply = await inject(house.staff.investor, 'GET', other);
    expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([
      404,
      'CUSTOMER_NOT_FOUND',
    ]);
  });

  test('the name stands in full for a purpose only, and both records are in the audit', async () => {
    const url = `${base()}/documents/holdings`;
    const none = await inject(house.staff.operations, 'POST', url, { language: 'zh' });
    expect(none.statusCode).toBe(400);
    const purpose = '客户柜台申请';
    const reply = await inject(house.staff.operations, 'POST', url, { purpose });
    expect(reply.statusCode).toBe(200);
    const { text } = await readPdf(reply.rawPayload);
    expect(text).toContain(house.investor.spec.name);
    expect(text).toContain(purpose);
    const rows = await opened().db.query<{ action: string; detail: string }>(
      `select action, detail from platform.audit where subject = $1
       and action in ('customers.unmask', 'documents.export') order by at desc, seq desc limit 2`,
      [`customer:${house.investor.customerId}`],
    );
    expect(rows.map(({ action }) => action).toSorted()).toEqual([
      'customers.unmask',
      'documents.export',
    ]);
    expect(rows.map(({ detail }) => detail).join()).toContain(purpose);
  });

  test('a run makes the documents of all its customers, and one archive of them', async () => {
    const asked = await inject(house.staff.operations, 'POST', '/document-runs', {
      kind: 'holdings',
      purpose: '季度寄送',
    });
    expect(asked.statusCode).toBe(202);
    const { runId, items } = asked.json<{ runId: string; items: number }>();
    expect(items).toBeGreaterThan(1);
    const early = await inject(
      house.staff.operations,
      'GET',
      `/document-runs/${runId}/items/${items + 1}`,
    );
    expect(early.json<{ code: string }>().code).toBe('DOCUMENT_NOT_READY');
    if (jobs !== undefined) {
      const own = jobs;
      const subscriber = runSubscriber((job, data, rest) => own.enqueue(job, data, rest));
      await sweep(house.world, subscriber, { log: quiet });
    }
    await expect
      .poll(
        async () => {
          const reply = await inject(house.staff.operations, 'GET', `/document-runs/${runId}`);
          return reply.json<{ state: string; done: number; failed: number }>();
        },
        { timeout: 60_000, interval: 300 },
      )
      .toMatchObject({ state: 'done', done: items, failed: 0 });
    const archive = await inject(house.staff.operations, 'GET', `/document-runs/${runId}/archive`);
    const files = unzipSync(new Uint8Array(archive.rawPayload));
    expect(Object.keys(files)).toHaveLength(items);
    const own = Object.entries(files).find(([name]) => name.includes(house.investor.customerId));
    const { text } = await readPdf(own?.[1] ?? new Uint8Array());
    expect(text).toContain(grouped((await get<Assets>('/assets')).total));
    const hidden = await inject(house.staff.compliance, 'GET', `/document-runs/${runId}`);
    expect(hidden.statusCode).toBe(404);
  });

  test('files are kept as long as two people said, and the record for ever', async () => {
    const { world, staff } = house;
    const said = { days: 30, effectiveDate: '2026-03-05' };
    const early = await inject(staff.operations, 'POST', '/document-retention', {
      ...said,
      effectiveDate: '2026-03-04',
    });
    expect([early.statusCode, early.json<{ code: string }>().code]).toEqual([
      422,
      'DOCUMENT_RETENTION_TOO_SOON',
    ]);
    const asked = await inject(staff.operations, 'POST', '/document-retention', said);
    const { approvalId } = asked.json<{ approvalId: string }>();
    const agreed = await inject(staff.compliance, 'POST', `/approvals/${approvalId}/approve`, {
      reason: 'as the rules of the house say',
    });
    expect([asked.statusCode, agreed.statusCode]).toEqual([202, 200]);
    const list = await inject(staff.auditor, 'GET', '/document-retention');
    expect(
      list.json<{ versions: { days: number; isInForce: boolean }[] }>().versions,
    ).toMatchObject([
      { days: 30, isInForce: false },
      { days: 180, isInForce: true },
    ]);
    type Made = { runId: string; done: number; expired: number; keptUntil: string };
    const runOf = async () => {
      const runs = await inject(staff.operations, 'GET', '/document-runs');
      const [run] = runs.json<{ runs: Made[] }>().runs;
      if (run === undefined) throw new Error('a run was made above');
      return run;
    };
    const { runId, done } = await runOf();
    const [first] = await opened().db.query<{ sha256: string }>(
      'select sha256 from documents.run_items where run_id = $1 and place = 1',
      [runId],
    );
    const isThere = () => existsSync(world.files.path(first?.sha256 ?? ''));
    const later = (date: string) => ({
      ...world,
      clock: fixedClock(instant(`${date}T16:30:00.000Z`)),
    });
    // Half past midnight of the last day in Shanghai, and of the day after it.
    expect(await expireDocuments(later('2026-04-02'))).toBe(0);
    expect(isThere()).toBe(true);
    expect(await expireDocuments(later('2026-04-03'))).toBe(done);
    expect(await expireDocuments(later('2026-04-03'))).toBe(0);
    expect(isThere()).toBe(false);
    for (const path of ['items/1', 'archive']) {
      const reply = await inject(staff.operations, 'GET', `/document-runs/${runId}/${path}`);
      expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([
        410,
        'DOCUMENT_EXPIRED',
      ]);
    }
    expect(await runOf()).toMatchObject({ done, expired: done });
    const items = await inject(staff.operations, 'GET', `/document-runs/${runId}/items?limit=1`);
    expect(items.json()).toMatchObject({
      items: [{ state: 'done', expiredAt: '2026-04-03T16:30:00.000Z' }],
    });
    const audit = await opened().db.query<{ detail: string }>(
      `select detail from platform.audit where action = 'documents.expire' and subject = $1`,
      [`document-run:${runId}`],
    );
    expect(audit.map(({ detail }) => JSON.parse(detail) as object)).toEqual([
      { items: done, days: 30 },
    ]);
  });

  test('a job that runs again makes nothing twice', async () => {
    const runs = await inject(house.staff.operations, 'GET', '/document-runs');
    const [run] = runs.json<{ runs: { runId: string }[] }>().runs;
    const count = async () =>
      (
        await opened().db.query<{ n: number }>(
          `select count(*)::int4 as n from platform.audit where action = 'documents.export'`,
        )
      )[0]?.n;
    const before = await count();
    await makeDocuments.run(house.world, { runId: run?.runId, after: 0 }, 'again');
    expect(await count()).toBe(before);
  });
});

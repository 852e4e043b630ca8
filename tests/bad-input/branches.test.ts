/**
 * Staff of a branch, row 26: what concerns the whole firm is not theirs to do, and of what concerns
 * customers they meet their own. Every operation of the API is in one of five sorts, so that none
 * comes in unsorted.
 */
import { amount, localDate } from '@cairn/kernel';
import { bucketOf } from '@cairn/kernel/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type RaisedException,
  raiseExceptions,
} from '../../server/src/modules/clearing/exceptions.ts';
import { FIRM_ROLES, type Role } from '../../server/src/platform/actor.ts';
import { signIn } from '../../server/src/platform/http/testing.ts';
import { openTestPglite, type TestDatabase } from '../../server/src/platform/testing.ts';
import { FIRM, work } from '../../server/src/platform/work.ts';
import type { Endpoint } from './endpoint.ts';
import { endpointsOf } from './endpoints.ts';
import { type Headers, type House, openHouse } from './house.ts';
import { planted, plantedEndpoints } from './planted.ts';
import { faultsOfStatus } from './problem.ts';
import { post, send } from './send.ts';
import { changedTables, stateOf } from './state.ts';

interface Declared {
  readonly 'x-roles'?: readonly Role[];
  readonly 'x-firm-wide'?: true;
}

let database: TestDatabase;
let house: House;
let endpoints: Endpoint[];
let declared: (endpoint: Endpoint) => Declared;

beforeAll(async () => {
  database = await openTestPglite();
  house = await openHouse(database, {}, [planted]);
  endpoints = await endpointsOf(house);
  const api = (await house.app.inject('/openapi.json')).json<{
    paths: Record<string, Record<string, Declared>>;
  }>();
  declared = ({ route }) => {
    const [method = '', path = ''] = route.split(' ');
    return api.paths[path]?.[method.toLowerCase()] ?? {};
  };
});
afterAll(async () => {
  await house.close();
  await database.drop();
});

const isFirmWide = (endpoint: Endpoint) => declared(endpoint)['x-firm-wide'] === true;

/** Sends what concerns the firm as each of its roles, of a branch; answers what is wrong. */
async function askOfBranch(asked: readonly Endpoint[], own: ReadonlyMap<Role, Headers>) {
  const faults: string[] = [];
  let count = 0;
  for (const endpoint of asked) {
    for (const role of declared(endpoint)['x-roles'] ?? []) {
      const found = faultsOfStatus(
        await send(house, endpoint, { as: own.get(role) }),
        403,
        'FIRM_WIDE_ONLY',
      );
      count += 1;
      faults.push(...found.map((fault) => `${endpoint.route} as ${role}: ${fault}`));
    }
  }
  return { faults, count };
}

test('what concerns the whole firm is 403 for staff of a branch, and changes nothing', async () => {
  const own = new Map<Role, Headers>();
  for (const role of FIRM_ROLES) own.set(role, (await signIn(house.app, [role], 'B01')).headers);
  const before = await stateOf(database.db);
  const { faults, count } = await askOfBranch(endpoints.filter(isFirmWide), own);
  expect(faults).toEqual([]);
  expect(count).toBeGreaterThan(60);
  expect(changedTables(before, await stateOf(database.db))).toEqual([]);
  // What says that it is the firm's and does not ask is reported.
  const { firmWide } = plantedEndpoints(house);
  const open = await askOfBranch([firmWide], own);
  expect(open.faults).toHaveLength(2);
});

/** The same for everybody: products, rules, calendars of days, one's own session. */
const SAME_FOR_ALL =
  /^(GET \/(products|calendar|document-retention|figures|directory|registrars|registrar-refusal-codes|business-days$|suitability\/(questionnaires|rules))|POST \/asset-accounts\/bank-check|\w+ \/auth\/)/;

/** Lists and searches that show a branch its own customers, and openings that it makes its own. */
const SHOWN_BY_BRANCH = [
  'GET /todo',
  'POST /customers',
  'GET /customers',
  'POST /customers/search',
  'GET /approvals',
  'GET /approvals/{approvalId}',
  'POST /approvals/{approvalId}/approve',
  'POST /approvals/{approvalId}/reject',
  'GET /suitability/assessments-due',
  'GET /business-days/{businessDate}/reconciliation',
  'GET /exceptions',
  'GET /exceptions/search',
  'GET /exceptions/{exceptionId}',
  'POST /exceptions/{exceptionId}/actions',
  'POST /customers/opening-check',
];

/** What its maker alone sees, made within what he may see. */
const OWN = /^\w+ \/(opening-drafts|document-runs)\b/;

/** The routes that are in none of the five sorts. */
function unsortedOf(asked: readonly Endpoint[]): string[] {
  const { investor, firm, orderId } = house;
  const ids = [investor, firm].flatMap((one) => [one.customerId, one.assetAccountNo]);
  const isOfCustomer = ({ url, body }: Endpoint) => {
    const text = url + JSON.stringify(body ?? null);
    return [...ids, orderId].some((id) => text.includes(id));
  };
  const unsorted = asked.filter(
    (endpoint) =>
      declared(endpoint)['x-roles'] !== undefined &&
      !isFirmWide(endpoint) &&
      !isOfCustomer(endpoint) &&
      !SAME_FOR_ALL.test(endpoint.route) &&
      !OWN.test(endpoint.route) &&
      !SHOWN_BY_BRANCH.includes(endpoint.route),
  );
  return unsorted.map(({ route }) => route);
}

test('every operation is the firm’s, a customer’s, the same for all, one’s own, or shown by branch', () => {
  expect(unsortedOf(endpoints)).toEqual([]);
  // A route without the mark of the firm that is nobody's otherwise is reported.
  const { unsorted, firmWide } = plantedEndpoints(house);
  expect(unsortedOf([unsorted, firmWide])).toEqual([unsorted.route]);
  const routes = endpoints.map(({ route }) => route);
  expect(SHOWN_BY_BRANCH.filter((route) => !routes.includes(route))).toEqual([]);
});

describe('exceptions and breaks', () => {
  const DAY = localDate('2026-03-03');
  const idOf = new Map<string, string>();
  let own: Headers;
  const get = (url: string, as = own) => house.app.inject({ method: 'GET', url, headers: as });

  beforeAll(async () => {
    own = (await signIn(house.app, ['operations'], 'B01')).headers;
    const about = (code: string, customerId?: string): RaisedException => ({
      businessDate: DAY,
      code,
      severity: 'remind',
      subject: `order:${code}`,
      ...(customerId === undefined ? {} : { customerId, bucket: bucketOf(customerId) }),
      detail: {},
      ownerRole: 'operations',
    });
    const { investor, stranger } = house;
    await work(house.world, [FIRM], ({ tx, now }) =>
      raiseExceptions(tx, now, [
        about('CASH_BREAK', investor.customerId),
        about('UNITS_BREAK', stranger.customerId),
        about('FILE_DUPLICATE'),
      ]),
    );
    const all = await get(`/exceptions?businessDate=${DAY}`, house.staff.operations);
    const { exceptions } = all.json<{ exceptions: { code: string; exceptionId: string }[] }>();
    for (const { code, exceptionId } of exceptions) {
      idOf.set(code, exceptionId);
    }
    await house.world.db.query(
      `insert into clearing.breaks
         (business_date, kind, subject, ours, theirs, customer_view, class, customer_id)
       values ($1, 'cash', $2, 1, 2, 1, 'rounding', $3), ($1, 'cash', $4, 1, 2, 1, 'rounding', $5),
         ($1, 'bankTotal', 'bucket:1', $6, 2, 1, 'rounding', null)`,
      [
        DAY,
        investor.assetAccountNo,
        investor.customerId,
        stranger.assetAccountNo,
        stranger.customerId,
        amount(1n),
      ],
    );
  });

  test('a branch lists those of its customers, the firm all', async () => {
    for (const url of [
      `/exceptions?businessDate=${DAY}`,
      `/exceptions/search?businessDate=${DAY}`,
    ]) {
      const codes = async (as?: Headers) =>
        [...(await get(url, as)).body.matchAll(/"code":"([A-Z_]+)"/g)].map(([, code]) => code);
      expect([url, await codes()]).toEqual([url, ['CASH_BREAK']]);
      expect([url, new Set(await codes(house.staff.operations))]).toEqual([
        url,
        new Set(['CASH_BREAK', 'FILE_DUPLICATE', 'UNITS_BREAK']),
      ]);
    }
    const url = `/business-days/${DAY}/reconciliation`;
    const subjects = async (as?: Headers) =>
      (await get(url, as))
        .json<{ breaks: { subject: string }[] }>()
        .breaks.map(({ subject }) => subject);
    expect(await subjects()).toEqual([house.investor.assetAccountNo]);
    expect(await subjects(house.staff.operations)).toHaveLength(3);
  });

  test('the breaks of a day come page by page, each once, and their number with each page', async () => {
    const url = `/business-days/${DAY}/reconciliation`;
    interface BreakPage {
      total: number;
      breaks: { kind: string; subject: string }[];
      nextCursor?: string;
    }
    const page = async (query: string, as = house.staff.operations) =>
      (await get(url + query, as)).json<BreakPage>();
    const first = await page('?limit=2');
    const second = await page(`?limit=2&cursor=${first.nextCursor ?? ''}`);
    const marks = [...first.breaks, ...second.breaks].map(({ kind, subject }) => [kind, subject]);
    const accounts = [house.investor.assetAccountNo, house.stranger.assetAccountNo];
    expect(marks).toEqual([
      ['bankTotal', 'bucket:1'],
      ...accounts.toSorted().map((account) => ['cash', account]),
    ]);
    expect([first.total, second.total, second.nextCursor]).toEqual([3, 3, undefined]);
    expect(await page('', own)).toMatchObject({ total: 1, breaks: [{ subject: accounts[0] }] });
    const refused = await get(`${url}?cursor=bm90aGluZw`, house.staff.operations);
    expect(refused.json()).toMatchObject({ status: 422, code: 'BREAK_CURSOR_INVALID' });
  });

  test('one of its customers it may look at and note on; any other is not there', async () => {
    const note = { kind: 'note', note: 'asked the customer' };
    const seen = async (code: string) => {
      const base = `/exceptions/${idOf.get(code) ?? ''}`;
      const acted = await post(house, `${base}/actions`, note, own);
      return [(await get(base)).statusCode, acted.statusCode];
    };
    expect(await seen('CASH_BREAK')).toEqual([200, 204]);
    const before = await stateOf(database.db);
    expect(await seen('UNITS_BREAK')).toEqual([404, 404]);
    expect(await seen('FILE_DUPLICATE')).toEqual([404, 404]);
    expect(changedTables(before, await stateOf(database.db))).toEqual([]);
  });

  test('what waits for it is counted without the others', async () => {
    const count = async (as?: Headers) => {
      const { items } = (await get('/todo', as)).json<{ items: { id: string; count: number }[] }>();
      return items.find(({ id }) => id === 'exceptions.remind')?.count;
    };
    expect([await count(), await count(house.staff.operations)]).toEqual([1, 3]);
  });
});

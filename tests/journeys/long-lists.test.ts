/** What there can be much of comes by pages, every row once, whatever comes between. */
import { type LocalDate, localDate } from '@cairn/kernel';
import { bucketOf } from '@cairn/kernel/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Sql } from '../../server/src/platform/db.ts';
import { signIn } from '../../server/src/platform/http/testing.ts';
import { describeJourney } from '../../server/src/platform/testing.ts';
import { type Headers, type House, openHouse } from '../bad-input/house.ts';

const DAY = localDate('2026-04-01');
const OTHER_DAY = localDate('2026-04-02');
const ROWS = 130;

type Row = Record<string, unknown>;
interface Page {
  total?: number;
  nextCursor?: string;
  rows: Row[];
}

/** Adds what stands at a place of a list; even numbers are there from the beginning. */
type Add = (db: Sql, places: readonly number[], day: LocalDate, house: House) => Promise<unknown>;

const addFiles: Add = (db, places, day) =>
  db.query(
    `insert into clearing.files (file_id, direction, party, stream, file_type, file_date, sequence,
       name, sha256, size_bytes, records, state, business_date, at)
     select 500000 + n + $3::int8, 'out', '01', 'application', '01', $2::date, n, 'F' || n,
       repeat('a', 64), 1, 1, 'built', $2::date, '2026-04-01T08:00:00Z'
     from unnest($1::int4[]) as n`,
    [places, day, day === DAY ? 0 : 10_000],
  );

const addDifferences: Add = async (db, places, day, house) => {
  const fileId = day === DAY ? 900_001 : 900_002;
  await db.query(
    `insert into clearing.files (file_id, direction, party, stream, file_type, file_date, sequence,
       name, sha256, size_bytes, records, state, business_date, at)
     values ($1, 'in', '02', 'confirmation', '04', $2, 0, 'C', repeat('b', 64), 1, 1, 'imported',
       '2026-04-03', '2026-04-01T08:00:00Z') on conflict do nothing`,
    [fileId, day],
  );
  return db.query(
    `insert into clearing.differences (bucket, kind, file_id, record_no, code, registrar_code,
       business_date, ours, theirs, how)
     select $4, 'confirmation', $3, n / 4, case n / 2 % 2 when 0 then 'A_DIFFERS' else 'B_DIFFERS' end
       || case n % 2 when 0 then '' else '_TOO' end, '02', $2::date, n::text, '1.00', 'tolerated'
     from unnest($1::int4[]) as n`,
    [places, day, fileId, bucketOf(house.investor.customerId)],
  );
};

const addExceptions: Add = (db, places, day, { investor, stranger }) =>
  db.query(
    `insert into clearing.exceptions (exception_id, business_date, code, severity, subject, bucket,
       detail, owner_role, state, raised_at, customer_id)
     select 'X' || lpad(n::text, 5, '0') || case when $2::date = $7::date then 'A' else 'B' end,
       $2::date, 'CASH_BREAK', 'remind', 'order:' || n,
       case n % 4 when 0 then $3::int2 else $4::int2 end, '{}', 'operations',
       case n when 6 then 'resolved' else 'open' end, '2026-04-01T08:00:00Z',
       case n % 4 when 0 then $5 else $6 end
     from unnest($1::int4[]) as n`,
    [
      places,
      day,
      bucketOf(investor.customerId),
      bucketOf(stranger.customerId),
      investor.customerId,
      stranger.customerId,
      DAY,
    ],
  );

/** Two at a time, so that the order needs the id. */
const secondsOf = `interval '1 second' * (n / 4)`;

const addRuns: Add = async (db, places, day, house) => {
  const session = await house.app.inject({
    method: 'GET',
    url: '/auth/session',
    headers: day === DAY ? house.staff.operations : house.staff.adviser,
  });
  const { user } = session.json<{ user: { id: string } }>();
  return db.query(
    `insert into documents.runs (run_id, kind, format, language, purpose, requested_by, roles,
       requested_at, items)
     select 'D' || lpad(n::text, 20, '0') || $2::text, 'holdings', 'pdf', 'zh', n::text, $3,
       '{operations}', timestamptz '2026-04-01T08:00:00Z' - ${secondsOf}, 1
     from unnest($1::int4[]) as n`,
    [places, day === DAY ? 'A' : 'B', `staff:${user.id}`],
  );
};

const addWarnings: Add = (db, places, day, { investor, stranger }) => {
  const { customerId } = day === DAY ? investor : stranger;
  return db.query(
    `insert into suitability.warnings (bucket, warning_id, customer_id, fund_code,
       parameter_version, profile_version, rule_version, findings, mismatch_digest, text_version,
       text_en, text_zh, channel, source, shown_by, shown_at, expires_at)
     select $2::int2, 'W' || lpad(n::text, 22, '0') || $4::text, $3, '000001', 1, 1, 1, '[]', '', '1',
       n::text, n::text, 'branch', 'staff', 'staff:S1',
       timestamptz '2026-04-01T08:00:00Z' - ${secondsOf}, timestamptz '2026-04-01T09:00:00Z'
     from unnest($1::int4[]) as n`,
    [places, bucketOf(customerId), customerId, day === DAY ? 'A' : 'B'],
  );
};

const LISTS = [
  {
    name: 'files',
    url: `/business-days/${DAY}/files`,
    placeOf: ({ name }: Row) => Number(String(name).slice(1)),
    add: addFiles,
    hidden: [] as number[],
    error: 'DAY_CURSOR_INVALID',
    foreign: ['x', '1 2', '9'.repeat(19), '-1'],
  },
  {
    name: 'differences',
    url: `/business-days/${DAY}/differences`,
    placeOf: ({ ours }: Row) => Number(ours),
    add: addDifferences,
    hidden: [] as number[],
    error: 'DAY_CURSOR_INVALID',
    foreign: ['x', '02 1 1', '02 1 99999999999 A', "02 1 1 A'"],
  },
  {
    name: 'exceptions',
    url: `/exceptions?businessDate=${DAY}`,
    placeOf: ({ subject }: Row) => Number(String(subject).slice('order:'.length)),
    add: addExceptions,
    hidden: [6],
    error: 'EXCEPTION_CURSOR_INVALID',
    foreign: ['x', '2026-02-30 X1', '2026-04-01T00:00:00.000Z X1', '2026-04-01 x;'],
  },
  {
    name: 'runs',
    url: '/document-runs',
    placeOf: ({ purpose }: Row) => Number(purpose),
    add: addRuns,
    hidden: [] as number[],
    error: 'DOCUMENT_CURSOR_INVALID',
    foreign: ['x', '2026-04-01 D1', '2026-04-01T25:00:00.000Z D1', '2026-04-01T00:00:00.000Z d;'],
  },
  {
    name: 'warnings',
    url: '/customers/INVESTOR/warnings',
    placeOf: ({ textEn }: Row) => Number(textEn),
    add: addWarnings,
    hidden: [] as number[],
    error: 'WARNING_CURSOR_INVALID',
    foreign: ['x', '2026-04-01 W1', '2026-04-01T25:00:00.000Z W1', '2026-04-01T00:00:00.000Z w;'],
  },
] as const;

describeJourney('long lists', (opened) => {
  let house: House;
  const even = Array.from({ length: ROWS }, (_row, n) => 2 * n);
  beforeAll(async () => {
    house = await openHouse(opened());
    for (const { add } of LISTS) {
      await add(opened().db, even, DAY, house);
      await add(opened().db, [2, 4], OTHER_DAY, house);
    }
  });
  afterAll(() => house.close());

  const inject = (url: string, headers: Headers = house.staff.operations) =>
    house.app.inject({
      method: 'GET',
      url: url.replace('INVESTOR', house.investor.customerId),
      headers,
    });
  const ask = async (list: (typeof LISTS)[number], query: string, headers?: Headers) => {
    const url = `${list.url}${list.url.includes('?') ? '&' : '?'}${query}`;
    const reply = await inject(url, headers);
    expect([url, reply.statusCode]).toEqual([url, 200]);
    const { [list.name]: rows, ...rest } = reply.json<Record<string, Row[]>>();
    return { ...rest, rows: rows ?? [] } as Page;
  };
  const from = ({ nextCursor }: Page) =>
    nextCursor === undefined ? undefined : `&cursor=${nextCursor}`;

  describe.each(LISTS)('$name', (list) => {
    const expected = even.filter((place) => !(list.hidden as readonly number[]).includes(place));

    test('every row comes once and in order, also what came in between after the page', async () => {
      const seen: number[] = [];
      const sizes: number[] = [];
      const first = await ask(list, 'limit=50');
      for (let page: Page | undefined = first; page !== undefined; ) {
        seen.push(...page.rows.map(list.placeOf));
        sizes.push(page.rows.length);
        if (sizes.length === 1) {
          // One before the end of the first page, one behind it.
          await list.add(opened().db, [21, 201], DAY, house);
        }
        const cursor = from(page);
        page = cursor === undefined ? undefined : await ask(list, `limit=50${cursor}`);
      }
      expect(sizes).toEqual([50, 50, expected.length + 1 - 100]);
      expect(seen).toEqual([...expected, 201].toSorted((a, b) => a - b));
    });

    test('says how many there are where it is shown, and no more than 200 come at once', async () => {
      const page = await ask(list, 'limit=200');
      expect(page.rows).toHaveLength(expected.length + 2);
      expect(page.nextCursor).toBeUndefined();
      expect((await ask(list, 'limit=7')).total).toBe(
        list.name === 'files' ? expected.length + 2 : undefined,
      );
      const more = await inject(`${list.url}${list.url.includes('?') ? '&' : '?'}limit=201`);
      expect(more.statusCode).toBe(400);
    });

    test('a cursor that lies is refused', async () => {
      for (const place of list.foreign) {
        const cursor = Buffer.from(place).toString('base64url');
        const url = `${list.url}${list.url.includes('?') ? '&' : '?'}cursor=${cursor}`;
        const reply = await inject(url);
        const { code } = reply.json<{ code: string }>();
        expect([place, reply.statusCode, code]).toEqual([place, 422, list.error]);
      }
    });
  });

  test('a branch pages through the exceptions of its customers, and sees no list of the firm', async () => {
    const own = (await signIn(house.app, ['operations'], 'B01')).headers;
    const [files, differences, exceptions] = LISTS;
    const seen: number[] = [];
    let page: Page | undefined = await ask(exceptions, 'limit=40', own);
    while (page !== undefined) {
      seen.push(...page.rows.map(exceptions.placeOf));
      const cursor = from(page);
      page = cursor === undefined ? undefined : await ask(exceptions, `limit=40${cursor}`, own);
    }
    expect(seen).toEqual(even.filter((place) => place % 4 === 0));
    for (const { url } of [files, differences]) {
      expect([url, (await inject(url, own)).statusCode]).toEqual([url, 403]);
    }
    for (const { url } of [files, differences, exceptions]) {
      expect([url, (await inject(url, house.staff.adviser)).statusCode]).toEqual([url, 403]);
    }
  });

  test('without a day the open exceptions go from one day to the next', async () => {
    const days: string[] = [];
    let cursor: string | undefined = '';
    while (cursor !== undefined) {
      const reply = await inject(`/exceptions?limit=60${cursor}`);
      const page = reply.json<{ exceptions: Row[]; nextCursor?: string }>();
      days.push(...page.exceptions.map(({ businessDate }) => String(businessDate)));
      cursor = from({ ...page, rows: [] });
    }
    expect(days).toEqual(days.toSorted((a, b) => a.localeCompare(b)));
    expect(days.filter((day) => day === DAY)).toHaveLength(ROWS + 1);
    expect(days.filter((day) => day === OTHER_DAY)).toHaveLength(2);
  });
});

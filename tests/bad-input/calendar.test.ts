/** Trading days that are imported, row 52: whole, by four eyes, live in every process; or refused. */
import { addDays, amount, dayOfWeek, localDate, rate } from '@cairn/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { placeOrders } from '../../server/src/modules/trading/index.ts';
import { playOperator } from '../../server/src/app/sandbox/house.ts';
import { LiveCalendar } from '../../server/src/platform/calendar.ts';
import type { Problem } from '../../server/src/platform/http/problem.ts';
import { describeEachDb } from '../../server/src/platform/testing.ts';
import { type House, moveTo, openHouse } from './house.ts';
import { PLAIN } from './market.ts';
import { faultsOfRefusal } from './problem.ts';
import { nextKey, post } from './send.ts';
import { changedTables, stateOfHouse } from './state.ts';

// A refused import is audited, by design; its rows may not be kept.
const AUDITED = ['platform.audit', 'platform.buckets'];

/** Closed besides weekends; a sample, since nobody has announced these years yet. */
const isClosed = (date: string) => /-(01-01|02-0[89]|02-10|05-0[1-5]|10-0[1-4])$/.test(date);

function rowsOf(year: string): string[] {
  const rows: string[] = [];
  for (let d = localDate(`${year}-01-01`); d.startsWith(year); d = addDays(d, 1)) {
    if (dayOfWeek(d) <= 5) rows.push(`${d},${!isClosed(d)}`);
  }
  return rows;
}

const fileOf = (rows: readonly string[]): string => ['date,open', ...rows, ''].join('\n');
const YEAR = rowsOf('2027');
/** The file with the row of a day written otherwise, or left out. */
const having = (date: string, row?: string): string =>
  fileOf(YEAR.flatMap((one) => (one.startsWith(date) ? (row === undefined ? [] : [row]) : [one])));

interface Report {
  created: number;
  changed: number;
  unchanged: number;
  held: number;
  errors: { code: string; line: number; message: string; messageZh: string }[];
  approvalId?: string;
}

describeEachDb('the exchange calendar', (opened) => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse(opened());
  });
  afterAll(async () => {
    await house.close();
  });

  async function importFile(payload: string, query = 'kind=tradingDays') {
    return await house.app.inject({
      method: 'POST',
      url: `/products/imports?${query}`,
      headers: { ...house.staff.operations, 'content-type': 'text/csv' },
      payload,
    });
  }
  const at = (date: string, time = '09:30:00.000') => moveTo(house, date, time);
  const order = () => ({
    kind: 'purchase',
    customerId: house.investor.customerId,
    clientOrderNo: nextKey(),
    fundCode: PLAIN,
    amount: '10.00',
  });

  /** An order of another process on the same database: its own memory, its own calendar. */
  const elsewhere = { calendar: new LiveCalendar() };
  async function placeElsewhere(): Promise<string | undefined> {
    const [placed] = await placeOrders({ ...house.world, ...elsewhere }, playOperator, [
      {
        customerId: house.investor.customerId,
        clientOrderNo: nextKey(),
        fundCode: PLAIN,
        channel: '2',
        businessCode: '022',
        amount: amount(1_000n),
        discountRate: rate(100_000_000n),
      },
    ]);
    return placed?.kind === 'decided' ? placed.receipt.tradeDate : undefined;
  }

  test.each([
    ['no date', having('2027-03-01', '2027-02-30,true'), 'CELL_INVALID'],
    ['neither open nor closed', having('2027-03-01', '2027-03-01,yes'), 'CELL_INVALID'],
    ['a day twice', fileOf([...YEAR, '2027-03-01,true']), 'ROW_TWICE'],
    ['a weekday left out', having('2027-03-01'), 'CALENDAR_DAY_MISSING'],
    ['a worked Saturday', fileOf([...YEAR, '2027-02-20,true']), 'CALENDAR_WEEKEND_OPEN'],
    ['a day of another year', fileOf([...YEAR, '2028-01-03,true']), 'CALENDAR_OTHER_YEAR'],
    ['no trading day', fileOf(YEAR).replaceAll('true', 'false'), 'CALENDAR_DAYS_COUNT'],
    ['a year that leaves a gap', fileOf(rowsOf('2028')), 'CALENDAR_YEAR_GAP'],
    ['a year before the first', fileOf(rowsOf('1990')), 'CALENDAR_YEAR_GAP'],
    ['a known year, otherwise', fileOf(rowsOf('2026')), 'CALENDAR_DAY_DIFFERS'],
    ['no row', fileOf([]), 'CALENDAR_EMPTY'],
    ['another column', 'date,closed\n2027-01-04,true\n', 'CSV_COLUMN_UNKNOWN'],
  ])('%s: refused whole, with the fault in both languages', async (_what, file, code) => {
    const before = await stateOfHouse(house, AUDITED);
    const looked = await importFile(file, 'kind=tradingDays&dryRun=true');
    const [first] = looked.json<Report>().errors;
    expect([looked.statusCode, first?.code]).toEqual([200, code]);
    expect(first?.message).toMatch(/^[A-Z0-9"].*\.$/);
    expect(first?.messageZh).toMatch(/\p{Script=Han}/u);
    const reply = await importFile(file);
    expect([reply.statusCode, reply.json<Problem>().code]).toEqual([422, 'PRODUCT_IMPORT_REFUSED']);
    expect(faultsOfRefusal(reply)).toEqual([]);
    expect(changedTables(before, await stateOfHouse(house, AUDITED))).toEqual([]);
  });

  test('beyond the calendar an order is 422, here and in another process', async () => {
    await at('2026-12-31', '15:00:00.000');
    const reply = await post(house, '/orders', order());
    expect([reply.statusCode, reply.json<Problem>().code]).toEqual([422, 'CALENDAR_OUT_OF_RANGE']);
    await expect(placeElsewhere()).rejects.toThrow('2026-12-31');
  });

  test('a coming year waits for a second person; then orders have their day in every process', async () => {
    const dry = await importFile(fileOf(YEAR), 'kind=tradingDays&dryRun=true');
    expect(dry.json<Report>()).toMatchObject({ created: YEAR.length, held: YEAR.length });
    const reply = await importFile(fileOf(YEAR));
    const { approvalId = '' } = reply.json<Report>();
    expect(reply.statusCode).toBe(202);
    expect((await post(house, '/orders', order())).statusCode).toBe(422);
    const decide = (as: 'operations' | 'reviewer') =>
      post(
        house,
        `/approvals/${approvalId}/approve`,
        { reason: '与交易所公告一致' },
        house.staff[as],
      );
    expect((await decide('operations')).statusCode).toBe(403);
    expect((await decide('reviewer')).statusCode).toBe(200);
    const placed = await post(house, '/orders', order());
    expect([placed.statusCode, placed.json<{ tradeDate: string }>().tradeDate]).toEqual([
      201,
      '2027-01-04',
    ]);
    expect(await placeElsewhere()).toBe('2027-01-04');
    await at('2027-02-05', '15:00:00.000');
    expect(await placeElsewhere()).toBe('2027-02-11');
  });

  test('the same year again changes nothing, and another one is a correction', async () => {
    const again = await importFile(fileOf(YEAR));
    expect([again.statusCode, again.json<Report>().unchanged]).toEqual([200, YEAR.length]);
    const other = await importFile(
      having('2027-10-05', '2027-10-05,false'),
      'kind=tradingDays&dryRun=true',
    );
    expect(other.json<Report>().errors.map(({ code }) => code)).toEqual(['CALENDAR_DAY_DIFFERS']);
  });

  test('a correction is of days far enough ahead, by four eyes, and live at once', async () => {
    const kind = 'kind=tradingDayCorrections';
    for (const [row, code] of [
      ['2027-02-19,false', 'CALENDAR_TOO_LATE'],
      ['2029-01-02,false', 'CALENDAR_DAY_UNKNOWN'],
      ['2027-03-06,true', 'CALENDAR_WEEKEND_OPEN'],
    ] as const) {
      const reply = await importFile(fileOf([row]), `${kind}&dryRun=true`);
      expect([row, reply.json<Report>().errors.map((error) => error.code)]).toEqual([row, [code]]);
    }
    const reply = await importFile(fileOf(['2027-10-05,false', '2027-10-06,true']), kind);
    expect(reply.json<Report>()).toMatchObject({ changed: 1, unchanged: 1, held: 1 });
    const id = reply.json<Report>().approvalId ?? '';
    const approve = () =>
      post(house, `/approvals/${id}/approve`, { reason: '交易所更正公告' }, house.staff.reviewer);
    expect((await approve()).statusCode).toBe(200);
    await at('2027-09-30', '15:00:00.000');
    expect(await placeElsewhere()).toBe('2027-10-06');
    const placed = await post(house, '/orders', order());
    expect(placed.json<{ tradeDate: string }>().tradeDate).toBe('2027-10-06');
  });

  test('the calendar of a year says each day, its version, and who said it', async () => {
    const read = async (year: string) =>
      house.app.inject({ url: `/calendar?year=${year}`, headers: house.staff.auditor });
    const year = (await read('2027')).json<{
      last: string;
      tradingDays: number;
      days: { date: string; isTradingDay: boolean; version: number }[];
      imports: { days: number; maker: string; checker: string }[];
    }>();
    const open = YEAR.filter((row) => row.endsWith('true')).length - 1;
    expect([year.last, year.days.length, year.tradingDays]).toEqual(['2027-12-31', 365, open]);
    const on = (date: string) => year.days.find((day) => day.date === date);
    expect(on('2027-10-05')).toMatchObject({ isTradingDay: false, version: 2 });
    expect(on('2027-10-06')).toMatchObject({ isTradingDay: true, version: 1 });
    expect(year.imports.map(({ days }) => days)).toEqual([1, 365]);
    expect(year.imports[0]?.maker).not.toBe(year.imports[0]?.checker);
    const known = (await read('2026')).json<typeof year>();
    expect([known.imports, known.days.every(({ version }) => version === 0)]).toEqual([[], true]);
    const beyond = await read('2028');
    expect([beyond.statusCode, beyond.json<Problem>().code]).toEqual([
      422,
      'CALENDAR_OUT_OF_RANGE',
    ]);
  });

  test('an approval that comes too late is refused: the days may have been used', async () => {
    await at('2027-10-08');
    const asked = await importFile(fileOf(['2027-10-26,false']), 'kind=tradingDayCorrections');
    await at('2027-10-14');
    const { approvalId = '' } = asked.json<Report>();
    const url = `/approvals/${approvalId}/approve`;
    const reply = await post(house, url, { reason: '已核对' }, house.staff.reviewer);
    expect([reply.statusCode, reply.json<Problem>().code]).toEqual([409, 'CALENDAR_MOVED_ON']);
  });
});

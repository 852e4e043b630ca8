/** The operations room: the day as a board, run and paused in the background, watched live. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '../../server/src/platform/actor.ts';
import { raiseExceptions } from '../../server/src/modules/clearing/exceptions.ts';
import { playOperator } from '../../server/src/app/sandbox/house.ts';
import { runDay } from '../../server/src/modules/clearing/index.ts';
import { STREAMS_PER_USER_MAX } from '../../server/src/platform/http/live.ts';
import { signIn } from '../../server/src/platform/http/testing.ts';
import { describeJourney } from '../../server/src/platform/testing.ts';
import { FIRM, work } from '../../server/src/platform/work.ts';
import { type House, openHouse, TODAY } from '../bad-input/house.ts';

interface Board {
  businessDate: string;
  dueDate: string;
  state: string;
  runner: { pauseAskedBy: string | null } | null;
  steps: {
    step: string;
    state: string;
    isNext: boolean;
    counts: { key: string; label: string; labelZh: string; value: number }[];
    failure?: { code: string; message: string; messageZh: string };
  }[];
  files: { direction: string; files: number; records: number }[];
  checks: { id: string; state: string; count: number; titleZh: string }[];
}

/** Reads a stream of events until it ends or `until` is satisfied. */
async function readStream(
  url: string,
  headers: Readonly<Record<string, string>>,
  until: (event: string, data: Record<string, never>) => boolean = () => false,
): Promise<{ status: number; type: string; events: [string, Record<string, never>][] }> {
  const stop = new AbortController();
  const response = await fetch(url, { headers, signal: stop.signal });
  const events: [string, Record<string, never>][] = [];
  let text = '';
  const decoder = new TextDecoder();
  try {
    for await (const part of response.body ?? []) {
      text += decoder.decode(part as Uint8Array, { stream: true });
      for (;;) {
        const end = text.indexOf('\n\n');
        if (end < 0) break;
        const block = text.slice(0, end);
        text = text.slice(end + 2);
        const [, event = ''] = /^event: (.+)$/m.exec(block) ?? [];
        const [, data = '{}'] = /^data: (.+)$/m.exec(block) ?? [];
        if (event === '') continue;
        const value = JSON.parse(data) as Record<string, never>;
        events.push([event, value]);
        if (until(event, value)) stop.abort();
      }
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  }
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    events,
  };
}

describeJourney('the board of the business day', (opened) => {
  let house: House;
  let url: string;
  beforeAll(async () => {
    house = await openHouse(opened());
    url = await house.app.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(() => house.close());

  async function call<T>(
    method: 'GET' | 'POST',
    path: string,
    body?: object,
    as: Role = 'operations',
    read: (text: string) => T = JSON.parse,
  ): Promise<{ status: number; json: T; text: string }> {
    const reply = await house.app.inject({
      method,
      url: path,
      headers: house.staff[as],
      ...(body === undefined ? {} : { payload: body }),
    });
    return { status: reply.statusCode, json: read(reply.body), text: reply.body };
  }
  const board = async (date: string) =>
    (await call<Board>('GET', `/business-days/${date}/board`)).json;

  test('a closed day shows every step with its counts, its files and its checks', async () => {
    const closed = await board('2026-03-03');
    expect(closed.state).toBe('closed');
    expect(closed.steps.map((step) => step.state)).toEqual(Array(11).fill('done'));
    const confirm = closed.steps.find((step) => step.step === 'confirm');
    expect(confirm?.counts.find((one) => one.key === 'trades')).toMatchObject({
      label: 'trades',
      labelZh: '交易',
      value: 6,
    });
    for (const { label, labelZh } of closed.steps.flatMap((step) => step.counts)) {
      expect(label).toMatch(/^[A-Z a-z,]/);
      expect(labelZh).toMatch(/\p{Script=Han}|^NAV/u);
    }
    expect(closed.files.filter((file) => file.direction === 'in').length).toBeGreaterThan(1);
    expect(closed.checks.map((check) => check.state)).toEqual(Array(5).fill('passed'));
    expect((await call('GET', '/business-days/2026-02-02/board')).status).toBe(404);
  });

  test('the day that is due waits at its first step, though nobody opened it', async () => {
    const due = (await call<Board>('GET', '/business-days/due/board')).json;
    expect([due.businessDate, due.state]).toEqual([TODAY, 'due']);
    expect(due.steps.filter((step) => step.isNext).map((step) => step.step)).toEqual(['open']);
    // Before anything was sent or compared, packages and columns have not passed.
    expect(due.checks.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'stepsDone open',
      'packagesArrived notYet',
      'nothingBlocks passed',
      'accepted passed',
      'noBreaks notYet',
    ]);
    expect((await call<{ code: string }>('POST', `/business-days/${TODAY}/pause`)).json.code).toBe(
      'DAY_NOT_FOUND',
    );
  });

  test('a run that is asked to pause stops after its step, and the next one goes on', async () => {
    let asked: number | undefined;
    const paused = await runDay(house.world, playOperator, TODAY, {
      onStep: async (step, phase) => {
        if (step !== 'open' || phase !== 'after') return;
        asked = (await call('POST', `/business-days/${TODAY}/pause`)).status;
        const { runner } = await board(TODAY);
        expect(runner?.pauseAskedBy).toMatch(/^staff:/);
      },
    });
    expect(asked).toBe(202);
    expect(paused).toMatchObject({ isComplete: false, isPaused: true });
    expect(paused.steps.map((step) => step.step)).toEqual(['open']);
    const late = await call<{ code: string }>('POST', `/business-days/${TODAY}/pause`);
    expect([late.status, late.json.code]).toEqual([409, 'DAY_NOT_RUNNING']);
  });

  test('a run in the background is told live, step by step', async () => {
    const seen: string[] = [];
    const watching = readStream(
      `${url}/business-days/${TODAY}/live`,
      house.staff.operations,
      (event, data) => {
        const steps = (data['steps'] ?? []) as unknown as Board['steps'];
        seen.push(`${event} ${steps.filter((step) => step.state === 'done').length}`);
        return steps.find((step) => step.step === 'send')?.state === 'done';
      },
    );
    const started = await call('POST', `/business-days/${TODAY}/background-runs`, {
      until: 'send',
    });
    expect(started.status).toBe(202);
    const { status, type, events } = await watching;
    expect([status, type]).toEqual([200, 'text/event-stream; charset=utf-8']);
    expect(seen.at(-1)).toBe('state 4');
    const last = events.at(-1)?.[1] as unknown as Board;
    expect(last.files.some((file) => file.direction === 'out' && file.records > 0)).toBe(true);
  });

  test('a refused run is told to who asked; a run that fails says why on the board', async () => {
    const early = await call<{ code: string }>(
      'POST',
      '/business-days/2026-03-05/background-runs',
      {},
    );
    expect([early.status, early.json.code]).toEqual([422, 'DAY_NOT_BEGUN']);
    await call('POST', `/business-days/${TODAY}/background-runs`, {});
    await readStream(`${url}/business-days/${TODAY}/live`, house.staff.operations, (_event, data) =>
      ((data['steps'] ?? []) as unknown as Board['steps']).some((step) => step.state === 'failed'),
    );
    const failed = (await board(TODAY)).steps.find((step) => step.state === 'failed');
    expect(failed).toMatchObject({ step: 'receive', isNext: true });
    expect(failed?.failure).toMatchObject({ code: 'PACKAGE_MISSING' });
    expect(failed?.failure?.messageZh).toContain('01/market');
    const check = (await board(TODAY)).checks.find((one) => one.id === 'packagesArrived');
    expect(check).toMatchObject({ state: 'open', count: 1 });
  });

  test('a stream of what is finished says so and ends', async () => {
    const { events } = await readStream(
      `${url}/business-days/2026-03-02/live`,
      house.staff.auditor,
    );
    expect(events.map(([event]) => event)).toEqual(['state', 'end']);
    expect(events.at(-1)?.[1]).toEqual({ reason: 'final' });
  });

  test('a stream ends with its session, and is for those who may watch', async () => {
    const { headers } = await signIn(house.app, ['operations']);
    const watching = readStream(`${url}/business-days/${TODAY}/live`, headers);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await house.app.inject({ method: 'POST', url: '/auth/logout', headers });
    const { events } = await watching;
    expect(events.at(-1)).toEqual(['end', { reason: 'session' }]);
    const partner = await fetch(`${url}/business-days/${TODAY}/live`, {
      headers: house.staff.partner,
    });
    expect(partner.status).toBe(403);
    await partner.body?.cancel();
  });

  test('nobody opens more streams than a person watches', async () => {
    const stop = new AbortController();
    const most = STREAMS_PER_USER_MAX * house.apis;
    const open = await Promise.all(
      Array.from({ length: most + 1 }, () =>
        fetch(`${url}/business-days/${TODAY}/live`, {
          headers: house.staff.reviewer,
          signal: stop.signal,
        }),
      ),
    );
    expect(open.map((one) => one.status).toSorted((a, b) => a - b)).toEqual([
      ...Array<number>(most).fill(200),
      429,
    ]);
    stop.abort();
  });

  test('a file is shown as records with names, personal data masked until a purpose is given', async () => {
    const list = await call<{
      files: { fileId: string; fileType: string; direction: string }[];
    }>('GET', '/business-days/2026-03-02/files');
    const file = list.json.files.find((one) => one.fileType === '01' && one.direction === 'out');
    interface Records {
      total: number;
      titleZh: string;
      fields: { name: string; labelZh: string; isPersonal: boolean }[];
      records: { index: number; values: { text: string; meaningZh?: string }[] }[];
    }
    const path = `/files/${file?.fileId}/records`;
    const masked = await call<Records>('GET', `${path}?limit=2`);
    expect(masked.json.titleZh).toContain('账户');
    expect(masked.json.total).toBe(3);
    expect(masked.json.records).toHaveLength(2);
    const at = (name: string) => masked.json.fields.findIndex((field) => field.name === name);
    const names = masked.json.records.map((one) => one.values[at('InvestorName')]?.text);
    for (const name of names) expect(name).toMatch(/^.\*+/);
    expect(masked.text).not.toContain('张三丰');
    expect(masked.text).not.toContain(house.investor.spec.certificateNo);
    const shown = `/files/${file?.fileId}/text`;
    const text = await call('GET', shown, undefined, 'operations', (body) => body);
    expect([text.status, text.text.includes('张三丰')]).toEqual([200, false]);
    const rest = await call<Records>('GET', `${path}?from=2&limit=50`);
    expect(rest.json.records.map((one) => one.index)).toEqual([2]);
    const clear = await call<Records>('POST', `${path}/unmask`, { purpose: '核对开户资料' });
    expect(clear.text).toContain('张三丰');
    const audit = await opened().db.query<{ subject: string; detail: string }>(
      `select subject, detail from platform.audit where action = 'clearing.unmask-file'`,
    );
    expect(audit).toHaveLength(1);
    expect(audit[0]?.detail).toContain('核对开户资料');
    expect((await call('POST', `${path}/unmask`, { purpose: 'x' }, 'auditor')).status).toBe(403);
    const bank = list.json.files.find((one) => one.fileType === 'INSTRUCTION');
    const table = await call<Records>('GET', `/files/${bank?.fileId}/records`);
    expect(table.json.fields.map((field) => field.labelZh)).toContain('资产账户');
    expect(table.json.records.length).toBe(table.json.total);
  });

  test('exceptions are found by day, state and owner, with what was done about each', async () => {
    await work(house.world, [FIRM], ({ tx, now }) =>
      raiseExceptions(tx, now, [
        {
          businessDate: TODAY,
          code: 'NAV_HELD',
          severity: 'remind',
          subject: 'nav:test',
          detail: {},
          ownerRole: 'operations',
        },
      ]),
    );
    const page = await call<{
      exceptions: { exceptionId: string; code: string }[];
      nextCursor?: string;
    }>('GET', `/exceptions/search?businessDate=${TODAY}&limit=1`);
    const [first] = page.json.exceptions;
    expect(['NAV_HELD', 'PACKAGE_MISSING']).toContain(first?.code);
    expect(page.json.nextCursor).toBeDefined();
    const second = await call<{ exceptions: { exceptionId: string }[]; nextCursor?: string }>(
      'GET',
      `/exceptions/search?businessDate=${TODAY}&limit=1&cursor=${page.json.nextCursor}`,
    );
    expect(second.json.exceptions[0]?.exceptionId).not.toBe(first?.exceptionId);
    expect(second.json.nextCursor).toBeUndefined();
    await house.app.inject({
      method: 'POST',
      url: `/exceptions/${first?.exceptionId}/actions`,
      headers: house.staff.operations,
      payload: { kind: 'assign', owner: 'wang.li' },
    });
    const owned = await call<{ exceptions: unknown[] }>('GET', '/exceptions/search?owner=wang.li');
    expect(owned.json.exceptions).toHaveLength(1);
    const detail = await call<{ events: { event: string; note: string }[] }>(
      'GET',
      `/exceptions/${first?.exceptionId}`,
    );
    expect(detail.json.events.map(({ event, note }) => [event, note])).toEqual([
      ['raised', ''],
      ['assigned', 'wang.li'],
    ]);
    expect((await call('GET', '/exceptions/search?cursor=abc')).status).toBe(422);
  });
});

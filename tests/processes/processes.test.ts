/*
 * Two API processes, one for jobs and one for the stream share one database: the same order asked
 * for at both is one order, one of two cancellations wins, a killed stream process loses no event,
 * the business day runs, and every invariant holds.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { vi } from 'vitest';
import { openRegistrar } from '../../bench/load/day.ts';
import { type House, houseFor, setClock, timeOfDay } from '../../bench/load/house.ts';
import { runCairn, ServedHouse } from '../../bench/load/process.ts';
import { findNats } from '../../scripts/find-nats.ts';
import { DAY, FUND } from '../../server/src/app/sandbox/order-stage.ts';
import { describePostgres, testServerUrl } from '../../server/src/platform/testing.ts';
import { orderFlow } from '../../server/src/modules/trading/order-flow.ts';
import { Broker } from '../stream/broker.ts';

const CUSTOMERS = 40;
const ORDERS = 80;
const CANCELLED = 20;

describePostgres('several processes on one database', () => {
  let house: House;
  let broker: Broker | undefined;
  const running: ServedHouse[] = [];
  beforeAll(async () => {
    const wish = { isKept: false, progress: () => undefined, prefix: 'cairn_test_processes' };
    house = await houseFor(testServerUrl(), CUSTOMERS, wish);
    if (findNats() !== undefined) broker = await Broker.start();
  });
  afterAll(async () => {
    for (const one of running) await one.kill();
    await broker?.stop();
    await house?.drop();
  });

  async function start(roles: string): Promise<ServedHouse> {
    const env = broker === undefined ? {} : { NATS_URL: broker.url };
    const server = await ServedHouse.start(house, env, roles);
    running.push(server);
    return server;
  }

  async function post(server: ServedHouse, path: string, body?: object) {
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${house.key}`,
        'idempotency-key': `p-${path}-${JSON.stringify(body)}`.slice(0, 250),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, reply: (await response.json()) as Record<string, unknown> };
  }

  const purchase = (n: number) => ({
    kind: 'purchase',
    customerId: house.customerIds[n % CUSTOMERS],
    clientOrderNo: `p${n}`,
    fundCode: FUND,
    amount: '100.00',
  });

  /** Accepted and cancelled orders, as the consumer of events has counted them. */
  async function counted() {
    const [row] = await house.db.query<{ accepted: bigint | null; cancelled: bigint | null }>(
      `select sum(accepted)::int8 as accepted, sum(cancelled)::int8 as cancelled
       from trading.order_flow`,
    );
    return [Number(row?.accepted ?? 0n), Number(row?.cancelled ?? 0n)];
  }

  test('races between processes are decided once, and the day is played', {
    timeout: 500_000,
  }, async () => {
    await setClock(house, timeOfDay('10:00:00'));
    const first = await start('api');
    const second = await start('api');
    await start('jobs');
    const stream = await start('stream');
    const asked = await Promise.all(
      Array.from({ length: ORDERS }, (_, n) =>
        Promise.all([first, second].map((server) => post(server, '/orders', purchase(n)))),
      ),
    );
    expect(asked.flat().filter(({ status }) => status !== 201)).toEqual([]);
    const ids = asked.map((pair) => new Set(pair.map(({ reply }) => reply['orderId'])));
    expect(ids.filter((pair) => pair.size !== 1)).toEqual([]);
    // The process that was told of these orders dies; the next one does what it left.
    await stream.kill();
    const cancelled = await Promise.all(
      ids.slice(0, CANCELLED).map((pair) => {
        const path = `/orders/${String([...pair][0])}/cancellation`;
        return Promise.all([first, second].map((server) => post(server, path)));
      }),
    );
    for (const pair of cancelled) {
      expect(pair.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    }
    await start('stream');
    await vi.waitFor(async () => expect(await counted()).toEqual([ORDERS, CANCELLED]), {
      timeout: 90_000,
      interval: 250,
    });
    const rows = await house.db.query('select 1 from trading.orders');
    expect(rows).toHaveLength(ORDERS);
    for (const one of running.splice(0)) await one.kill();
    await setClock(house, timeOfDay('15:30:00'));
    await start('api');
    await start('stream');
    const run = (...more: string[]) => runCairn(house, ['day', 'run', '--date', DAY, ...more]);
    const sent = await run('--until', 'send');
    expect([sent.code, sent.output]).toEqual([0, sent.output]);
    openRegistrar(house).playDay(DAY);
    const closed = await run();
    expect([closed.code, closed.output]).toEqual([0, closed.output]);
    const check = await runCairn(house, ['check']);
    expect(check.output.split('\n').filter((line) => line.startsWith('FAIL'))).toEqual([]);
    // The check of the consumer bites: an event that counted twice is found.
    await house.db.script('update trading.order_flow set accepted = accepted + 1');
    const spoilt = await runCairn(house, ['check']);
    expect(spoilt.output).toMatch(/^FAIL {2}E2/m);
    expect(orderFlow.topics).toContain('trading.order-accepted');
  });
});

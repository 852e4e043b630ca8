/** HTTP acceptance of orders with the whole path, beside the floor route of the same server. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import autocannon from 'autocannon';
import { assert } from '@cairn/kernel';
import { median, type Row, row } from './measure.ts';
import { FUND, type Stage } from '../server/src/app/sandbox/order-stage.ts';

export interface MeasuredServer {
  readonly port: number;
  readonly key: string;
  stop(): Promise<void>;
}

/** Starts the measured server on the stage's database. */
export async function startServer(url: string, folder: string): Promise<MeasuredServer> {
  const script = new URL('./http-server.ts', import.meta.url).pathname;
  const child: ChildProcess = spawn(
    process.execPath,
    ['--conditions=development', script, url, folder],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  assert(child.stdout !== null, 'the server prints where it listens');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { port, key } = JSON.parse(line) as { port: number; key: string };
  return {
    port,
    key,
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

let sequence = 0;

interface Shot {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
}

async function shoot(
  server: MeasuredServer,
  stage: Stage,
  path: string,
  connections: number,
  seconds: number,
): Promise<Shot> {
  const run = `h${process.pid}-${path.slice(1, 6)}`;
  const result = await autocannon({
    url: `http://127.0.0.1:${server.port}`,
    connections,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        path,
        setupRequest(request) {
          const n = sequence++;
          const investor = stage.investors[n % stage.investors.length];
          const body = {
            kind: 'purchase',
            customerId: investor?.customerId,
            clientOrderNo: `${run}-${n}`,
            fundCode: FUND,
            amount: '100.00',
          };
          return {
            ...request,
            headers: {
              'content-type': 'application/json',
              authorization: `Bearer ${server.key}`,
              'idempotency-key': `${run}-${n}`,
            },
            body: JSON.stringify(body),
          };
        },
      },
    ],
  });
  const good = result['2xx'];
  assert(
    result.non2xx === 0 && result.errors === 0 && good > 0,
    `every request of the bench is accepted: ${good} good, ${result.non2xx} refused, ${result.errors} errors`,
  );
  return { perSecond: good / result.duration, p50: result.latency.p50, p99: result.latency.p99 };
}

/** Measures `rounds` times, ours and floor in turn, after a warm-up of both. */
export async function benchHttp(
  server: MeasuredServer,
  stage: Stage,
  connections: number,
  rounds: number,
  seconds: number,
): Promise<Row> {
  await shoot(server, stage, '/orders', connections, 2);
  await shoot(server, stage, '/floor-orders', connections, 2);
  const ours: Shot[] = [];
  const floor: Shot[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(await shoot(server, stage, '/orders', connections, seconds));
    floor.push(await shoot(server, stage, '/floor-orders', connections, seconds));
  }
  const rate = (shots: readonly Shot[]) => median(shots.map((shot) => shot.perSecond));
  return row(`HTTP acceptance, ${connections} connections`, rate(ours), rate(floor), 2, {
    p50Ms: median(ours.map((shot) => shot.p50)),
    p99Ms: median(ours.map((shot) => shot.p99)),
    floorP50Ms: median(floor.map((shot) => shot.p50)),
    floorP99Ms: median(floor.map((shot) => shot.p99)),
  });
}

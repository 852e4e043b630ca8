/** HTTP acceptance of orders with the whole path, beside the floor route of the same server. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import autocannon from 'autocannon';
import { assert } from '@cairn/kernel';
import { median, type Row, row } from './measure.ts';
import { sign, signatureBase } from '../server/src/platform/auth/signatures.ts';
import { FUND, type Stage } from '../server/src/app/sandbox/order-stage.ts';

export interface MeasuredServer {
  readonly port: number;
  readonly key: string;
  /** A key whose holder signs. */
  readonly signed: SigningHolder;
  /** Processor seconds that the server has taken. */
  cpuSeconds(): number;
  stop(): Promise<void>;
}

interface SigningHolder {
  readonly key: string;
  readonly keyId: string;
  readonly secret: string;
}

// Linux counts processor time of a process in hundredths of a second.
const TICKS = 100;

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
  const { port, key, signed } = JSON.parse(line) as Omit<MeasuredServer, 'stop' | 'cpuSeconds'>;
  return {
    port,
    key,
    signed,
    cpuSeconds() {
      // User and system time are the twelfth and thirteenth field after the name in brackets.
      const text = readFileSync(`/proc/${child.pid}/stat`, 'utf8');
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
      return (Number(fields[11]) + Number(fields[12])) / TICKS;
    },
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
  /** Processor microseconds of the server for one request. */
  readonly serverUs: number;
}

/** The headers of a signed order. */
function signedHeaders({ key, keyId, secret }: SigningHolder, body: string, nonce: string) {
  const headers = {
    'content-type': 'application/json',
    'content-digest': `sha-256=:${createHash('sha256').update(body).digest('base64')}:`,
    'idempotency-key': nonce,
  };
  const covered = ['@method', '@path', '@query', 'content-digest', 'idempotency-key'];
  const created = Math.floor(Date.now() / 1_000);
  const list = covered.map((name) => `"${name}"`).join(' ');
  const written = `(${list});created=${created};nonce="${nonce.padEnd(16, '-')}";keyid="${keyId}"`;
  const message = { method: 'POST', url: '/orders', headers, hasBody: true };
  const signature = sign(
    { algorithm: 'hmac-sha256', secret },
    signatureBase(message, covered, written),
  );
  return {
    ...headers,
    authorization: `Bearer ${key}`,
    'signature-input': `sig=${written}`,
    signature: `sig=:${signature}:`,
  };
}

async function shoot(
  server: MeasuredServer,
  stage: Stage,
  path: string,
  connections: number,
  seconds: number,
  signs = false,
): Promise<Shot> {
  const cpuBefore = server.cpuSeconds();
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
          const text = JSON.stringify(body);
          const headers = signs
            ? signedHeaders(server.signed, text, `${run}-${n}`)
            : {
                'content-type': 'application/json',
                authorization: `Bearer ${server.key}`,
                'idempotency-key': `${run}-${n}`,
              };
          return { ...request, headers, body: text };
        },
      },
    ],
  });
  const good = result['2xx'];
  assert(
    result.non2xx === 0 && result.errors === 0 && good > 0,
    `every request of the bench is accepted: ${good} good, ${result.non2xx} refused, ${result.errors} errors`,
  );
  const { p50, p99 } = result.latency;
  const serverUs = ((server.cpuSeconds() - cpuBefore) / good) * 1e6;
  return { perSecond: good / result.duration, p50, p99, serverUs };
}

const WARM_UP_SECONDS = 2;

type Shoot = (seconds: number) => Promise<Shot>;

/** Two ways `rounds` times in turn, after a warm-up of both. */
async function inTurn(
  rounds: number,
  seconds: number,
  one: Shoot,
  other: Shoot,
): Promise<[Shot[], Shot[]]> {
  await one(WARM_UP_SECONDS);
  await other(WARM_UP_SECONDS);
  const shots: [Shot[], Shot[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    shots[0].push(await one(seconds));
    shots[1].push(await other(seconds));
  }
  return shots;
}

/** Orders that are signed (RFC 9421), beside the same orders unsigned: what a signature costs. */
export async function benchSigned(
  server: MeasuredServer,
  stage: Stage,
  connections: number,
  rounds: number,
  seconds: number,
): Promise<Row> {
  const ask = (forSeconds: number, signs: boolean) =>
    shoot(server, stage, '/orders', connections, forSeconds, signs);
  const [signed, unsigned] = await inTurn(
    rounds,
    seconds,
    (forSeconds) => ask(forSeconds, true),
    (forSeconds) => ask(forSeconds, false),
  );
  const middle = (shots: readonly Shot[], of: keyof Shot) => median(shots.map((shot) => shot[of]));
  const rate = [middle(signed, 'perSecond'), middle(unsigned, 'perSecond')] as const;
  return row(`signed orders beside unsigned, ${connections}`, ...rate, 0, {
    p50Ms: middle(signed, 'p50'),
    unsignedP50Ms: middle(unsigned, 'p50'),
    serverUs: middle(signed, 'serverUs'),
    unsignedServerUs: middle(unsigned, 'serverUs'),
  });
}

/** Measures `rounds` times, ours and floor in turn, after a warm-up of both. */
export async function benchHttp(
  server: MeasuredServer,
  stage: Stage,
  connections: number,
  rounds: number,
  seconds: number,
): Promise<Row> {
  const [ours, floor] = await inTurn(
    rounds,
    seconds,
    (forSeconds) => shoot(server, stage, '/orders', connections, forSeconds),
    (forSeconds) => shoot(server, stage, '/floor-orders', connections, forSeconds),
  );
  const rate = (shots: readonly Shot[]) => median(shots.map((shot) => shot.perSecond));
  return row(`HTTP acceptance, ${connections} connections`, rate(ours), rate(floor), 2, {
    p50Ms: median(ours.map((shot) => shot.p50)),
    p99Ms: median(ours.map((shot) => shot.p99)),
    floorP50Ms: median(floor.map((shot) => shot.p50)),
    floorP99Ms: median(floor.map((shot) => shot.p99)),
  });
}

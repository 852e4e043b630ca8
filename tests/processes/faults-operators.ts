/** Slips of operators, and what they forget: a certificate that runs out, a backup that is too old. */
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { purchaseOf } from '../../server/src/app/sandbox/order-stage.ts';
import { placeOrders } from '../../server/src/modules/trading/index.ts';
import { systemActor } from '../../server/src/platform/actor.ts';
import { anchorTask } from '../../server/src/platform/anchors.ts';
import { openDb } from '../../server/src/platform/db.ts';
import { post } from './call.ts';
import { expectThat, type Fault, until } from './fault.ts';
import { expectRefused } from './faults-starts.ts';
import { EVENING, type ProcessHouse } from './house.ts';
import { ServerProcess } from './server-process.ts';

/** Certificates of 127.0.0.1 under one key, one that holds and one that has run out. */
interface Certificates {
  readonly key: string;
  readonly good: string;
  readonly expired: string;
  /** Both as authorities of a client. */
  readonly authorities: string;
}

/** Makes them; undefined where there is no openssl. */
function makeCertificates(folder: string): Certificates | undefined {
  mkdirSync(folder, { recursive: true });
  const path = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore' });
  const names = ['-subj', '/CN=127.0.0.1'];
  const made = { key: path('key.pem'), good: path('good.pem'), expired: path('expired.pem') };
  writeFileSync(path('names'), 'subjectAltName=IP:127.0.0.1\n');
  try {
    openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', made.key);
    openssl('req', '-new', '-key', made.key, '-out', path('request.pem'), ...names);
    for (const [file, days] of [
      [made.good, '30'],
      [made.expired, '-1'],
    ] as const) {
      const signed = ['-in', path('request.pem'), '-signkey', made.key, '-out', file];
      openssl('x509', '-req', '-days', days, '-extfile', path('names'), ...signed);
    }
  } catch {
    return undefined;
  }
  const authorities = path('authorities.pem');
  execFileSync('sh', ['-c', `cat "$0" "$1" > "$2"`, made.good, made.expired, authorities]);
  return { ...made, authorities };
}

/** The certificate of the database runs out: nothing is sent to it, and the reason is said. */
async function certificateExpired(house: ProcessHouse): Promise<number> {
  const { cluster } = house;
  const folder = join(house.folder, 'certificates');
  const made = makeCertificates(folder);
  if (made === undefined) return 0;
  const { uid, gid } = statSync(cluster.data);
  const install = async (certificate: string) => {
    for (const [from, name] of [
      [made.key, 'server.key'],
      [certificate, 'server.crt'],
    ] as const) {
      const to = join(cluster.data, name);
      copyFileSync(from, to);
      chownSync(to, uid, gid);
      chmodSync(to, 0o600);
    }
    await cluster.sql('alter system set ssl = on');
    await cluster.sql('select pg_reload_conf()');
  };
  await install(made.good);
  const address = cluster.url('house');
  const env = {
    DATABASE_URL: `${address}?sslmode=verify-full&sslrootcert=${made.authorities}`,
    CAIRN_ROLES: 'api',
  };
  // With the good certificate it starts and works, so what is refused later is the date.
  const server = await ServerProcess.start(house.optionsFor(95, { env }));
  const ask = async () => {
    const response = await fetch(`http://127.0.0.1:${server.port}/business-days`, {
      headers: { authorization: `Bearer ${house.key}` },
    });
    return `${response.status} ${await response.text()}`;
  };
  try {
    await until('the server answers', async () => (await ask()).startsWith('200 '));
    await install(made.expired);
    let answer = '';
    await until('requests are refused', async () => {
      answer = await ask();
      // The database takes the new one a moment later, and for new connections.
      if (answer.startsWith('200 ')) {
        await cluster.sql(
          'select pg_terminate_backend(pid) from pg_stat_ssl where ssl and pid <> pg_backend_pid()',
        );
      }
      return answer.includes('CERTIFICATE');
    });
    const isSaid = answer.startsWith('503 ') && answer.includes('CERT_HAS_EXPIRED');
    expectThat(isSaid, `the caller is told to come again, and why: ${answer}`);
    await expectRefused(house, env, /DATABASE_CERTIFICATE_REFUSED.*CERT_HAS_EXPIRED/s);
    await install(made.good);
    await until('with a new one it works', async () => (await ask()).startsWith('200 '), 60_000);
  } finally {
    await server.kill();
    await cluster.sql('alter system set ssl = off');
    await cluster.sql('select pg_reload_conf()');
  }
  return 1;
}

let restored = 0;

/** Yesterday's backup in the place of today's database: its orders of today are gone. */
async function backupRestored(house: ProcessHouse): Promise<number> {
  const { cluster, stage } = house;
  const name = `restored_${(restored += 1)}`;
  const dataDir = join(house.folder, name);
  mkdirSync(dataDir);
  const url = cluster.url(name);
  const env = { DATABASE_URL: url };
  await cluster.sql(`create database ${name} template ${EVENING}`);
  const db = await openDb({ url, poolSize: 2 });
  try {
    const world = { ...stage.world, db };
    await placeOrders(
      world,
      systemActor('faults'),
      stage.investors.slice(0, 3).map((investor) => purchaseOf(investor, 'today')),
    );
    await anchorTask(dataDir).run(world);
  } finally {
    await db.close();
  }
  await cluster.sql(`drop database ${name} with (force)`);
  await cluster.sql(`create database ${name} template ${EVENING}`);
  await expectRefused(house, env, /DATABASE_RESTORED/, dataDir);
  // Who means it says so, once; that he did stands in the audit.
  const options = house.optionsFor(96, { dataDir, env });
  const meant = ServerProcess.begin(options, ['serve', '--restored']);
  await meant.ready();
  await meant.kill();
  const rows = await cluster.sql(
    `select 1 from platform.audit where action = 'platform.accept-restored'`,
    name,
  );
  expectThat(rows.length === 1, 'the audit says who went on from a backup');
  const after = await ServerProcess.start(options);
  await after.kill();
  await cluster.sql(`drop database ${name} with (force)`);
  return 1;
}

/** What books and rules stand on. */
const KEPT = [
  'platform.audit',
  'accounts.postings',
  'accounts.holding_movements',
  'trading.orders',
  'trading.order_events',
  'products.fund_parameters',
  'products.fee_schedules',
  'suitability.rules',
  'clearing.rules',
];

/** Nobody deletes by hand what the books stand on, whatever rights he has. */
/** What the database itself answers to a change of what is only appended. */
const APPEND_ONLY = 'CA001';

async function rowsDeleted({ cluster }: ProcessHouse): Promise<number> {
  for (const table of KEPT) {
    const outcome = await cluster.sql(`delete from ${table}`, 'house').then(
      () => 'deleted',
      (error: unknown) => (error as { code?: string }).code ?? String(error),
    );
    expectThat(outcome === APPEND_ONLY, `no row of ${table} is deleted: ${outcome}`);
  }
  return 1;
}

export const operatorFaults: readonly Fault[] = [
  {
    name: 'wrong business dates and the same run twice',
    group: 'slip of an operator',
    async run(house) {
      const headers = {
        authorization: `Bearer ${house.key}`,
        'content-type': 'application/json',
      };
      const runOf = (date: string, body: object) =>
        post(`${house.url}/business-days/${date}/runs`, headers, JSON.stringify(body));
      const run = () => runOf('2026-03-02', { until: 'collect' });
      const both = await Promise.all([run(), run()]);
      for (const { status, text } of [...both, await run(), await run()]) {
        const isFine = status === 200 || text.includes('DAY_BEING_RUN');
        expectThat(isFine, `a run again is harmless: ${text}`);
      }
      for (const date of ['2026-03-01', '2026-03-03', '2026-02-27', '2027-01-04']) {
        const { status, text } = await runOf(date, {});
        expectThat(status === 409 || status === 422, `the run of ${date} is refused: ${text}`);
      }
      return 1;
    },
  },
  {
    name: 'certificate of the database expired',
    group: 'name or certificate fails',
    run: certificateExpired,
  },
  { name: 'backup of yesterday restored', group: 'slip of an operator', run: backupRestored },
  { name: 'rows of the books deleted by hand', group: 'slip of an operator', run: rowsDeleted },
];

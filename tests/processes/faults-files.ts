/**
 * Files of registrar and bank, as networks and people spoil them, brought to a server of its own: what
 * is not whole and right is not booked, and once the right files are there the books are those of a
 * night without any fault.
 */
import { appendFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatBasicDate } from '@cairn/kernel';
import { NEXT_DAY } from '../../server/src/app/sandbox/order-stage.ts';
import { type Db, openDb } from '../../server/src/platform/db.ts';
import { fileStore } from '../../server/src/platform/files.ts';
import { changedFile, type FileChange } from '../bad-input/change-file.ts';
import { dice, expectThat, type Fault } from './fault.ts';
import type { ProcessHouse } from './house.ts';
import { brokenChecks } from './judge.ts';
import { type NamedFile, type NightCopy, withNight } from './night.ts';
import { ServerProcess } from './server-process.ts';

/** A run of the day as the server tells of it. */
interface Run {
  readonly isComplete: boolean;
  readonly steps: readonly {
    readonly step: string;
    readonly counts: Readonly<Record<string, number>>;
    readonly failure?: { readonly code: string };
  }[];
}

/** A server over a copy of the night, and what stands in its database. */
class NightServer {
  readonly #server: ServerProcess;
  readonly #copy: NightCopy;
  readonly #key: string;
  readonly db: Db;

  private constructor(server: ServerProcess, copy: NightCopy, key: string, db: Db) {
    this.#server = server;
    this.#copy = copy;
    this.#key = key;
    this.db = db;
  }

  static async open(house: ProcessHouse, copy: NightCopy): Promise<NightServer> {
    const { dataDir, exchange, url } = copy;
    const env = { DATABASE_URL: url, CAIRN_EXCHANGE_DIR: exchange };
    const server = await ServerProcess.start(house.optionsFor(94, { dataDir, env }));
    return new NightServer(server, copy, house.key, await openDb({ url, poolSize: 2 }));
  }

  bring(party: string, files: readonly NamedFile[]): void {
    for (const [name, bytes] of files) writeFileSync(this.path(party, name), bytes);
  }

  /** Takes away what was not taken. */
  clear(party: string): void {
    for (const entry of readdirSync(this.path(party, ''), { withFileTypes: true })) {
      if (entry.isFile()) rmSync(this.path(party, entry.name));
    }
  }

  path(party: string, name: string): string {
    return join(this.#copy.exchange, party, 'in', name);
  }

  /** Runs the day up to a step; what the receive step counted, and why the run stopped. */
  async run(until: 'receive' | 'reconcile') {
    const url = `http://127.0.0.1:${this.#server.port}/business-days/${NEXT_DAY}/runs`;
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.#key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ until }),
    });
    const text = await response.text();
    expectThat(response.status === 200, `the run is answered: ${response.status} ${text}`);
    const { isComplete, steps } = JSON.parse(text) as Run;
    const counts = steps.find(({ step }) => step === 'receive')?.counts ?? {};
    return { isComplete, counts, code: steps.at(-1)?.failure?.code, text };
  }

  /** How many orders have their answer. */
  async answered(): Promise<number> {
    const [row] = await this.db.query<{ n: number }>(
      `select count(*)::int4 as n from trading.orders where state not in ('accepted', 'sent')`,
    );
    return row?.n ?? 0;
  }

  async close(): Promise<void> {
    await this.db.close();
    await this.#server.kill();
  }
}

/** How one file of a package may be spoilt. */
const CHANGES: readonly FileChange[] = [
  { lineEnd: '\n' },
  { lineEnd: '\r' },
  { encode: 'utf16le' },
  { before: '﻿' },
  { after: 'more\r\n' },
  { whole: '' },
  // The end mark is missing.
  { line: { at: -2, drop: true } },
  // A record more than the count says.
  { line: { at: -3, twice: true } },
  { line: { at: -3, dropBytes: 1 } },
  // Another version, sender, receiver and day.
  { line: { at: 1, set: '19  ' } },
  { line: { at: 2, set: '02       ' } },
  { line: { at: 3, set: '306      ' } },
  { line: { at: 4, set: '20260213' } },
];

/** One data file of the package is not as it was sent. */
function spoilt(files: readonly NamedFile[], how: (bytes: Buffer) => Buffer): NamedFile[] {
  const at = dice.int(0, files.length - 2);
  return files.map(([name, bytes], n): NamedFile => [name, n === at ? how(bytes) : bytes]);
}

const cutOff = (bytes: Buffer): Buffer => bytes.subarray(0, dice.int(0, bytes.length - 3));

/** GB18030 read as what it is and written as UTF-8; the same bytes where nothing is Chinese. */
const asUtf8 = (bytes: Buffer): Buffer => Buffer.from(new TextDecoder('gb18030').decode(bytes));

/** The package of confirmations of the day; what is dated later waits in the folder anyway. */
const isConfirmation = ([name]: NamedFile): boolean =>
  name.includes(formatBasicDate(NEXT_DAY)) && !/^OFJ|_07\.TXT$/.test(name);

/** The package as it should not be, one way each, by what is wrong with it. */
function badWays(good: readonly NamedFile[]): (readonly [string, readonly NamedFile[]])[] {
  const torn = good.map(([name, bytes]): NamedFile => [`${name}.part`, cutOff(bytes)]);
  const changes = [dice.pick(CHANGES), dice.pick(CHANGES)];
  const inUtf8 = good.map(([name, bytes]): NamedFile => [name, asUtf8(bytes)]);
  const isChinese = inUtf8.some(([, bytes], n) => good[n]?.[1].equals(bytes) === false);
  return dice.shuffle([
    ['nothing', []],
    ['no index', good.slice(0, -1)],
    ['one file missing', good.slice(1)],
    ['torn copy', torn],
    ['cut off', spoilt(good, cutOff)],
    ...changes.map((change): [string, NamedFile[]] => [
      JSON.stringify(change),
      spoilt(good, (bytes) => changedFile(bytes, change)),
    ]),
    ...(isChinese ? [['UTF-8', inUtf8] as const] : []),
  ]);
}

/** Brings the package badly and sees that nothing of it is booked; returns in how many ways. */
async function bringBadly(server: NightServer, good: readonly NamedFile[]): Promise<number> {
  const ways = badWays(good);
  for (const [what, files] of ways) {
    server.bring('01', files);
    const { isComplete, counts, code, text } = await server.run('reconcile');
    const isKept = (counts['imported'] ?? 0) === 0 && code === 'PACKAGE_MISSING' && !isComplete;
    expectThat(isKept && (await server.answered()) === 0, `${what}: nothing is booked: ${text}`);
    server.clear('01');
  }
  return ways.length;
}

/** A file that somebody still writes to is not read. */
async function bringGrowing(server: NightServer, good: readonly NamedFile[]): Promise<number> {
  server.bring('01', good);
  const [name] = dice.pick(good.slice(0, -1));
  const writing = setInterval(() => appendFileSync(server.path('01', name), ' '), 0);
  try {
    const { counts, text } = await server.run('receive');
    expectThat((counts['imported'] ?? 0) === 0, `a file that grows is not taken: ${text}`);
    return 1;
  } finally {
    clearInterval(writing);
    server.clear('01');
  }
}

/** What is known already does nothing; other bytes under a known name are refused. */
async function bringAgain(server: NightServer, good: readonly NamedFile[]): Promise<number> {
  server.bring('01', good);
  await server.run('receive');
  server.bring('01', good);
  const again = await server.run('receive');
  expectThat((again.counts['known'] ?? 0) > 0, `known files do nothing: ${again.text}`);
  server.bring(
    '01',
    spoilt(good, (bytes) => changedFile(bytes, { noLastLineEnd: true })),
  );
  const other = await server.run('receive');
  expectThat((other.counts['refused'] ?? 0) > 0, `changed files are refused: ${other.text}`);
  return 2;
}

/** What the orders came to, and what everybody has. */
async function booksOf(db: Db): Promise<string> {
  const rows = await Promise.all([
    db.query(
      `select order_id, state, confirmed_amount, confirmed_units, fee, nav, confirm_date
       from trading.orders order by order_id`,
    ),
    db.query(
      'select account_code, bucket, balance, frozen from accounts.cash_accounts order by 1, 2',
    ),
    db.query(
      `select trading_account_no, fund_code, share_class, units, frozen, lot_count
       from accounts.holdings order by 1, 2, 3`,
    ),
  ]);
  return JSON.stringify(rows, (_key, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
}

/** Books of a night whose files were right. */
const wholes = new WeakMap<ProcessHouse, string>();

/** Plays one night up to its reconciliation; what was seen, and how the books stand. */
async function playNight(house: ProcessHouse, isHurt: boolean) {
  return withNight(house, async ({ brought }, copy) => {
    const server = await NightServer.open(house, copy);
    try {
      const registrar = brought.get('01') ?? [];
      const good = registrar.filter(isConfirmation);
      server.bring(
        '01',
        registrar.filter((file) => !isConfirmation(file)),
      );
      server.bring('BANK', brought.get('BANK') ?? []);
      await server.run('receive');
      const seen = isHurt
        ? (await bringBadly(server, good)) +
          (await bringGrowing(server, good)) +
          (await bringAgain(server, good))
        : 0;
      server.bring('01', good);
      const { isComplete, text } = await server.run('reconcile');
      expectThat(isComplete, `with the right files the day goes on: ${text}`);
      expectThat((await server.answered()) > 0, `orders are answered: ${text}`);
      const { secrets } = house.stage.world;
      const files = fileStore(join(copy.dataDir, 'files'), { secrets });
      const broken = await brokenChecks(server.db, { world: { ...house.stage.world, files } });
      return { seen, books: await booksOf(server.db), broken };
    } finally {
      await server.close();
    }
  });
}

async function filesHurt(house: ProcessHouse): Promise<number> {
  const whole = wholes.get(house) ?? (await playNight(house, false)).books;
  wholes.set(house, whole);
  const { seen, books, broken } = await playNight(house, true);
  expectThat(books === whole, 'the books are those of a night without faults');
  expectThat(broken.length === 0, broken.join('; '));
  return seen;
}

export const fileFaults: readonly Fault[] = [
  {
    name: 'files that are late, damaged, changed or brought twice',
    group: 'files of counterparties',
    run: filesHurt,
  },
];

/*
 * The house on a distributed database. On a PostgreSQL with Citus when TEST_CITUS_URL names one;
 * on every machine on a stand-in for the extension, which takes and refuses the same calls.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runInstalled } from '../../server/src/app/commands/installed.ts';
import { openInstallation } from '../../server/src/app/installation.ts';
import { loadSettings } from '../../server/src/platform/config.ts';
import { type Db } from '../../server/src/platform/db.ts';
import {
  distribute,
  PLACES,
  planDistribution,
} from '../../server/src/platform/distribution/distribute.ts';
import {
  citusUrl,
  openTestDistributed,
  openTestPostgres,
  postgresAnswers,
  type TestDatabase,
  testServerUrl,
} from '../../server/src/platform/testing.ts';
import { day, openStage, type Stage } from '../business-day/stage.ts';
import { createStandIn } from './stand-in.ts';

const KEY = '7'.repeat(64);

interface Kept extends Record<string, unknown> {
  name: string;
  type: string;
  column: string;
}

const kept = (db: Db) =>
  db.query<Kept>(
    `select n.nspname || '.' || c.relname as name, t.citus_table_type as type,
       t.distribution_column as column
     from citus_tables t join pg_class c on c.oid = t.table_name
     join pg_namespace n on n.oid = c.relnamespace order by 1`,
  );

const createCitus = (db: Db) => db.script('create extension citus');

describe.each([
  ['a stand-in', testServerUrl(), createStandIn, postgresAnswers],
  ['Citus (TEST_CITUS_URL)', citusUrl ?? '', createCitus, citusUrl !== undefined],
] as const)('a house on %s', (_name, server, prepare, isThere) => {
  describe.skipIf(!isThere)('with its tables distributed', () => {
    let database: TestDatabase;
    let stage: Stage;
    beforeAll(async () => {
      database = await openTestDistributed(server, prepare);
      stage = await openStage(database.db);
    });
    afterAll(async () => {
      stage?.remove();
      await database?.drop();
    });

    test('every table lies where it belongs, and there is nothing left to do', async () => {
      const tables = (await kept(database.db)).filter(({ type }) => type !== 'local');
      const of = (type: string) =>
        tables.filter((one) => one.type === type).map(({ name }) => name);
      expect(of('distributed')).toEqual([...PLACES.byBucket].toSorted());
      expect(of('reference')).toEqual([...PLACES.everywhere].toSorted());
      expect(new Set(tables.map(({ column }) => column))).toEqual(new Set(['bucket', '<none>']));
      expect(await planDistribution(database.db)).toEqual({ statements: [], misfits: [] });
    });

    test('business days are played there, and every check holds', async () => {
      for (const n of [0, 1, 2]) {
        stage.at(day(n), '10:00:00.000');
        await stage.buy(0, '1000.00');
        await stage.buy(1, '2000.00', '000002');
        if (n === 2) await stage.sell(0, '100.00');
        expect((await stage.play(day(n))).isComplete).toBe(true);
      }
      const settings = loadSettings({ DATABASE_URL: database.url, CAIRN_MASTER_KEY: KEY });
      const said: string[] = [];
      const installation = { settings, world: stage.world, close: async () => undefined };
      const code = await runInstalled('check', installation, [], (line) => void said.push(line));
      expect([code, said.filter((line) => line.startsWith('FAIL'))]).toEqual([0, []]);
    });

    test('facts are refused a change there too', async () => {
      const change = database.db.query(`update accounts.postings set amount = amount`);
      await expect(change).rejects.toMatchObject({ code: 'CA001' });
    });
  });
});

describe.skipIf(!postgresAnswers)('cairn db distribute', () => {
  let database: TestDatabase;
  let folder: string;
  beforeAll(async () => {
    database = await openTestPostgres();
    folder = mkdtempSync(join(tmpdir(), 'cairn-test-citus-'));
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function command(...args: string[]) {
    const settings = loadSettings({
      DATABASE_URL: database.url,
      CAIRN_DATA_DIR: folder,
      CAIRN_MASTER_KEY: KEY,
    });
    const installation = await openInstallation(settings);
    const lines: string[] = [];
    try {
      const code = await runInstalled('db', installation, args, (line) => void lines.push(line));
      return { code, lines, output: lines.join('\n') };
    } finally {
      await installation.close();
    }
  }

  const made = PLACES.byBucket.length + PLACES.everywhere.length;

  test.each([[[]], [['undistribute']], [['distribute', 'now']], [['distribute', '--fast']]])(
    'a misuse says how it is used: %j',
    async (args) => {
      const { code, output } = await command(...args);
      expect([code, output]).toEqual([
        2,
        'Usage: cairn db distribute [--dry-run]\n用法：cairn db distribute [--dry-run]',
      ]);
    },
  );

  test('without the extension it is refused and does nothing; a dry run shows the statements', async () => {
    const refused = await command('distribute');
    expect(refused.code).toBe(1);
    expect(refused.output).toMatch(/^citus: the extension is not in this database.*请执行/);
    const dry = await command('distribute', '--dry-run');
    expect(dry.code).toBe(1);
    const statements = dry.lines.filter((line) => line.endsWith(';'));
    expect(statements).toHaveLength(made);
    expect(statements[0]).toMatch(/^select create_reference_table\('/);
    expect(statements).toContain(
      `select create_distributed_table('customers.customers', 'bucket', colocate_with => 'none');`,
    );
    expect(statements).toContain(
      `select create_distributed_table('trading.orders', 'bucket', colocate_with => 'customers.customers');`,
    );
  });

  test('every reason is said when the version is old and a table does not fit', async () => {
    await createStandIn(database.db, '11.3-1');
    await database.db.script('create unique index planted on trading.orders (client_order_no)');
    const { code, output } = await command('distribute');
    expect(code).toBe(1);
    expect(output).toContain('citus: version 11.3-1 is older than 12 / 版本 11.3-1 低于 12');
    expect(output).toContain('trading.orders: unique key planted lacks bucket / 唯一键 planted');
    expect(await kept(database.db)).toEqual([]);
    await database.db.script(`drop index trading.planted;
      set allow_system_table_mods to on;
      update pg_extension set extversion = '13.0-1' where extname = 'citus';
      reset allow_system_table_mods`);
  });

  test('what was cut short goes on where it stopped, and is done once', async () => {
    const plan = await planDistribution(database.db);
    let count = 0;
    const cut = distribute(database.db, plan, () => {
      count += 1;
      if (count === 7) throw new Error('cut short');
    });
    await expect(cut).rejects.toThrow('cut short');
    expect(await kept(database.db)).toHaveLength(7);
    const rest = await command('distribute');
    expect(rest.code).toBe(0);
    expect(rest.lines).toHaveLength(made - 7 + 1);
    expect(rest.output).toContain(`${made - 7} tables distributed. / 已分布 ${made - 7} 个表。`);
    const again = await command('distribute');
    expect([again.code, again.output]).toEqual([
      0,
      'Every table is where it belongs. / 每个表都已在应在之处。',
    ]);
  });

  test('a table that lies elsewhere already is said', async () => {
    await database.db.script(
      `update citus_tables set distribution_column = 'lot_id' where table_name = 'accounts.lots'::regclass;
       insert into citus_tables values ('platform.facts', 'reference', '<none>')`,
    );
    const { code, output } = await command('distribute');
    expect(code).toBe(1);
    expect(output).toContain('accounts.lots: is already a distributed table by lot_id');
    expect(output).toContain('platform.facts: is already a reference table / 已经是 reference 表');
  });

  test('the embedded database is refused, after a dry run has shown what would be', async () => {
    const settings = loadSettings({ CAIRN_DATA_DIR: join(folder, 'embedded') });
    const installation = await openInstallation(settings, { worker: false });
    const said: string[] = [];
    const print = (line: string) => void said.push(line);
    expect(await runInstalled('db', installation, ['distribute'], print)).toBe(1);
    expect(said.join()).toContain('内嵌数据库不能分布');
    expect(await runInstalled('db', installation, ['distribute', '--dry-run'], print)).toBe(1);
    expect(said.filter((line) => line.startsWith('select create_'))).toHaveLength(made);
    await installation.close();
  });
});

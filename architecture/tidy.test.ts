import { describe, expect, test } from 'vitest';
import { checkGlossary, checkLinks, compareReadmes } from './documents.ts';
import ratchet from './ratchet.json' with { type: 'json' };
import { gitFiles, isCode, parseSource, parseTree, readTree } from './sources.ts';
import { ALL_BUCKETS, bucketTables, checkBuckets } from './sql.ts';
import {
  BANS,
  checkFileNames,
  checkLock,
  checkRatchet,
  checkReadmes,
  type Finding,
  findBanned,
  findDead,
  measureLong,
} from './tidy.ts';

const paths = gitFiles();
const tree = readTree(paths.filter((path) => isCode(path) || /\.(json|sql|md)$/.test(path)));
const sources = parseTree(tree);
const lines = (found: readonly Finding[]) => found.map(({ at, message }) => `${at}: ${message}`);
const source = (path: string, text: string) => parseSource(path, text);

const withoutSpared = BANS.map((ban) => ({ ...ban, spared: [] }));

describe('banned words', () => {
  test('none is used', () => {
    expect(lines(findBanned(sources))).toEqual([]);
  });

  test.each<[string, string, string]>([
    ['parseFloat(', 'server/src/x.ts', 'const a = parseFloat(text);'],
    ['Number(', 'server/src/modules/accounts/x.ts', 'const a = Number(text);'],
    ['toFixed(', 'server/src/modules/accounts/x.ts', 'a.toFixed(2);'],
    ['new Date(', 'kernel/src/x.ts', 'new Date(2020, 1, 1);'],
    ['Date.now(', 'server/src/modules/trading/x.ts', 'const a = Date.now();'],
    ['Math.random(', 'tests/x.ts', 'Math.random();'],
    ['time and waiting', 'server/src/modules/trading/domain/x.ts', 'setTimeout(run, 5);'],
    ['process.env', 'server/src/platform/db/x.ts', "process.env['HOME'];"],
    ['console', 'server/src/modules/trading/x.ts', "console.log('x');"],
    ['.only(', 'kernel/src/x.test.ts', "test.only('x', () => {});"],
    ['mocks', 'kernel/src/x.test.ts', "vi.mock('./y.ts');"],
    ['unfinished work', 'kernel/src/x.ts', '// TODO later'],
    ['as any', 'kernel/src/x.ts', 'const a = b as any;'],
    ['silenced checkers', 'kernel/src/x.ts', '// @ts-ignore'],
    ['code from text', 'server/src/modules/trading/x.ts', 'eval(text);'],
    ['code from text', 'server/src/modules/trading/x.ts', "import { parse } from 'yaml';"],
    ['code from text', 'server/src/x.ts', "import { DOMParser } from '@xmldom/xmldom';"],
    ['requests to the outside', 'server/src/modules/products/x.ts', 'await fetch(url);'],
    ['requests to the outside', 'server/src/x.ts', "import { request } from 'node:https';"],
    ['stores of the browser', 'web/src/rooms/x.ts', "localStorage.setItem('a', name);"],
    ['silenced checkers', 'kernel/src/x.ts', '// oxlint-disable-next-line no-eval'],
  ])('%s is found in %s', (name, path, text) => {
    const found = lines(findBanned([source(path, text)], withoutSpared));
    expect(found.join()).toContain(`${path}:1: ${name}`);
  });

  test('every ban is planted above', () => {
    const text = readTree(['architecture/tidy.test.ts']).get('architecture/tidy.test.ts') ?? '';
    expect(BANS.filter(({ name }) => !text.includes(`['${name.slice(0, 12)}`))).toEqual([]);
  });

  test('words in strings and comments are not code; other folders are spared by name', () => {
    expect(
      findBanned(
        [source('kernel/src/x.ts', "// Date.now(\nexport const a = 'Date.now(';")],
        withoutSpared,
      ),
    ).toEqual([]);
    expect(
      findBanned([source('server/src/platform/clock.ts', 'Date.now();')], withoutSpared),
    ).toEqual([]);
    const reasoned = '// oxlint-disable-next-line no-control-regex -- it looks for them';
    expect(findBanned([source('kernel/src/x.ts', reasoned)], withoutSpared)).toEqual([]);
  });

  test('a file that is spared without need is reported', () => {
    const bans = [{ ...BANS[0]!, spared: ['kernel/src/x.ts'] }];
    expect(lines(findBanned([source('kernel/src/x.ts', 'export {};')], bans)).join()).toContain(
      'no longer needs',
    );
  });
});

describe('size', () => {
  test('what is too long may only shrink', () => {
    expect(lines(checkRatchet(measureLong(sources), ratchet))).toEqual([]);
  });

  test('a long file, a long function, growth and a stale entry are found', () => {
    const body = 'run();\n'.repeat(71);
    const long = measureLong([
      source('kernel/src/a.ts', '\n'.repeat(401)),
      source('kernel/src/b.ts', `export function big() {\n${body}}`),
      source('kernel/src/c.ts', `export const arrow = () => {\n${body}};`),
      source('kernel/src/d.test.ts', `describe('list of tests', () => {\n${body}});`),
    ]);
    expect([...long]).toEqual([
      ['kernel/src/a.ts', 401],
      ['kernel/src/b.ts#big', 73],
      ['kernel/src/c.ts#arrow', 73],
    ]);
    const report = lines(
      checkRatchet(long, { 'kernel/src/a.ts': 401, 'kernel/src/b.ts#big': 72, gone: 500 }),
    );
    expect(report).toHaveLength(3);
    expect(report.join('\n')).toMatch(
      /b\.ts#big: 73 lines[^]*c\.ts#arrow: 73[^]*gone: is short now/,
    );
  });
});

describe('names, documents and dead files', () => {
  test('file names are kebab-case and say something', () => {
    expect(lines(checkFileNames(paths))).toEqual([]);
    const planted = [
      'kernel/src/riskProfile.ts',
      'server/src/utils/x.ts',
      'server/src/order-helpers.ts',
    ];
    expect(checkFileNames(planted).map((each) => each.at)).toEqual(planted);
  });

  test('every module and workspace has a README', () => {
    expect(lines(checkReadmes(paths))).toEqual([]);
    expect(
      checkReadmes(['server/src/modules/lending/index.ts', 'quant/package.json']),
    ).toHaveLength(2);
  });

  test('every file is loaded by something', () => {
    expect(lines(findDead(tree, sources))).toEqual([]);
    const planted = [
      source('kernel/src/a.ts', ''),
      source('kernel/src/b.test.ts', "import './c.ts';"),
      source('kernel/src/c.ts', ''),
    ];
    expect(findDead(new Map(), planted).map((each) => each.at)).toEqual(['kernel/src/a.ts']);
  });

  test('links lead somewhere', () => {
    expect(lines(checkLinks(tree, new Set(paths)))).toEqual([]);
    const planted = new Map([
      [
        'a.md',
        '[x](gone.md) [y](b.md#two-words) [z](b.md#gone) [w](https://example.org) `[v](gone.md)`',
      ],
      ['b.md', '## Two words\n```\n# gone\n```\n'],
    ]);
    expect(lines(checkLinks(planted, new Set(planted.keys())))).toEqual([
      'a.md: the link gone.md leads nowhere',
      'a.md: b.md has no heading for #gone',
    ]);
  });

  test('both README files have the same headings and commands', () => {
    const [english = '', chinese = ''] = ['README.md', 'README.zh-CN.md'].map((path) =>
      tree.get(path),
    );
    expect(english).not.toBe('');
    expect(lines(compareReadmes(english, chinese))).toEqual([]);
    const planted = '# A\n## B\n```sh\nnpm start # go\n```\n';
    expect(compareReadmes(planted, '# 甲\n## 乙\n```sh\nnpm start # 运行\n```\n')).toEqual([]);
    expect(compareReadmes(planted, '# 甲\n```sh\nnpm test\n```\n')).toHaveLength(2);
  });

  test('every name in the glossary is in the code', () => {
    expect(lines(checkGlossary(tree.get('docs/glossary.md') ?? '', tree))).toEqual([]);
    const planted = '| 份额 | units | `units`, `goldenUnits` |';
    expect(checkGlossary(planted, tree).map((each) => each.message)).toEqual([
      'no code says goldenUnits',
    ]);
  });

  test('the lock file holds every native package that it names', () => {
    expect(lines(checkLock(tree.get('package-lock.json') ?? '{"packages":{}}'))).toEqual([]);
    const planted =
      '{"packages":{"node_modules/a":{"optionalDependencies":{"a-darwin-x64":"1.0.0"}}}}';
    expect(checkLock(planted)).toHaveLength(1);
  });
});

describe('statements on tables of customers name their bucket', () => {
  const tables = bucketTables(tree);
  const owned = [
    'accounts.holdings',
    'customers.customers',
    'suitability.evidence',
    'trading.orders',
  ];

  test('the tables are found in the migrations', () => {
    expect([...tables]).toEqual(expect.arrayContaining(owned));
    expect(tables).not.toContain('products.funds');
  });

  test('every statement does, but those listed with a reason', () => {
    expect(lines(checkBuckets(sources, tables, ALL_BUCKETS))).toEqual([]);
    expect(ALL_BUCKETS.filter(({ reason }) => reason.length < 20)).toEqual([]);
  });

  const inTrading = (statement: string) =>
    source('server/src/modules/trading/x.ts', `export const sql = \`${statement}\`;`);

  test.each([
    ['select * from trading.orders where order_id = $1', 'and bucket = any($2::int2[])'],
    ['update accounts.holdings set units = $1 where trading_account_no = $2', 'and bucket = $3'],
    ['select * from trading.orders where bucket between 0 and 256', 'and bucket = $1'],
    ['select * from trading.orders where bucket >= 0 and order_id = $1', 'and bucket = any($2)'],
    ['select bucket, count(*) from trading.orders', 'where bucket = any($1) group by bucket'],
  ])('a planted statement is found: %s', (statement, cure) => {
    expect(checkBuckets([inTrading(statement)], tables, [])).toHaveLength(1);
    expect(checkBuckets([inTrading(`${statement} ${cure}`)], tables, [])).toEqual([]);
  });

  test.each([
    'insert into trading.orders (order_id) values ($1)',
    'select 1 from products.funds f join trading.orders o using (fund_code)',
    'select 1 from trading.orders o join customers.customers c on c.bucket = o.bucket',
    'select 1 from trading.${name} where order_id = $1',
  ])('a planted statement without keys is found: %s', (statement) => {
    expect(checkBuckets([inTrading(statement)], tables, []).length).toBeGreaterThan(0);
  });

  test('an insert that begins with bucket and a join on a list of keys pass', () => {
    for (const statement of [
      'insert into trading.orders (bucket, order_id) values ($1, $2)',
      'select * from unnest($1::int2[]) as k(bucket) join trading.orders o on o.bucket = k.bucket',
    ]) {
      expect(checkBuckets([inTrading(statement)], tables, [])).toEqual([]);
    }
  });

  test('an exception without need, or for another table, is reported', () => {
    const text = 'export const sql = `select * from trading.orders`;';
    const planted = source('server/src/modules/trading/x.ts', text);
    const exception = { files: planted.path, tables: ['accounts.holdings'], reason: 'planted' };
    expect(checkBuckets([planted], tables, [exception])).toHaveLength(2);
  });
});

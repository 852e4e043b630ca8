/**
 * `npm run long-lists`: the console over long lists. 100,000 customers and 100,000 orders are made by the commands, the
 * program serves them as `npm start` does, and a real Chromium pages, filters, searches and scrolls.
 * Before that the journeys of every role are walked and their interactions timed.
 * Times are from the key or click to the first row of the answer on the screen. It needs PostgreSQL
 * (`DATABASE_URL`, else 127.0.0.1:5432), makes a database `cairn_bench_*` and drops it. Options:
 * `--rows 100000`, `--json FILE`, `--figures` (keeps them for docs/operations/proof.md). Ends with 1 when a promise is not kept.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import { batchesByLane, runOurs } from '../../../bench/commands.ts';
import { answeringServer, createBenchDatabase } from '../../../bench/database.ts';
import { openAll, peopleOf } from '../../../bench/search.ts';
import { findBrowser } from '../../../scripts/find-browser.ts';
import {
  MASTER_KEY,
  openStage,
  purchaseOf,
  type Stage,
} from '../../../server/src/app/sandbox/order-stage.ts';
import { writeFigures } from '../../../server/src/app/proof/figures.ts';
import { buildConsole, House, PASSWORD } from '../house.ts';
import { codeNow } from '../totp.ts';
import { measureJourneys } from './journeys.ts';
import {
  type ConsoleRow,
  consoleTable,
  figuresOf,
  INTERACTION_MS_MAX,
  isKept,
  type Named,
  summary,
} from './report.ts';
import { ROWS, scroll, untilAnswered, watch, type Watch } from './watch.ts';

const SEARCH_MS_MAX = 200;
const CLICKS_MAX = 100;
const PAGE_ROWS = 200;

async function repeat(times: number, body: () => Promise<number>): Promise<number[]> {
  const values: number[] = [];
  for (let at = 0; at < times; at += 1) values.push(await body());
  return values;
}

async function choose(page: Page, name: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name }).click();
  await page.locator('.ant-select-item-option', { hasText: option }).first().click();
}

interface ListPlan {
  readonly name: Named;
  readonly rows: number;
  readonly link: string;
  readonly filter: () => Promise<void>;
}

async function measureList(
  page: Page,
  { name, link, filter, rows: length }: ListPlan,
): Promise<ConsoleRow[]> {
  const rows: ConsoleRow[] = [];
  const of = (zh: string, en: string): Named => ({
    zh: `${name.zh}：${zh}`,
    en: `${name.en}: ${en}`,
  });
  const next = page.getByRole('button', { name: 'Next page' });
  const nav = page.getByRole('navigation').first();
  const first = await repeat(5, async () => {
    await nav.getByRole('link', { name: 'Home', exact: true }).click();
    await page.getByRole('heading', { name: 'Home', level: 1 }).waitFor();
    const started = performance.now();
    await nav.getByRole('link', { name: link, exact: true }).click();
    await page.locator(ROWS).first().waitFor();
    return performance.now() - started;
  });
  rows.push(summary(of('从其他栏目进入首页', 'first page from another room'), first));
  rows.push(
    summary(
      of('第 2 页', 'page 2'),
      await repeat(1, () => untilAnswered(page, () => next.click())),
    ),
  );
  rows.push(summary(of('筛选', 'filtered'), [await untilAnswered(page, filter, true)]));
  await nav.getByRole('link', { name: 'Home', exact: true }).click();
  await nav.getByRole('link', { name: link, exact: true }).click();
  await page.locator(ROWS).first().waitFor();
  await choose(page, 'Rows per page', '200');
  await page.waitForFunction((rowsOf) => document.querySelectorAll(rowsOf).length === 200, ROWS);
  const clicks = Math.min(CLICKS_MAX, Math.floor(length / PAGE_ROWS) - 1);
  const pages = await repeat(clicks, () => untilAnswered(page, () => next.click()));
  rows.push(
    summary(of('第 2 至 11 页（每页 200 行）', 'pages 2 to 11 of 200 rows'), pages.slice(0, 10)),
  );
  const [from, to] = [clicks - 8, clicks + 1];
  const far = of(`第 ${from} 至 ${to} 页（每页 200 行）`, `pages ${from} to ${to} of 200 rows`);
  rows.push(summary(far, pages.slice(-10)));
  rows.push(summary(of('滚动 200 行时的帧', 'frames while 200 rows scroll'), await scroll(page)));
  return rows;
}

/** Types a text as a person who knows it by heart, and waits for who is found. */
async function measureSearch(page: Page, { zh, en }: Named, texts: readonly string[]) {
  const field = page.getByRole('searchbox').or(page.locator('search input')).first();
  const values: number[] = [];
  for (const text of texts) {
    await field.fill('');
    await page.waitForTimeout(600);
    values.push(
      await untilAnswered(page, async () => {
        await field.fill(text.slice(0, -1));
        await page.keyboard.insertText(text.slice(-1));
      }),
    );
  }
  return summary({ zh: `按${zh}搜索`, en: `search by ${en}` }, values, SEARCH_MS_MAX);
}

/** Walks a list to its end by the cursors of the server: the last pages against the first. */
async function walkToTheEnd(
  house: House,
  token: string,
  { path, rowsOf }: { path: string; rowsOf: string },
): Promise<ConsoleRow[]> {
  const times: number[] = [];
  let count = 0;
  let cursor: string | undefined;
  do {
    const started = performance.now();
    const query = `limit=200${cursor === undefined ? '' : `&cursor=${cursor}`}`;
    const page = await house.call<
      Record<string, unknown> & { nextCursor?: string | null; cursor?: string }
    >('GET', `${path}?${query}`, undefined, token);
    times.push(performance.now() - started);
    count += (page[rowsOf] as readonly unknown[]).length;
    cursor = page.nextCursor ?? page.cursor;
  } while (cursor !== undefined);
  return [
    summary(
      {
        zh: `GET ${path}：第 1 至 20 页（每页 200 行）`,
        en: `GET ${path}: pages 1 to 20 of 200 rows`,
      },
      times.slice(0, 20),
    ),
    summary(
      {
        zh: `GET ${path}：最后 20 页，至第 ${count} 行`,
        en: `GET ${path}: the last 20 pages to row ${count}`,
      },
      times.slice(-20),
    ),
  ];
}

async function logIn(page: Page, house: House, userName: string): Promise<void> {
  await page.goto(`${house.url}/app/login`);
  await page.getByLabel('User name', { exact: true }).fill(userName);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  const secret = (await page.getByTestId('totp-secret').textContent()) ?? '';
  await page.getByLabel('One-time code', { exact: true }).fill(codeNow(secret));
  await page.getByRole('navigation').first().waitFor();
}

async function inChromium(
  browser: Browser,
  house: House,
  people: ReturnType<typeof peopleOf>,
  accounts: readonly string[],
) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(60_000);
  await context.addInitScript(() =>
    localStorage.setItem('cairn.preferences', JSON.stringify({ language: 'en' })),
  );
  const page = await context.newPage();
  await watch(page);
  await logIn(page, house, (await house.hire('operations')).userName);
  const rows = await measureList(page, {
    name: { zh: '客户', en: 'customers' },
    rows: people.length,
    link: 'Customers',
    filter: () => choose(page, 'KYC', 'Verified'),
  });
  const some = people.filter((_, index) => index % Math.floor(people.length / 20) === 7);
  await page.goto(`${house.url}/app/customers`);
  await page.locator(ROWS).first().waitFor();
  rows.push(
    await measureSearch(
      page,
      { zh: '姓名', en: 'name' },
      some.map(({ name }) => name),
    ),
  );
  rows.push(
    await measureSearch(
      page,
      { zh: '手机', en: 'phone' },
      some.map(({ phone }) => phone),
    ),
  );
  rows.push(
    await measureSearch(
      page,
      { zh: '证件号码', en: 'certificate' },
      some.map(({ card }) => card),
    ),
  );
  rows.push(await measureSearch(page, { zh: '账号', en: 'account' }, accounts));
  rows.push(
    ...(await measureList(page, {
      name: { zh: '委托', en: 'orders' },
      rows: people.length,
      link: 'Orders',
      filter: () => choose(page, 'State', 'Accepted'),
    })),
  );
  const { interactions } = await page.evaluate(
    () => (globalThis as unknown as { watch: Watch }).watch,
  );
  rows.push(
    summary(
      { zh: '操作到下一帧', en: 'interaction to next paint' },
      interactions,
      INTERACTION_MS_MAX,
    ),
  );
  await context.close();
  return rows;
}

/** Fills the house and measures the console over it; `url` is the stage's database. */
async function measureConsole(
  stage: Stage,
  url: string,
  sizes: { customers: number; orders: number },
): Promise<ConsoleRow[]> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error('there is no Chromium');
  const people = peopleOf(sizes.customers);
  await openAll(stage, people);
  const orders = Array.from({ length: sizes.orders }, (_, index) => {
    const investor = stage.investors[index % stage.investors.length];
    if (investor === undefined) throw new Error('the stage has no investors');
    return purchaseOf(investor, `console-${index}`);
  });
  const accounts = stage.investors.slice(0, 20).map(({ assetAccountNo }) => assetAccountNo);
  await runOurs(stage, batchesByLane(orders, 500));
  await stage.world.db.script('analyze');
  const dataDir = mkdtempSync(join(tmpdir(), 'cairn-bench-console-'));
  const house = await House.over(dataDir, {
    DATABASE_URL: url,
    CAIRN_MASTER_KEY: MASTER_KEY.toString('hex'),
  });
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  });
  try {
    await house.found();
    const rows = await inChromium(browser, house, people, accounts);
    const token = await house.logIn(await house.hire('operations'));
    rows.push(...(await walkToTheEnd(house, token, { path: '/customers', rowsOf: 'customers' })));
    rows.push(...(await walkToTheEnd(house, token, { path: '/orders', rowsOf: 'orders' })));
    return rows;
  } finally {
    await browser.close();
    await house.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    json: { type: 'string' },
    figures: { type: 'boolean', default: false },
  },
});
const POOL = 8;
const INVESTORS = 1_000;
const count = Number.parseInt(values.rows, 10);
await answeringServer();
buildConsole();
const journeys = measureJourneys();
const database = await createBenchDatabase('lists', POOL);
try {
  const stage = await openStage(database.db, INVESTORS);
  try {
    const sizes = { customers: count, orders: count };
    const rows = [...(await measureConsole(stage, database.url, sizes)), journeys];
    console.log(consoleTable(rows));
    const report = { node: process.version, cores: cpus().length, rowsOfEachList: count, rows };
    if (values.json !== undefined)
      writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
    if (values.figures) {
      writeFigures({
        name: 'long-lists',
        zh: '长列表上的控制台',
        en: 'The console over long lists',
        command: `npm run long-lists -- ${process.argv.slice(2).join(' ')}`,
        database: 'PostgreSQL',
        figures: figuresOf(count, rows),
      });
    }
    if (!rows.every(isKept)) process.exitCode = 1;
  } finally {
    stage.close();
  }
} finally {
  await database.drop();
}

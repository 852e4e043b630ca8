/**
 * `npm run long-lists`: the console over long lists. 100,000 customers and 100,000 orders are made by the commands, the
 * program serves them as `npm start` does, and a real Chromium pages, filters, searches and scrolls.
 * Before that the journeys of every role are walked and their interactions timed.
 * Times are from the key or click to the first row of the answer on the screen. It needs PostgreSQL
 * (`DATABASE_URL`, else 127.0.0.1:5432), makes a database `cairn_bench_*` and drops it. Options:
 * `--rows 100000`, `--json FILE`. Ends with 1 when a promise is not kept.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import { batchesByLane, runOurs } from '../../../bench/commands.ts';
import { createBenchDatabase } from '../../../bench/database.ts';
import { openAll, peopleOf } from '../../../bench/search.ts';
import { findBrowser } from '../../../scripts/find-browser.ts';
import {
  MASTER_KEY,
  openStage,
  purchaseOf,
  type Stage,
} from '../../../server/src/app/sandbox/order-stage.ts';
import { buildConsole, House, PASSWORD } from '../house.ts';
import { codeNow } from '../totp.ts';
import { measureJourneys } from './journeys.ts';
import { type ConsoleRow, consoleTable, INTERACTION_MS_MAX, isKept, summary } from './report.ts';

const SEARCH_MS_MAX = 200;
const CLICKS_MAX = 100;
const PAGE_ROWS = 200;
const SCROLL_STEPS = 120;
const ROWS = 'tbody tr:not([aria-hidden])';

/** What the page tells the bench about: interactions, frames, and when its rows change. */
interface Watch {
  interactions: number[];
  frames: number[];
}

async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const state: Watch = { interactions: [], frames: [] };
    (globalThis as unknown as { watch: Watch }).watch = state;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEventTiming & {
        interactionId: number;
      })[]) {
        if (entry.interactionId > 0) state.interactions.push(entry.duration);
      }
    }).observe({ type: 'event', buffered: true, durationThreshold: 16 } as PerformanceObserverInit);
  });
}

/**
 * Milliseconds from the last click or letter of `act` to the frame that shows its answer: the first
 * row is another one, or, when it may be the same (a filter), the list was asked for and has come.
 */
async function untilAnswered(
  page: Page,
  act: () => Promise<void>,
  maySame = false,
): Promise<number> {
  // The markup holds the id of the row, where its words may be those of another.
  const before = await page.locator(ROWS).first().innerHTML();
  await page.evaluate(
    ([rows, old, same]) => {
      const state = globalThis as unknown as { changed: Promise<number>; began: number };
      state.began = 0;
      const note = (event: Event) => {
        state.began = event.timeStamp;
      };
      for (const type of ['pointerup', 'input']) addEventListener(type, note, { capture: true });
      let wasBusy = false;
      state.changed = new Promise((resolve, reject) => {
        setTimeout(() => reject(new Error('no answer within a minute')), 60_000);
        const look = () => {
          const first = document.querySelector(rows ?? '');
          const isBusy = document.querySelector('.data-table[aria-busy="true"]') !== null;
          wasBusy ||= isBusy && state.began > 0;
          const isOther = (first !== null && first.innerHTML !== old) || (same && wasBusy);
          // The frame in which it stands there is the one that the reader sees.
          if (isOther && !isBusy && state.began > 0) {
            requestAnimationFrame(() => resolve(performance.now() - state.began));
          } else requestAnimationFrame(look);
        };
        look();
      });
    },
    [ROWS, before, maySame] as const,
  );
  await act();
  return page.evaluate(() => (globalThis as unknown as { changed: Promise<number> }).changed);
}

async function repeat(times: number, body: () => Promise<number>): Promise<number[]> {
  const values: number[] = [];
  for (let at = 0; at < times; at += 1) values.push(await body());
  return values;
}

/** Frames while a wheel turns over a full table, in milliseconds each. */
async function scroll(page: Page): Promise<number[]> {
  await page.evaluate(() => {
    const { frames } = (globalThis as unknown as { watch: Watch }).watch;
    frames.length = 0;
    let last = performance.now();
    const tick = (now: number) => {
      frames.push(now - last);
      last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  const box = await page.locator('.table-scroll').first().boundingBox();
  await page.mouse.move((box?.x ?? 0) + 200, (box?.y ?? 0) + 200);
  for (let step = 0; step < SCROLL_STEPS; step += 1) {
    await page.mouse.wheel(0, step < SCROLL_STEPS / 2 ? 120 : -120);
    await page.waitForTimeout(16);
  }
  const frames = await page.evaluate(
    () => (globalThis as unknown as { watch: Watch }).watch.frames,
  );
  return frames.slice(2);
}

async function choose(page: Page, name: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name }).click();
  await page.locator('.ant-select-item-option', { hasText: option }).first().click();
}

interface ListPlan {
  readonly name: string;
  readonly rows: number;
  readonly link: string;
  readonly filter: () => Promise<void>;
}

async function measureList(
  page: Page,
  { name, link, filter, rows: length }: ListPlan,
): Promise<ConsoleRow[]> {
  const rows: ConsoleRow[] = [];
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
  rows.push(summary(`${name}: first page from another room`, first));
  rows.push(
    summary(`${name}: page 2`, await repeat(1, () => untilAnswered(page, () => next.click()))),
  );
  rows.push(summary(`${name}: filtered`, [await untilAnswered(page, filter, true)]));
  await nav.getByRole('link', { name: 'Home', exact: true }).click();
  await nav.getByRole('link', { name: link, exact: true }).click();
  await page.locator(ROWS).first().waitFor();
  await choose(page, 'Rows per page', '200');
  await page.waitForFunction((rowsOf) => document.querySelectorAll(rowsOf).length === 200, ROWS);
  const clicks = Math.min(CLICKS_MAX, Math.floor(length / PAGE_ROWS) - 1);
  const pages = await repeat(clicks, () => untilAnswered(page, () => next.click()));
  rows.push(summary(`${name}: pages 2 to 11 of 200 rows`, pages.slice(0, 10)));
  rows.push(summary(`${name}: pages ${clicks - 8} to ${clicks + 1} of 200 rows`, pages.slice(-10)));
  rows.push(summary(`${name}: frames while 200 rows scroll`, await scroll(page)));
  return rows;
}

/** Types a text as a person who knows it by heart, and waits for who is found. */
async function measureSearch(page: Page, kind: string, texts: readonly string[]) {
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
  return summary(`search by ${kind}`, values, SEARCH_MS_MAX);
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
    summary(`GET ${path}, pages 1 to 20 of 200 rows`, times.slice(0, 20)),
    summary(`GET ${path}, the last 20 pages to row ${count}`, times.slice(-20)),
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
    name: 'customers',
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
      'name',
      some.map(({ name }) => name),
    ),
  );
  rows.push(
    await measureSearch(
      page,
      'phone',
      some.map(({ phone }) => phone),
    ),
  );
  rows.push(
    await measureSearch(
      page,
      'certificate',
      some.map(({ card }) => card),
    ),
  );
  rows.push(await measureSearch(page, 'account', accounts));
  rows.push(
    ...(await measureList(page, {
      name: 'orders',
      rows: people.length,
      link: 'Orders',
      filter: () => choose(page, 'State', 'Accepted'),
    })),
  );
  const { interactions } = await page.evaluate(
    () => (globalThis as unknown as { watch: Watch }).watch,
  );
  rows.push(summary('interaction to next paint', interactions, INTERACTION_MS_MAX));
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
  options: { rows: { type: 'string', default: '100000' }, json: { type: 'string' } },
});
const POOL = 8;
const INVESTORS = 1_000;
const count = Number.parseInt(values.rows, 10);
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
    if (!rows.every(isKept)) process.exitCode = 1;
  } finally {
    stage.close();
  }
} finally {
  await database.drop();
}

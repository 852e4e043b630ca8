/** What a page is watched for: errors in its console, rules of accessibility, what moves, how fast it answers. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ConsoleMessage, Page } from 'playwright-core';
import { expect } from 'vitest';
import { figureFaults } from './figures.ts';
import { layoutFaults } from './layout.ts';
import { type Language, untranslated } from './languages.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The slowest interaction before each look at a page since the look before it, in milliseconds. */
export const slowest = new Map<string, number>();

/** The largest contentful paint of each page that was loaded and looked at, in milliseconds. */
export const painted = new Map<string, number>();

/** How much each page moved by itself before a look at it, as the Cumulative Layout Shift. */
export const moved = new Map<string, number>();

/** Part of a page that moved by itself: when (ms), how much (the score of one shift), and what. */
export interface Shift {
  at: number;
  value: number;
  what: string;
}

interface Watched {
  slowestInteractionMs: number;
  largestPaintMs: number;
  shifts: Shift[];
}

/** Watches a page from now on; `problems` fills with what should not be there. */
export async function observe(page: Page): Promise<{ problems: string[] }> {
  const problems: string[] = [];
  page.on('console', (message: ConsoleMessage) => {
    if (message.type() !== 'error') return;
    problems.push(`${message.text()} ${message.location().url}`);
  });
  page.on('pageerror', (error) => problems.push(error.message));
  await page.addInitScript(() => {
    const watched: Watched = { slowestInteractionMs: 0, largestPaintMs: 0, shifts: [] };
    (globalThis as unknown as { watched: Watched }).watched = watched;
    // Interaction to next paint: the longest of the events that belong to one interaction.
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEventTiming & {
        interactionId: number;
      })[]) {
        if (entry.interactionId > 0 && entry.duration > watched.slowestInteractionMs) {
          watched.slowestInteractionMs = entry.duration;
        }
      }
    }).observe({ type: 'event', buffered: true, durationThreshold: 16 } as PerformanceObserverInit);
    new PerformanceObserver((list) => {
      for (const { startTime } of list.getEntries()) watched.largestPaintMs = startTime;
    }).observe({ type: 'largest-contentful-paint', buffered: true });
    // What moves because the reader just acted is expected to; the metric leaves it out as well.
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
        sources: { node: Node | null }[];
      })[]) {
        if (entry.hadRecentInput) continue;
        const parts = entry.sources.map(({ node }) =>
          node instanceof Element ? `<${node.localName} class="${node.className}">` : '',
        );
        watched.shifts.push({
          at: entry.startTime,
          value: entry.value,
          what: parts.find((text) => text !== '') ?? 'text',
        });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return { problems };
}

/** What was watched since it was last taken. */
export async function takeWatched(page: Page): Promise<Watched> {
  return page.evaluate(() => {
    const { watched } = globalThis as unknown as { watched: Watched };
    const taken = { ...watched };
    watched.slowestInteractionMs = 0;
    watched.largestPaintMs = 0;
    watched.shifts = [];
    return taken;
  });
}

/** More than this and a page is not good by the metric (web.dev/articles/cls). */
const SHIFT_MAX = 0.1;
const WINDOW_GAP_MS = 1_000;
const WINDOW_MS = 5_000;

const sumOf = (burst: readonly Shift[]): number =>
  burst.reduce((total, { value }) => total + value, 0);

/**
 * The bursts in which a page moved: one ends with a second of rest or after five seconds, as the
 * Cumulative Layout Shift is defined.
 */
function burstsOf(shifts: readonly Shift[]): Shift[][] {
  const bursts: Shift[][] = [];
  for (const shift of shifts) {
    const burst = bursts.at(-1);
    const first = burst?.[0];
    const last = burst?.at(-1);
    const goesOn =
      first !== undefined &&
      last !== undefined &&
      shift.at - last.at < WINDOW_GAP_MS &&
      shift.at - first.at < WINDOW_MS;
    if (goesOn) burst?.push(shift);
    else bursts.push([shift]);
  }
  return bursts;
}

/** The burst that sums to the most. */
const shiftOf = (shifts: readonly Shift[]): number => Math.max(0, ...burstsOf(shifts).map(sumOf));

/** Says each burst that sums to more than the metric calls good. */
export function shiftFaults(shifts: readonly Shift[]): string[] {
  return burstsOf(shifts).flatMap((burst) => {
    const sum = sumOf(burst);
    if (sum <= SHIFT_MAX) return [];
    const parts = burst.map(({ value, what }) => `${what} ${value.toFixed(3)}`);
    return [`the page moved by itself by ${sum.toFixed(2)}: ${parts.join(', ')}`];
  });
}

interface AxeResult {
  violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[];
}

/** Broken rules of accessibility, three places of each; of all rules, or of those that are named. */
export async function accessibilityFaults(page: Page, rules?: string[]): Promise<string[]> {
  await page.evaluate(axe);
  const runOnly =
    rules === undefined ? { type: 'tag', values: AXE_TAGS } : { type: 'rule', values: rules };
  const result = await page.evaluate(
    (only) =>
      (globalThis as unknown as { axe: { run(options: object): Promise<AxeResult> } }).axe.run({
        runOnly: only,
      }),
    runOnly,
  );
  return result.violations.flatMap(({ id, help, nodes }) =>
    nodes.slice(0, 3).map((node) => `${id} (${help}): ${node.html.slice(0, 160)}`),
  );
}

async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
}

async function wear(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  // The page hears of it, draws itself anew, and its colours change; half-way they are neither.
  await drawn(page);
  await page.waitForFunction(() =>
    document.getAnimations().every(({ playState }) => playState !== 'running'),
  );
}

/** What cannot be read in the dark theme, which a page wears when the system does. */
export async function darkFaults(page: Page): Promise<string[]> {
  await wear(page, 'dark');
  const faults = await accessibilityFaults(page, ['color-contrast']);
  await wear(page, 'light');
  return faults.map((fault) => `dark: ${fault}`);
}

/** Waits until nothing on the page is on its way; a live stream never ends, so the network may not. */
export async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('load');
  await page.waitForFunction(
    () => document.querySelector('[aria-busy="true"], .loading, .opening') === null,
  );
  // One more turn: what came may have asked for more.
  await page.waitForTimeout(150);
  await page.waitForFunction(
    () => document.querySelector('[aria-busy="true"], .loading, .opening') === null,
  );
}

interface Looked {
  language: Language;
  problems: string[];
  /** So high that nothing lies below a bar at the foot, where its contrast cannot be measured. */
  height?: number | undefined;
}

/** Makes the window so high; that it moves the page is nobody's fault. */
async function stretch(page: Page, height: number): Promise<void> {
  await page.setViewportSize({ width: page.viewportSize()?.width ?? 0, height });
  await drawn(page);
}

/**
 * Looks at the page as it stands: everything on it is in the reader's language, it keeps the rules
 * of accessibility, every figure on it opens, nothing is cut off or moved by itself since the look
 * before, and its console is silent. In one language it is looked at in the dark too. Notes how long
 * its slowest interaction took, and its largest paint when it was loaded.
 */
export async function look(
  page: Page,
  name: string,
  { language, problems, height }: Looked,
): Promise<void> {
  await settle(page);
  const { slowestInteractionMs, largestPaintMs, shifts } = await takeWatched(page);
  slowest.set(name, Math.max(slowest.get(name) ?? 0, slowestInteractionMs));
  moved.set(name, Math.max(moved.get(name) ?? 0, shiftOf(shifts)));
  if (largestPaintMs > 0) painted.set(name, Math.max(painted.get(name) ?? 0, largestPaintMs));
  const stood = page.viewportSize();
  if (height !== undefined) await stretch(page, height);
  // Softly: one look says everything that is wrong, and the journey goes on.
  expect.soft([name, await untranslated(page, language)]).toEqual([name, []]);
  expect.soft([name, await accessibilityFaults(page)]).toEqual([name, []]);
  if (language === 'en') expect.soft([name, await darkFaults(page)]).toEqual([name, []]);
  expect.soft([name, await figureFaults(page)]).toEqual([name, []]);
  expect.soft([name, await layoutFaults(page)]).toEqual([name, []]);
  expect.soft([name, shiftFaults(shifts)]).toEqual([name, []]);
  expect.soft([name, problems.splice(0)]).toEqual([name, []]);
  if (height === undefined || stood === null) return;
  await stretch(page, stood.height);
  await takeWatched(page);
}

/** What a page is watched for: errors in its console, rules of accessibility, and how fast it answers. */
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

/** Watches a page from now on; `problems` fills with what should not be there. */
export async function observe(page: Page): Promise<{ problems: string[] }> {
  const problems: string[] = [];
  page.on('console', (message: ConsoleMessage) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  await page.addInitScript(() => {
    // Interaction to next paint: the longest of the events that belong to one interaction.
    const state = globalThis as unknown as { slowestInteractionMs: number };
    state.slowestInteractionMs = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEventTiming & {
        interactionId: number;
      })[]) {
        if (entry.interactionId > 0 && entry.duration > state.slowestInteractionMs) {
          state.slowestInteractionMs = entry.duration;
        }
      }
    }).observe({ type: 'event', buffered: true, durationThreshold: 16 } as PerformanceObserverInit);
  });
  return { problems };
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

async function wear(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme });
  // The page hears of it, draws itself anew, and its colours change; half-way they are neither.
  await page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
  );
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
async function settle(page: Page): Promise<void> {
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

/**
 * Looks at the page as it stands: everything on it is in the reader's language, it keeps the rules
 * of accessibility, every figure on it opens, nothing is cut off,
 * and its console is silent. In one language it is looked at in the dark too. Notes how long its slowest interaction took.
 */
export async function look(
  page: Page,
  name: string,
  { language, problems }: { language: Language; problems: string[] },
): Promise<void> {
  await settle(page);
  // Softly: one look says everything that is wrong, and the journey goes on.
  expect.soft([name, await untranslated(page, language)]).toEqual([name, []]);
  expect.soft([name, await accessibilityFaults(page)]).toEqual([name, []]);
  if (language === 'en') expect.soft([name, await darkFaults(page)]).toEqual([name, []]);
  expect.soft([name, await figureFaults(page)]).toEqual([name, []]);
  expect.soft([name, await layoutFaults(page)]).toEqual([name, []]);
  expect.soft([name, problems.splice(0)]).toEqual([name, []]);
  const ms = await page.evaluate(() => {
    const state = globalThis as unknown as { slowestInteractionMs: number };
    const slowestMs = state.slowestInteractionMs;
    state.slowestInteractionMs = 0;
    return slowestMs;
  });
  slowest.set(name, Math.max(slowest.get(name) ?? 0, ms));
}

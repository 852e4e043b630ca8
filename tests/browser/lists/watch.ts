/** What a page is seen to do in a real Chromium: its answers, its frames and its interactions. */
import type { Page } from 'playwright-core';

const SCROLL_STEPS = 120;
/** The rows of a list that hold something. */
export const ROWS = 'tbody tr:not([aria-hidden])';

/** What the page tells the bench about: interactions, frames, and when its rows change. */
export interface Watch {
  interactions: number[];
  frames: number[];
}

/** Begins to note interactions in every document that the page opens. */
export async function watch(page: Page): Promise<void> {
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
export async function untilAnswered(
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

/** Frames while a wheel turns over a full table, in milliseconds each. */
export async function scroll(page: Page): Promise<number[]> {
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

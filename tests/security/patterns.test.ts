/**
 * Patterns of the API document must not take more than linear time, whatever is sent. Time itself is
 * not asserted: each pattern is matched with texts that grow by a quarter, and a step that costs more
 * than fifty milliseconds three times is a fault.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestPglite, type TestDatabase } from '../../server/src/platform/testing.ts';
import { type House, openHouse } from '../bad-input/house.ts';

let database: TestDatabase;
let house: House;
beforeAll(async () => {
  database = await openTestPglite();
  house = await openHouse(database);
});
afterAll(async () => {
  await house.close();
  await database.drop();
});

const PUMPS = ['0', '9', 'A', 'a', ' ', '.', '-', '_', '0.', 'a.', '中', '0A', '\t', '/'];
const LENGTH = 4_000;
const STEPS_MAX_MS = 50;

/** Milliseconds that a pattern takes on the worst of its texts, at best of three. */
function worstMs(pattern: RegExp, length: number): number {
  return Math.max(
    ...PUMPS.map((pump) => {
      const text = `${pump.repeat(Math.ceil(length / pump.length))}\u0001`;
      return Math.min(
        ...[1, 2, 3].map(() => {
          const start = performance.now();
          pattern.test(text);
          return performance.now() - start;
        }),
      );
    }),
  );
}

/** Whether a pattern grows much faster than its text. */
function isSlow(source: string): boolean {
  const pattern = new RegExp(source, 'u');
  for (let length = 16; length <= LENGTH; length = Math.ceil(length * 1.25)) {
    if (worstMs(pattern, length) > STEPS_MAX_MS) return true;
  }
  return false;
}

function patternsOf(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key === 'pattern' && typeof value === 'string' ? [value] : patternsOf(value),
  );
}

test('no pattern of the API takes more than linear time', async () => {
  const api = (await house.app.inject('/openapi.json')).json<{ paths: unknown }>();
  const patterns = [...new Set(patternsOf(api.paths))];
  expect(patterns.length).toBeGreaterThan(20);
  expect(patterns.filter(isSlow)).toEqual([]);
});

test('a pattern that doubles its steps with each letter is found', () => {
  expect(isSlow('^(a+)+$')).toBe(true);
});

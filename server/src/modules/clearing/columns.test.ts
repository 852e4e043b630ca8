import { rmSync } from 'node:fs';
import { localDate } from '@cairn/kernel';
import { beforeAll, expect, test } from 'vitest';
import { describeEachDb, type TestWorld, testWorld } from '../../platform/testing.ts';
import { type ColumnPart, listColumns, replaceParts, storeColumns } from './columns.ts';
import type { ColumnRow } from './domain/column-lines.ts';

const DATE = localDate('2026-03-02');
const COUNT = 4_500;

/** Row 4,321 differs; every other agrees. */
const rowOf = (place: number): ColumnRow => ({
  kind: 'units',
  subject: `01/${String(place).padStart(8, '0')}/000001`,
  ours: 100n,
  theirs: place === 4_321 ? 99n : 100n,
  customerView: 100n,
});

describeEachDb('all that was compared on a day', (opened) => {
  let world: TestWorld;
  let parts: readonly ColumnPart[];
  const page = (after: number, limit: number, subject = '') =>
    listColumns(world, DATE, { after, limit, subject });

  beforeAll(async () => {
    world = testWorld(opened().db);
    parts = await storeColumns(
      world,
      Array.from({ length: COUNT }, (_, place) => rowOf(place)),
    );
  });

  test('before it was compared there is nothing', async () => {
    expect(await page(0, 50)).toEqual({ total: 0, agreeing: 0, rows: [] });
  });

  test('pages follow one another over the parts, and a text finds its rows', async () => {
    await world.db.tx((tx) => replaceParts(tx, DATE, parts));
    const seen: string[] = [];
    for (let after: number | undefined = 0; after !== undefined; ) {
      const { rows, next, total, agreeing } = await page(after, 170);
      expect([total, agreeing]).toEqual([COUNT, COUNT - 1]);
      seen.push(...rows.map(({ subject }) => subject));
      after = next;
    }
    expect(seen).toEqual(Array.from({ length: COUNT }, (_, place) => rowOf(place).subject));
    const found = await page(1, 2, '43');
    expect(found.total).toBe(seen.filter((subject) => subject.includes('43')).length);
    expect(found.rows.map(({ subject }) => subject)).toEqual(
      seen.filter((subject) => subject.includes('43')).slice(1, 3),
    );
    expect(await page(0, 50, '00004321')).toMatchObject({
      total: 1,
      agreeing: 0,
      rows: [{ theirs: '0.99', agrees: false }],
    });
  });

  test('comparing again takes the place of what was there', async () => {
    await world.db.tx((tx) => replaceParts(tx, DATE, parts.slice(0, 1)));
    expect((await page(0, 1)).total).toBe(2_000);
    await world.db.tx((tx) => replaceParts(tx, DATE, parts));
    expect((await page(0, 1)).total).toBe(COUNT);
  });

  test('a page reads only where it lies', async () => {
    for (const part of parts.slice(1)) rmSync(world.files.path(part.sha256));
    expect((await page(1_900, 100)).rows).toHaveLength(100);
    await expect(page(1_901, 100)).rejects.toThrow();
  });
});

import { expect, test } from 'vitest';
import { Refusals, refusalsAfter } from './refusals.ts';

test.each([
  [0, 4],
  [3.9, 4],
  [20.5, 20],
  [64, 64],
  [5_000, 64],
])('after a turn of %d ms, %i are told', (turnMs, count) => {
  expect(refusalsAfter(turnMs)).toBe(count);
});

test('of many refusals some are told in each turn, first come, first told', async () => {
  const count = 1_000;
  let turn = 0;
  let isOver = false;
  const nextTurn = () => {
    turn += 1;
    if (!isOver) setImmediate(nextTurn);
  };
  setImmediate(nextTurn);
  const refusals = new Refusals();
  const told: { place: number; turn: number }[] = [];
  await Promise.all(
    Array.from({ length: count }, (_, place) =>
      refusals.turn().then(() => told.push({ place, turn })),
    ),
  );
  isOver = true;
  expect(told.map(({ place }) => place)).toEqual(Array.from({ length: count }, (_, n) => n));
  const perTurn = Object.values(Object.groupBy(told, (one) => one.turn)).map(
    (some) => some?.length ?? 0,
  );
  expect(Math.max(...perTurn)).toBeLessThanOrEqual(refusalsAfter(Infinity));
  // Nobody waits behind those who have gone.
  await refusals.turn();
});

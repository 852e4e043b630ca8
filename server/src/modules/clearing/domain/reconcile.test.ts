import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reconcile } from './reconcile.ts';

const map = (entries: Record<string, bigint>) => new Map(Object.entries(entries));

test.each([
  ['all agree', [5n, 5n, 5n], undefined],
  ['one unit step', [500n, 501n, 500n], 'rounding'],
  ['one unit step down', [500n, 499n, 500n], 'rounding'],
  ['two steps', [500n, 502n, 500n], 'unexplained'],
  ['they know it, we do not', [0n, 500n, 0n], 'missingHere'],
  ['we know it, they do not', [500n, 0n, 500n], 'missingThere'],
  ['the customer is shown something else', [500n, 500n, 499n], 'customerView'],
  ['a record among the exceptions explains it', [500n, 700n, 500n], 'unappliedConfirmation', 200n],
  ['a record explains a part only', [500n, 700n, 500n], 'unexplained', 100n],
  ['a new position that a record explains', [0n, 200n, 0n], 'unappliedConfirmation', 200n],
] as const)('%s', (_name, [ours, theirs, shown], kind, ...rest: readonly bigint[]) => {
  const waiting = rest[0] === undefined ? map({}) : map({ p: rest[0] });
  const breaks = reconcile(map({ p: ours }), map({ p: theirs }), map({ p: shown }), waiting);
  expect(breaks.map((item) => item.class)).toEqual(kind === undefined ? [] : [kind]);
});

test('a subject that a column does not have is zero there; breaks come in order', () => {
  const breaks = reconcile(map({ b: 1n, z: 0n }), map({ a: 2n }), map({ b: 1n, c: 3n }));
  expect(breaks.map((item) => [item.subject, item.ours, item.theirs, item.customerView])).toEqual([
    ['a', 0n, 2n, 0n],
    ['b', 1n, 0n, 1n],
    ['c', 0n, 0n, 3n],
  ]);
});

test('exactly the planted differences are found, none invented', () => {
  const positions = fc.dictionary(
    fc.stringMatching(/^[a-f]{1,3}$/),
    fc.bigInt({ min: 1n, max: 999n }),
  );
  fc.assert(
    fc.property(positions, fc.array(fc.stringMatching(/^[a-f]{1,3}$/)), (held, changed) => {
      const theirs = map(held);
      for (const subject of changed) theirs.set(subject, (theirs.get(subject) ?? 0n) + 1_000n);
      const found = reconcile(map(held), theirs, map(held)).map((item) => item.subject);
      expect(found).toEqual([...new Set(changed)].sort());
    }),
  );
});

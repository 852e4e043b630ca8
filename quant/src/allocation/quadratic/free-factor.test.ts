import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matrix } from '../../linear-algebra/matrix.ts';
import { distance, testCovariance, testMatrix } from '../../linear-algebra/testing.ts';
import { FreeFactor } from './free-factor.ts';
import type { QuadraticProgram } from './program.ts';

const N = 14;
const ROWS = 4;

/** Bought and sold parts of seven assets, or fourteen weights. */
function programOf(seed: number, traded: boolean): QuadraticProgram {
  const assets = traded ? N / 2 : N;
  return {
    hessian: testCovariance(assets, seed),
    linear: new Float64Array(N),
    lower: new Float64Array(N),
    upper: new Float64Array(N).fill(1),
    rows: matrix(ROWS, N, testMatrix(ROWS, N, seed + 1).data),
    rowLower: new Float64Array(ROWS),
    rowUpper: new Float64Array(ROWS).fill(1),
    ...(traded
      ? {
          asset: Int32Array.from({ length: N }, (_, j) => j % assets),
          sign: Float64Array.from({ length: N }, (_, j) => (j < assets ? 1 : -1)),
        }
      : {}),
  };
}

/** A change of the sets: free one, free three, fix one, add a row, take a row away. */
type Change = 'add' | 'addMany' | 'remove' | 'addRow' | 'removeRow';
const CHANGES: readonly Change[] = ['add', 'addMany', 'remove', 'addRow', 'removeRow'];

function apply(factor: FreeFactor, change: Change, pick: number): void {
  const { free, active } = factor;
  const fixed = Array.from({ length: N }, (_, j) => j).filter((j) => !free.includes(j));
  const idle = Array.from({ length: ROWS }, (_, i) => i).filter((i) => !active.includes(i));
  if (change === 'add' && fixed.length > 0) factor.addVariable(fixed[pick % fixed.length]!);
  if (change === 'addMany' && !factor.addVariables(fixed.slice(0, 1 + (pick % 4)))) {
    throw new Error('not positive definite');
  }
  if (change === 'remove' && free.length > 0) factor.removeVariableAt(pick % free.length);
  if (change === 'addRow' && idle.length > 0) factor.addRow(idle[pick % idle.length]!);
  if (change === 'removeRow' && active.length > 0) factor.removeRowAt(pick % active.length);
}

/** Four rows over two free variables: rounding left the fourth a pivot, and the rows seemed independent. */
const MORE_ROWS_THAN_FREE: [number, boolean, [Change, number][]] = [
  120,
  false,
  [
    ['add', 13],
    ['addRow', 0],
    ['add', 0],
    ['addRow', 0],
    ['addRow', 0],
    ['add', 0],
    ['addRow', 0],
    ['remove', 15],
    ['remove', 0],
    ['remove', 58],
  ],
];

describe('a factor that follows its sets', () => {
  test('solves as one made anew, after any changes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.boolean(),
        fc.array(fc.tuple(fc.constantFrom(...CHANGES), fc.nat(100)), { maxLength: 40 }),
        (seed, traded, changes) => {
          const program = programOf(seed, traded);
          // δ holds where bought and sold parts of an asset are both free.
          const factor = new FreeFactor(program, 1e-3);
          expect(factor.reset([0, 1, 2], [])).toBe(true);
          for (const [change, pick] of changes) apply(factor, change, pick);
          const anew = new FreeFactor(program, 1e-3);
          expect(anew.reset([...factor.free], [...factor.active])).toBe(true);
          const g = testMatrix(1, factor.free.length, seed + 2).data;
          const b = testMatrix(1, factor.active.length, seed + 3).data;
          const [kept, made] = [factor.solve(g, b), anew.solve(g, b)];
          expect(kept === null).toBe(made === null);
          const size = Math.max(
            1,
            ...(made?.p ?? []).map(Math.abs),
            ...(made?.y ?? []).map(Math.abs),
          );
          expect(distance(kept?.p ?? [], made?.p ?? [])).toBeLessThan(1e-10 * size);
          expect(distance(kept?.y ?? [], made?.y ?? [])).toBeLessThan(1e-10 * size);
        },
      ),
      { numRuns: 300, examples: [MORE_ROWS_THAN_FREE] },
    );
  });
});

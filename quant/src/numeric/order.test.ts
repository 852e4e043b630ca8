import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createOrderBuffers, orderRows, orderWindow, selectPlace } from './order.ts';

const numbers = fc.array(
  fc.oneof(
    fc.double({ noNaN: true }),
    fc.constantFrom(0, -0, 1, -1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
  ),
  { maxLength: 80 },
);

describe('rows in the order of their values', () => {
  test('are those of a stable sort, whatever the values', () => {
    const buffers = createOrderBuffers();
    fc.assert(
      fc.property(numbers, (values) => {
        const rows = orderRows(Float64Array.from(values), buffers);
        const order = (a: number, b: number) => {
          const [one, other] = [values[a] as number, values[b] as number];
          if (one === 0 && other === 0)
            return Number(Object.is(other, -0)) - Number(Object.is(one, -0));
          return one - other;
        };
        const plain = values
          .map((_, at) => at)
          .sort((a, b) => (values[a] === values[b] ? order(a, b) || a - b : order(a, b)));
        expect([...rows]).toEqual(plain);
      }),
    );
  });

  test('give the order of every window', () => {
    fc.assert(
      fc.property(numbers, fc.nat(80), fc.nat(80), (values, one, other) => {
        const from = Math.min(one, other, values.length);
        const to = Math.min(Math.max(one, other), values.length);
        const array = Float64Array.from(values);
        const rows = orderRows(array, createOrderBuffers());
        const into = new Float64Array(to - from);
        orderWindow(
          { rows, values: Float64Array.from(rows, (row) => array[row] as number) },
          { from, to },
          into,
        );
        expect([...into]).toEqual([...array.slice(from, to).sort()]);
      }),
    );
  });
});

describe('the element at a place', () => {
  test('is that of the sorted array, and parts the array', () => {
    fc.assert(
      fc.property(numbers, fc.nat(), (values, seed) => {
        fc.pre(values.length > 0);
        const place = seed % values.length;
        const array = Float64Array.from(values);
        const found = selectPlace(array, place);
        expect(found + 0).toBe((Float64Array.from(values).sort()[place] as number) + 0);
        expect([...array.subarray(0, place)].every((value) => value <= found)).toBe(true);
        expect([...array.subarray(place)].every((value) => value >= found)).toBe(true);
      }),
    );
  });
});

import { expect, test } from 'vitest';
import { type Draft, isQuantity, OrderNumbers, previewOf } from './draft.ts';

const draft: Draft = {
  customerId: 'C005QWSRQ3ZC05XE',
  fundCode: '990321',
  kind: 'purchase',
  quantity: '10000',
  largeRedemption: 'defer',
  dividendMethod: 'cash',
  channel: '0',
  warningId: undefined,
};

test.each(['1', '0.01', '100.5', '999999999999999.99'])('%s can be ordered', (text) => {
  expect(isQuantity(text)).toBe(true);
});

test.each(['', '0', '0.00', '-1', '1.005', '1e3', '01', '1.', '.5', '１'])(
  '“%s” cannot be ordered',
  (text) => {
    expect(isQuantity(text)).toBe(false);
  },
);

test('a draft is asked about when nothing is missing', () => {
  expect(previewOf(draft)).toEqual({
    kind: 'purchase',
    customerId: 'C005QWSRQ3ZC05XE',
    fundCode: '990321',
    channel: '0',
    amount: '10000',
  });
  expect(previewOf({ ...draft, customerId: undefined })).toBeUndefined();
  expect(previewOf({ ...draft, quantity: '0' })).toBeUndefined();
  expect(previewOf({ ...draft, kind: 'redemption' })).toMatchObject({
    units: '10000',
    largeRedemption: 'defer',
  });
  expect(previewOf({ ...draft, kind: 'dividendMethod', quantity: '' })).toMatchObject({
    dividendMethod: 'cash',
  });
  expect(previewOf({ ...draft, warningId: 'W1' })).toMatchObject({ warningId: 'W1' });
});

test('sending the same draft twice is one order; a changed or a further one is another', () => {
  const numbers = new OrderNumbers();
  const body = previewOf(draft);
  const other = previewOf({ ...draft, quantity: '10001' });
  if (body === undefined || other === undefined) throw new Error('the drafts are whole');
  const first = numbers.of(body);
  expect(numbers.of({ ...body })).toBe(first);
  expect(numbers.of(other)).not.toBe(first);
  const second = numbers.of(body);
  expect(second).not.toBe(first);
  numbers.next();
  expect(numbers.of(body)).not.toBe(second);
});

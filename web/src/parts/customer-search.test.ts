import { expect, test } from 'vitest';
import { readSearch } from './customer-search.ts';

test.each([
  ['', undefined],
  ['  ', undefined],
  ['C005QWSRQ3ZC05XE', { by: 'customerId', prefix: 'C005QWSRQ3ZC05XE' }],
  ['c005q', { by: 'customerId', prefix: 'C005Q' }],
  ['11010519900307211x', { by: 'certificate', kind: '1', type: '0', number: '11010519900307211X' }],
  ['91310000MA1FL0Q12X', { by: 'certificate', kind: '0', type: '1', number: '91310000MA1FL0Q12X' }],
  ['139 0013 8000', { by: 'phone', phone: '13900138000' }],
  ['010-65551234', { by: 'phone', phone: '01065551234' }],
  ['SABC08', { by: 'certificate', kind: '2', type: 'A', number: 'SABC08' }],
  ['王*轩', { by: 'nameMasked', nameMasked: '王*轩' }],
  [' 欧阳明 ', { by: 'name', name: '欧阳明' }],
])('“%s” is looked for as %o', (typed, asked) => {
  expect(readSearch(typed)).toEqual(asked);
});

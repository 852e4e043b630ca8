import { expect, test } from 'vitest';
import { partsOf } from './subject.ts';

const said = (subject: string) => partsOf(subject).map(({ name, value }) => `${name} ${value}`);

test.each([
  [
    'break:units/03/C41N1FQT3BQBAF5DE/990062/0',
    ['tradingAccount C41N1FQT3BQBAF5DE', 'fund 990062', 'registrar 03'],
  ],
  [
    '01/01N69HZR49BN2JXPS/990011/1',
    ['tradingAccount 01N69HZR49BN2JXPS', 'fund 990011', 'shareClass 1', 'registrar 01'],
  ],
  ['break:bankTotal/bucket:10', ['bucket 10']],
  ['break:cash/0AFWFHSF2M6N14', ['assetAccount 0AFWFHSF2M6N14']],
  ['account:0AFWFHSF2M6N14', ['assetAccount 0AFWFHSF2M6N14']],
  ['confirmation:19/1285/3', ['file 1285', 'record 3']],
  ['account:19/1285/3', ['file 1285', 'record 3']],
  ['file:01/OFD_01_305_20260306_04.TXT', ['party 01', 'file OFD_01_305_20260306_04.TXT']],
  ['nav:990062/2026-03-06', ['fund 990062', 'day 2026-03-06']],
  ['nav:990062', ['fund 990062']],
  ['missing:2026-03-06/01/market', ['parcel 01/market', 'day 2026-03-06']],
  ['differences:01/2026-03-06', ['registrar 01', 'day 2026-03-06']],
  ['package:03/OFJ/20260306', ['parcel 03/OFJ', 'day 2026-03-06']],
  ['serial:01/42/122', ['serial 42', 'business 122', 'registrar 01']],
  ['statement:2026-03-06', ['statement 2026-03-06']],
  ['order:7QXW3N', ['order 7QXW3N']],
  ['overdue:7QXW3N', []],
])('%s', (subject, parts) => {
  expect(said(subject)).toEqual(parts);
});

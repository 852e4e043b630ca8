import { expect, test } from 'vitest';
import { similaritiesOf, type Traits } from './similar.ts';

const person: Traits = {
  kind: '1',
  name: '张伟',
  birthDate: '1990-01-01',
  phone: '13800000001',
  address: '上海市浦东新区世纪大道 100 号',
};
const stranger: Traits = {
  kind: '1',
  name: '李娜',
  birthDate: '1985-05-05',
  phone: '13900000002',
  address: '北京市朝阳区建国路 1 号',
};

test.each<[string, Partial<Traits>, readonly string[]]>([
  ['nothing in common', {}, []],
  ['a namesake of another age', { name: '张伟' }, []],
  ['a namesake born the same day', { name: '张伟', birthDate: '1990-01-01' }, ['nameAndBirthDate']],
  ['born the same day only', { birthDate: '1990-01-01' }, []],
  ['a namesake whose birthday is not known', { name: '张伟', birthDate: undefined }, []],
  ['the same phone', { phone: '13800000001' }, ['phone']],
  ['an address written otherwise', { address: '上海市浦东新区，世纪大道１００号' }, ['address']],
  ['no address', { address: undefined }, []],
  [
    'everything, the strongest first',
    { ...person, name: ' 张伟 ' },
    ['nameAndBirthDate', 'phone', 'address'],
  ],
])('%s', (_what, traits, reasons) => {
  const other = { ...stranger, ...traits };
  expect(similaritiesOf(person, other)).toEqual(reasons);
  expect(similaritiesOf(other, person)).toEqual(reasons);
});

test('institutions of one name are similar; a person and a firm of one name are not', () => {
  const firm: Traits = { ...stranger, kind: '0', name: '聚石实业', birthDate: undefined };
  const same: Traits = { ...firm, phone: '010-1', address: undefined };
  expect(similaritiesOf(firm, same)).toEqual(['name']);
  expect(similaritiesOf(firm, { ...same, kind: '2' })).toEqual([]);
  expect(similaritiesOf({ ...firm, phone: '021-1' }, { ...person, name: '聚石实业' })).toEqual([]);
});

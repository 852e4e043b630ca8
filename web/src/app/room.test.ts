import { expect, test } from 'vitest';
import { entrantsOf, type Room } from './room.ts';

const room = (path: string, roles: Room['roles'], others?: Room['others']): Room => ({
  id: path,
  group: 'serve',
  path,
  icon: () => null,
  label: { zh: '', en: '' },
  roles,
  ...(others === undefined ? {} : { others }),
});

const rooms = [
  room('/', ['administrator']),
  room('/orders', ['adviser']),
  room('/opening', ['adviser'], { '/opening/due': ['auditor'] }),
];

test.each([
  ['/', ['administrator']],
  ['/orders', ['adviser']],
  ['/orders/01J/evidence', ['adviser']],
  ['/opening/due', ['auditor']],
  ['/opening/form', ['adviser']],
  ['/ordersx', undefined],
  ['/account', undefined],
])('%s is entered by %j', (path, roles) => {
  expect(entrantsOf(rooms, path)).toEqual(roles);
});

/** The console keeps out of a room whom the server refuses what the room is about, and nobody else. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeProgram } from '../../server/src/app/openapi-document.ts';
import { loadSettings } from '../../server/src/platform/config.ts';
import { openTestPglite, testWorld } from '../../server/src/platform/testing.ts';
import { ROOT } from '../journeys/served.ts';

/** What each page reads first. */
const READ_BY: Readonly<Record<string, string>> = {
  '/approvals': '/approvals',
  '/audit': '/audit',
  '/customers': '/customers',
  '/documents': '/document-runs',
  '/opening': '/opening-drafts',
  '/opening/due': '/suitability/assessments-due',
  '/operations': '/business-days',
  '/orders': '/orders',
  '/products': '/products',
  '/staff': '/staff',
};
/** Home is everybody's; who maintains parameters is narrower than who may read them. */
const OWN = ['/', '/parameters'];
const byName = (a: string, b: string) => a.localeCompare(b);
const NO_STAFF = ['partner', 'investor'];

const ROOMS = join(ROOT, 'web', 'src', 'rooms');
const wordsOf = (list = '') => [...list.matchAll(/'(\w+)'/g)].map(([, word = '']) => word);

/** The pages of a room's source with the roles that may enter them. */
function entrantsIn(source: string): [path: string, roles: string[]][] {
  const [, room = ''] = source.split(/: Room = \{/);
  const path = /\bpath: '([^']+)'/.exec(room)?.[1];
  if (path === undefined) return [];
  const others = [...room.matchAll(/'(\/[^']+)': \[([^\]]*)\]/g)];
  return [
    [path, wordsOf(/\broles: \[([^\]]*)\]/.exec(room)?.[1])],
    ...others.map(([, page = '', roles]): [string, string[]] => [page, wordsOf(roles)]),
  ];
}

const entrants = readdirSync(ROOMS).flatMap((name) =>
  entrantsIn(readFileSync(join(ROOMS, name, 'room.ts'), 'utf8')),
);

type Paths = Record<string, { get?: { 'x-roles'?: string[] } }>;

/** Pages whose entrants are not those whom the server answers. */
function findOthers(pages: readonly [string, string[]][], paths: Paths): string[] {
  return pages
    .filter(([page]) => !OWN.includes(page))
    .filter(([page, roles]) => {
      const answered = paths[READ_BY[page] ?? '']?.get?.['x-roles'] ?? [];
      const staff = answered.filter((role) => !NO_STAFF.includes(role));
      return String(roles.toSorted(byName)) !== String(staff.toSorted(byName));
    })
    .map(([page]) => page);
}

test('who may enter a room is who is answered there', async () => {
  const database = await openTestPglite();
  const world = testWorld(database.db);
  const exchange = { distributorCode: '305', folder: world.folder };
  const document = await describeProgram({ ...world, exchange }, loadSettings({}));
  await database.drop();
  const { paths } = document as { paths: Paths };
  expect(entrants.map(([page]) => page).toSorted(byName)).toEqual(
    [...OWN, ...Object.keys(READ_BY)].toSorted(byName),
  );
  expect(findOthers(entrants, paths)).toEqual([]);
  expect(
    findOthers(
      [
        ['/audit', ['auditor']],
        ['/orders/new', ['adviser']],
      ],
      paths,
    ),
  ).toEqual(['/audit', '/orders/new']);
});

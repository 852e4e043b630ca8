/** The audit of the console says every act in words that the server writes into it by name. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../journeys/served.ts';
import { readTexts } from './text-sources.ts';

/** The acts that a source writes into the audit: `audit({ … action: 'x' … })`. */
const actsOf = (source: string): string[] =>
  [...source.matchAll(/\baudit\(\{[^}]*?\baction: '([\w.-]+)'/g)].map(([, act = '']) => act);

const folder = join(ROOT, 'server', 'src');
const acts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !/\.test\.ts$|testing|probe/.test(name))
  .flatMap((name) => actsOf(readFileSync(join(folder, name), 'utf8')));

const said = readTexts().find(({ name }) => name === 'auditActions')?.zh;
const unsaid = (given: readonly string[]) =>
  given.filter((act) => said?.has(`action.${act}`) !== true);

test('every act has its words', () => {
  expect(new Set(acts).size).toBeGreaterThan(25);
  expect(unsaid(acts)).toEqual([]);
});

test('an act without words is found', () => {
  expect(unsaid(actsOf("work.audit({ bucket, actor, action: 'moon.land', subject });"))).toEqual([
    'moon.land',
  ]);
});

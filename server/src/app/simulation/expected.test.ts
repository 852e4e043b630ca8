import { expect, test } from 'vitest';
import { neverReached } from './expected.ts';
import { Probes } from './probes.ts';
import { Tally, tallyText } from './report.ts';

test('what no play came past is named, and what one came past is not', () => {
  const tally = new Tally();
  const all = neverReached(tally.probes);
  expect(all).toContain('file late');
  expect(new Set(all).size).toBe(all.length);
  expect(tallyText(tally)).toContain('never reached 未触及: file late');
  const probes = new Probes();
  probes.reach('market late');
  probes.reach('crash at the flushing of a file');
  tally.probes.add(probes);
  const left = neverReached(tally.probes);
  expect(all.filter((what) => !left.includes(what))).toEqual([
    'file late',
    'server dies at a file',
  ]);
});

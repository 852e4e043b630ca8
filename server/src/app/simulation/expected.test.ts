import { expect, test } from 'vitest';
import { neverReached, timesReached } from './expected.ts';
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

test('the rarest comes first, with how often it was reached', () => {
  const probes = new Probes();
  // A file that is lost is another thing, and one that is late.
  probes.reach('power lost', 2);
  probes.reach('change of fees late');
  probes.reach('overload over', 5);
  const reached = timesReached(probes).filter(([, times]) => times > 0);
  expect(reached).toEqual([
    ['late change', 1],
    ['power cut', 2],
    ['overload over', 5],
  ]);
  expect(timesReached(probes)[0]?.[1]).toBe(0);
});

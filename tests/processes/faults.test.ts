/*
 * The real server on a real PostgreSQL, hurt while clients work. What they were told must stand in
 * the books, once, and every check must hold. This is a selection; `npm run faults` does them all,
 * many times.
 */
import { afterAll, describe, expect, test } from 'vitest';
import { findNats } from '../../scripts/find-nats.ts';
import { findPrograms } from '../failover/cluster.ts';
import { Campaign, FAULTS } from './campaign.ts';

const bin = findPrograms();
const isRoot = process.getuid?.() === 0;

const SELECTED = [
  'connection cut before the commit',
  'connection cut during the commit',
  'connection cut after the commit',
  'answers to clients lost',
  'one-way partition, to the database',
  'one-way partition, from the database',
  'half-open connections to the database',
  'links clogged one by one and freed in another order',
  'server killed',
  'server stopped for a while',
  'clock steps, an hour forward and back',
  'database killed',
  'one process of the database killed',
  'database stopped for a while',
  'connections of the database used up',
  'rows locked by somebody else',
  'deadlocks',
  'storm of serialisation failures',
  // What needs a disk of its own needs root.
  ...(isRoot
    ? [
        'disk of the database full',
        'disk of the database turns read-only',
        'power of the database cut',
        'disk of the server full',
        'disk of the server read-only',
      ]
    : []),
  'embedded server killed at work',
  'run of the day killed',
  'old primary comes back after a fail-over',
  'another master key',
  'no master key',
  'wrong business dates and the same run twice',
  'consumers that do not read, requests that do not end',
  'one bit of a stored file',
  'one bit of a page of the database',
  'one byte of the audit',
  'certificate of the database expired',
  'backup of yesterday restored',
  'rows of the books deleted by hand',
  'files that are late, damaged, changed or brought twice',
  ...(findNats() === undefined
    ? []
    : [
        'broker killed',
        'stream deleted on the broker',
        'one-way partition, from the broker',
        'every event told again',
        'events told backwards, twice and before their time',
      ]),
];

describe.skipIf(bin === undefined)('faults (need the programs of PostgreSQL)', () => {
  const campaign = new Campaign(bin ?? '');
  afterAll(() => campaign.close());

  test.each(SELECTED)('%s', async (name) => {
    const fault = FAULTS.find((one) => one.name === name);
    if (fault === undefined) throw new Error(`no fault is called '${name}'`);
    expect(await campaign.round([fault])).toEqual([]);
  });
});

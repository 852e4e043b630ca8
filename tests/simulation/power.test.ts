/** What a loss of power leaves in the folder of a counterparty. */
import { seededRandom } from '@cairn/kernel';
import { expect, test } from 'vitest';
import { MemoryDisk } from '../../server/src/app/simulation/memory-disk.ts';
import type { DayWorld } from '../../server/src/modules/clearing/index.ts';
import { takeAway } from '../../server/src/modules/clearing/steps/inbox.ts';

const FOLDER = '/house/exchange/02/in';
const INDEX = 'OFJ_02_305_20250924.TXT';
const DATA = 'OFD_02_305_20250924_07.TXT';

test('a package that was put aside never comes back as its index alone', async () => {
  const left = new Set<string>();
  for (let seed = 0; seed < 100; seed += 1) {
    const disk = new MemoryDisk();
    for (const name of [DATA, INDEX]) disk.place(`${FOLDER}/${name}`, Buffer.from(name));
    const exchange = { distributorCode: '305', folder: '/house/exchange', disk };
    const file = (name: string) => ({ name, sizeBytes: 1, sha256: '', bytes: undefined });
    // Only the disk of the world is asked for.
    const world = { exchange } as unknown as DayWorld;
    await takeAway(world, '02', [file(INDEX), file(DATA)], 'refused');
    disk.losePower(seededRandom(`power ${seed}`));
    left.add((await disk.names(FOLDER)).join(' '));
    expect(disk.find(`${FOLDER}/refused/${INDEX}`)?.toString()).toBe(INDEX);
  }
  // The data may be back: without an index it is not looked at.
  expect([...left].sort()).toEqual(['', DATA]);
});

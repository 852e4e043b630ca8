/** What a loss of power leaves in the folder of a counterparty, and of what was kept. */
import { seededRandom } from '@cairn/kernel';
import { expect, test } from 'vitest';
import { MemoryDisk } from '../../server/src/app/simulation/memory-disk.ts';
import type { DayWorld } from '../../server/src/modules/clearing/index.ts';
import { takeAway } from '../../server/src/modules/clearing/steps/inbox.ts';
import { fileStore, writeFileOnce } from '../../server/src/platform/files.ts';

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

/** A disk whose server dies where it flushes the names of a folder. */
class DyingDisk extends MemoryDisk {
  isDying = true;

  override async sync(path: string): Promise<void> {
    if (this.isDying && !path.endsWith('.part')) throw new Error('the server is gone');
    return super.sync(path);
  }
}

test.each([
  [
    'kept bytes',
    async (disk: MemoryDisk) => {
      const store = fileStore('/house/files', { disk });
      return store.path(await store.put(Buffer.from('a statement')));
    },
  ],
  [
    'a published file',
    async (disk: MemoryDisk) => {
      await writeFileOnce(`${FOLDER}/${DATA}`, Buffer.from('orders'), disk);
      return `${FOLDER}/${DATA}`;
    },
  ],
])('%s that a server died over and another one found there are safe', async (_what, write) => {
  for (let seed = 0; seed < 50; seed += 1) {
    const disk = new DyingDisk();
    await expect(write(disk)).rejects.toThrow('the server is gone');
    disk.isDying = false;
    const path = await write(disk);
    disk.losePower(seededRandom(`power ${seed}`));
    expect([seed, disk.find(path) !== undefined]).toEqual([seed, true]);
  }
});

test('bytes that are taken away leave nothing, also not what a dead server had half-written', async () => {
  const disk = new MemoryDisk();
  const store = fileStore('/house/files', { disk });
  const path = store.path(await store.put(Buffer.from('a statement')));
  const partial = `${path}.0a1b2c3d.part`;
  disk.place(partial, Buffer.from('a stat'));
  await store.remove(path.slice(-64));
  expect([disk.find(path), disk.find(partial)]).toEqual([undefined, undefined]);
});

/** What a loss of power leaves in the folder of a counterparty, and of what was kept. */
import { seededRandom } from '@cairn/kernel';
import { expect, test } from 'vitest';
import { MemoryDisk } from '../../server/src/app/simulation/memory-disk.ts';
import type { DayWorld } from '../../server/src/modules/clearing/index.ts';
import { takeAway } from '../../server/src/modules/clearing/steps/inbox.ts';
import {
  fileStore,
  makeFolder,
  writeFileOnce,
  writeFileWhole,
} from '../../server/src/platform/files.ts';

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

test('a folder that was not flushed is lost with what is in it, however well that was', async () => {
  const left = new Set<boolean>();
  for (let seed = 0; seed < 50; seed += 1) {
    const disk = new MemoryDisk();
    await disk.makeFolder(FOLDER);
    await writeFileWhole(`${FOLDER}/${DATA}`, Buffer.from('orders'), disk);
    disk.losePower(seededRandom(`power ${seed}`));
    left.add(disk.find(`${FOLDER}/${DATA}`) !== undefined);
    await makeFolder(FOLDER, disk);
    await writeFileWhole(`${FOLDER}/${DATA}`, Buffer.from('orders'), disk);
    disk.losePower(seededRandom(`power again ${seed}`));
    expect([seed, disk.find(`${FOLDER}/${DATA}`)?.toString()]).toEqual([seed, 'orders']);
  }
  expect(left).toEqual(new Set([true, false]));
});

/** A disk whose server dies where it flushes the names of a folder for the so many-th time. */
class DyingDisk extends MemoryDisk {
  flushesLeft: number;

  constructor(flushes: number) {
    super();
    this.flushesLeft = flushes;
  }

  override async sync(path: string): Promise<void> {
    if (!path.endsWith('.part')) this.flushesLeft -= 1;
    if (this.flushesLeft < 0) throw new Error('the server is gone');
    return super.sync(path);
  }
}

const WRITES = [
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
      await makeFolder(FOLDER, disk);
      await writeFileOnce(`${FOLDER}/${DATA}`, Buffer.from('orders'), disk);
      return `${FOLDER}/${DATA}`;
    },
  ],
] as const;

test.each(WRITES)(
  '%s that a server died over and another one found there are safe',
  async (_what, write) => {
    const whole = new DyingDisk(Infinity);
    let flushes = 0;
    whole.sync = async () => void (flushes += 1);
    await write(whole);
    // The bytes of the file are flushed once, the names the other times.
    expect(flushes).toBeGreaterThan(3);
    for (let seed = 0; seed < 100; seed += 1) {
      const disk = new DyingDisk(seed % (flushes - 1));
      await expect(write(disk)).rejects.toThrow('the server is gone');
      disk.flushesLeft = Infinity;
      const path = await write(disk);
      disk.losePower(seededRandom(`power ${seed}`));
      expect([seed, disk.find(path) !== undefined]).toEqual([seed, true]);
    }
  },
);

/** A disk whose first flush of names takes for ever. */
class StuckDisk extends MemoryDisk {
  isStuck = false;

  override sync(path: string): Promise<void> {
    if (this.isStuck || path.endsWith('.part')) return super.sync(path);
    this.isStuck = true;
    return new Promise(() => undefined);
  }
}

test.each(WRITES)('%s beside a writer who is not done yet are safe', async (_what, write) => {
  for (let seed = 0; seed < 50; seed += 1) {
    const disk = new StuckDisk();
    void write(disk);
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

/**
 * What may lie in a registrar's folder and is not what it seems, rows 42, 43, 49 and 50: read by its
 * limit or not at all, and never half.
 */
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatBasicDate } from '@cairn/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { receivePackages } from '../../server/src/modules/clearing/index.ts';
import { machineDisk } from '../../server/src/platform/disk.ts';
import { openTestPglite, type TestDatabase } from '../../server/src/platform/testing.ts';
import { actor, day, openStage, type Stage } from '../business-day/stage.ts';

const DATE = formatBasicDate(day(1));
const FILE_04 = `OFD_01_305_${DATE}_04.TXT`;
const INDEX = `OFI_01_305_${DATE}.TXT`;
const MEGABYTE = 1_000_000;

let database: TestDatabase;
let stage: Stage;
let folder: string;
let good: Map<string, Buffer>;

beforeAll(async () => {
  database = await openTestPglite();
  stage = await openStage(database.db);
  stage.at(day(0), '10:00:00.000');
  await stage.buy(0, '1000.00');
  await stage.play(day(0));
  await stage.send(day(1));
  folder = join(stage.world.exchange.folder, '01', 'in');
  good = new Map(
    readdirSync(folder)
      .filter((name) => name.includes(DATE) && !/^OFJ|_07/.test(name))
      .map((name) => [name, readFileSync(join(folder, name))]),
  );
});
afterAll(async () => {
  stage.remove();
  await database.drop();
});

const receive = () => receivePackages(stage.world, actor, ['01'], day(1));
const restore = () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of good) writeFileSync(join(folder, name), bytes);
};

test('42: a file of 2 GB is refused by its size, and memory stays where it was', async () => {
  restore();
  truncateSync(join(folder, FILE_04), 2_000 * MEGABYTE);
  const before = process.memoryUsage().rss;
  let highest = before;
  const watch = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage().rss);
  }, 5);
  const counts = await receive();
  clearInterval(watch);
  expect(counts).toMatchObject({ imported: 0, refused: 1 });
  expect(highest - before).toBeLessThan(400 * MEGABYTE);
  const [refused] = await stage.world.db.query<{ reason: unknown }>(
    `select reason from clearing.files where state = 'refused' and name = $1`,
    [FILE_04],
  );
  expect(refused?.reason).toMatchObject({ code: 'FILE_REFUSED', ofd: 'VALUE', field: 'size' });
}, 120_000);

test('43: archives are no files of the exchange: a zip is not opened, whatever it holds', async () => {
  restore();
  for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
  // The head of a zip whose one entry is named ../../etc/passwd.
  const head = Buffer.from('504b03041400000000000000000000000000000000000000000010000000', 'hex');
  const zip = Buffer.concat([head, Buffer.from('../../etc/passwd')]);
  for (const name of [`OFI_01_305_${DATE}.ZIP`, `OFI_01_305_${DATE}.TXT.zip`, 'package.zip']) {
    writeFileSync(join(folder, name), zip);
  }
  expect(await receive()).toEqual({ imported: 0, records: 0, known: 0, refused: 0 });
  expect(readdirSync(folder)).toHaveLength(3);
  // Under the name of an index it is read as one, and refused whole.
  writeFileSync(join(folder, INDEX), zip);
  expect(await receive()).toMatchObject({ imported: 0, refused: 1 });
});

test('50: two names that differ in case alone are one file sent twice, and one is booked', async () => {
  restore();
  copyFileSync(join(folder, FILE_04), join(folder, FILE_04.toLowerCase()));
  expect(await receive()).toMatchObject({ imported: 1, refused: 0 });
  const rows = await stage.world.db.query(
    `select 1 from clearing.files where direction = 'in' and file_type = '04' and state = 'imported'
       and file_date = $1 and party = '01'`,
    [day(1)],
  );
  expect(rows).toHaveLength(1);
});

test('49: a file that grows while it is read, a link and a folder are not read', async () => {
  const own = mkdtempSync(join(tmpdir(), 'cairn-test-folder-'));
  const path = join(own, 'growing');
  writeFileSync(path, Buffer.alloc(64 * MEGABYTE));
  const state = { isDone: false };
  const reading = machineDisk.readStable(path, 1_000 * MEGABYTE).finally(() => {
    state.isDone = true;
  });
  while (!state.isDone) {
    appendFileSync(path, 'x');
    await new Promise((resolve) => void setImmediate(resolve));
  }
  expect(await reading).toBeUndefined();
  symlinkSync('/etc/passwd', join(own, 'link'));
  expect(await machineDisk.readStable(join(own, 'link'), MEGABYTE)).toBeUndefined();
  expect(await machineDisk.readStable(own, MEGABYTE)).toBeUndefined();
  expect((await machineDisk.readStable(path, 1_000 * MEGABYTE))?.bytes).toBeDefined();
  rmSync(own, { recursive: true });
});

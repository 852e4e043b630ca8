import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { formatBasicDate } from '@cairn/kernel';
import { encodeGb18030, getLayout } from '@cairn/ofd';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { businessDigest } from '../../server/src/app/digest.ts';
import { confirmWaiting, receivePackages } from '../../server/src/modules/clearing/index.ts';
import { receiveStatement } from '../../server/src/modules/clearing/steps/receive-statement.ts';
import { openTestPglite, type TestDatabase } from '../../server/src/platform/testing.ts';
import { actor, day, openStage, type Stage } from '../business-day/stage.ts';

/* Rows 37 to 50 of the list of bad inputs that are files: the whole package is refused with its
   reason, its bytes stand in quarantine, nothing of it is applied, and nothing is thrown. */

const TODAY = day(1);
/** The day whose package is spoilt: it answers the orders of the day before. */
const NEXT = day(2);
const DATE = formatBasicDate(NEXT);
const FILE_04 = `OFD_01_305_${DATE}_04.TXT`;
const FILE_05 = `OFD_01_305_${DATE}_05.TXT`;
const INDEX = `OFI_01_305_${DATE}.TXT`;

const text = (from: string | RegExp, to: string) => (bytes: Buffer) => {
  const before = bytes.toString('latin1');
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  return Buffer.from(after, 'latin1');
};
/** The line of the first record: after ten head lines and the names of the fields, and the count. */
const firstRecord = (all: readonly string[]) => all.length - 3;

type Change = (bytes: Buffer) => Buffer;

/** Writes bytes over the field ErrorDetail of the first record, the last of its line but two. */
const withDetail =
  (detail: Buffer): Change =>
  (bytes) => {
    const { fields } = getLayout('21', '04');
    const place = fields.findIndex((field) => field.name === 'ErrorDetail');
    const offset = fields.slice(0, place).reduce((sum, field) => sum + field.length, 0);
    const spoilt = Buffer.from(bytes);
    const all = bytes.toString('latin1').split('\r\n');
    const record = all.slice(0, firstRecord(all)).join('\r\n').length + 2;
    detail.copy(spoilt, record + offset);
    return spoilt;
  };

describe('bad files of a registrar', () => {
  let database: TestDatabase;
  let stage: Stage;
  let folder: string;
  let good: Map<string, Buffer>;
  let isTaken = false;
  let before: Awaited<ReturnType<typeof businessDigest>>;

  beforeAll(async () => {
    database = await openTestPglite();
    stage = await openStage(database.db);
    stage.at(day(0), '10:00:00.000');
    await stage.play(day(0));
    stage.at(TODAY, '10:00:00.000');
    await stage.buy(0, '1000.00');
    await stage.send(TODAY);
    folder = join(stage.world.exchange.folder, '01', 'in');
    await stage.run(TODAY);
    const names = readdirSync(folder).filter((name) => name.includes(DATE));
    good = new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
    before = await digest();
  });
  afterAll(async () => {
    stage.remove();
    await database.drop();
  });

  /** The books without what says that a file was refused. */
  const digest = () =>
    businessDigest(stage.world.db, {
      except: ['clearing.files', 'clearing.exceptions', 'clearing.exception_events'],
    });
  const put = (files: Iterable<readonly [string, Buffer]>) => {
    mkdirSync(folder, { recursive: true });
    for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
  };
  const receive = () => receivePackages(stage.world, actor, ['01'], NEXT);
  const clear = async () => {
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
    await stage.world.db.query('delete from clearing.files where business_date = $1', [NEXT]);
  };
  const refusals = async () => {
    const rows = await stage.world.db.query<{
      name: string;
      sha256: string;
      reason: Record<string, unknown>;
    }>(
      `select name, sha256, reason from clearing.files
       where business_date = $1 and state = 'refused' order by file_id`,
      [NEXT],
    );
    return rows;
  };

  /** Puts a package that is refused and returns why; that nothing else happened is asserted here. */
  const refusal = async (files: Iterable<readonly [string, Buffer]>) => {
    const given = new Map(files);
    put(given);
    const counts = await receive();
    expect(counts).toMatchObject({ imported: 0, records: 0, refused: 1 });
    const kept = await refusals();
    expect(kept.map((row) => row.name).sort()).toEqual([...given.keys()].sort());
    for (const { name, sha256 } of kept) {
      const [, bytes] = [...given].find(([original]) => original === name) ?? [];
      expect((await stage.world.files.get(sha256)).equals(bytes ?? Buffer.alloc(0))).toBe(true);
    }
    expect(readdirSync(folder).filter((name) => name.startsWith('OF'))).toEqual([]);
    expect(await digest()).toEqual(before);
    const [raised] = await stage.world.db.query<{ code: string }>(
      `select code from clearing.exceptions where business_date = $1
       order by raised_at desc, exception_id limit 1`,
      [NEXT],
    );
    expect(raised).toBeDefined();
    await clear();
    return kept[0]?.reason;
  };
  const changed = (name: string, change: Change) =>
    new Map([...good].map(([each, bytes]) => [each, each === name ? change(bytes) : bytes]));
  const refusedAs = (ofd: string) => ({ code: 'FILE_REFUSED', ofd });

  // A test that fails must not spoil the next one; one of the last takes the package.
  beforeEach(async () => {
    if (!isTaken) await clear();
  });

  test('the good package is a good package', () => {
    expect([...good.keys()].sort()).toEqual([FILE_04, FILE_05, INDEX]);
  });

  test('38: cut at every hundredth byte, 04 is refused; only the whole is taken', async () => {
    const bytes = good.get(FILE_04) ?? Buffer.alloc(0);
    for (let length = 7; length < bytes.length - 2; length += 211) {
      expect(await refusal(changed(FILE_04, (whole) => whole.subarray(0, length)))).toMatchObject({
        code: 'FILE_REFUSED',
        file: FILE_04,
      });
    }
  });

  test('40, 41: UTF-8, and a character cut by its field', async () => {
    const bank = Buffer.from('中国银行股份有限公司');
    expect(await refusal(changed(FILE_04, withDetail(bank)))).toMatchObject(
      refusedAs('UTF8_SUSPECTED'),
    );
    const cut = Buffer.concat([Buffer.from('x'.repeat(59)), encodeGb18030('中').subarray(0, 1)]);
    expect(await refusal(changed(FILE_04, withDetail(cut)))).toMatchObject(
      refusedAs('FIELD_ENCODING'),
    );
  });

  test('42: a NUL byte, and a file above the limit', async () => {
    expect(await refusal(changed(FILE_04, withDetail(Buffer.from('a\0b'))))).toMatchObject({
      code: 'FILE_REFUSED',
    });
    put(good);
    const world = {
      ...stage.world,
      exchange: { ...stage.world.exchange, fileBytesMax: 2_000 },
    };
    expect(await receivePackages(world, actor, ['01'], NEXT)).toMatchObject({ refused: 1 });
    const [refused] = await refusals();
    expect(refused?.reason).toMatchObject({ code: 'FILE_REFUSED', ofd: 'VALUE', field: 'size' });
    await clear();
  });

  test('44: the index lists what is not there, or not what is there, or slices with a gap', async () => {
    expect(await refusal([...good].filter(([name]) => name !== FILE_05))).toMatchObject(
      refusedAs('PACKAGE_MISSING'),
    );
    expect(await refusal(changed(INDEX, text(`${FILE_04}\r\n`, '')))).toMatchObject({
      code: 'FILE_REFUSED',
    });
    const sliced = new Map([...good].filter(([name]) => name !== FILE_04));
    const slice = FILE_04.replace('.TXT', '_002.TXT');
    sliced.set(slice, good.get(FILE_04) ?? Buffer.alloc(0));
    sliced.set(INDEX, text(FILE_04, slice)(good.get(INDEX) ?? Buffer.alloc(0)));
    expect(await refusal(sliced)).toMatchObject(refusedAs('SLICE_NUMBERS'));
  });

  test('44: a package for somebody else, and one of a day that is no trading day', async () => {
    const other = text('\r\n305      \r\n', '\r\n306      \r\n');
    expect(await refusal(changed(INDEX, other))).toMatchObject({ code: 'FILE_REFUSED' });
    const sunday = new Map(
      [...good].map(([name, bytes]) => [
        name.replaceAll(DATE, '20260301'),
        Buffer.from(bytes.toString('latin1').replaceAll(DATE, '20260301'), 'latin1'),
      ]),
    );
    expect(await refusal(sunday)).toMatchObject({ code: 'FILE_WRONG_DATE' });
  });

  test('44: a type that we do not book refuses the package; nothing is left out in silence', async () => {
    const name12 = FILE_05.replace('_05', '_12');
    const files = new Map([...good].filter(([name]) => name !== FILE_05));
    files.set(name12, text('\r\n05\r\n', '\r\n12\r\n')(good.get(FILE_05) ?? Buffer.alloc(0)));
    files.set(INDEX, text(FILE_05, name12)(good.get(INDEX) ?? Buffer.alloc(0)));
    expect(await refusal(files)).toMatchObject({ code: 'FILE_REFUSED', file: name12 });
  });

  test('46: answers to orders that we never sent are kept and listed, one by one', async () => {
    const serial = /([0-9A-Z]{24})(?=20260304)/;
    put(changed(FILE_04, text(serial, 'ZZ'.repeat(12))));
    expect(await receive()).toMatchObject({ imported: 1 });
    isTaken = true;
    before = await digest();
    await confirmWaiting(stage.world, actor, NEXT);
    const codes = (await stage.exceptionsOf(NEXT)).map((row) => `${row.code} ${row.severity}`);
    expect(codes).toContain('ORDER_UNKNOWN remind');
    const [row] = await stage.world.db.query<{ n: bigint }>(
      `select count(*) as n from accounts.holding_movements where bucket >= 0`,
    );
    expect(row?.n).toBe(0n);
  });

  test('37: again, under another name, and with other bytes under its name', async () => {
    // The test before took it, with one order of nobody.
    const taken = changed(FILE_04, text(/([0-9A-Z]{24})(?=20260304)/, 'ZZ'.repeat(12)));
    before = await digest();
    put(taken);
    expect(await receive()).toEqual({ imported: 0, records: 0, known: 1, refused: 0 });
    put(new Map([...taken].map(([name, bytes]) => [name.toLowerCase(), bytes])));
    expect(await receive()).toEqual({ imported: 0, records: 0, known: 1, refused: 0 });
    const copy = FILE_04.replace('.TXT', '_001.TXT');
    put([...taken, [copy, taken.get(FILE_04) ?? Buffer.alloc(0)]]);
    expect(await receive()).toEqual({ imported: 0, records: 0, known: 1, refused: 0 });
    expect(await digest()).toEqual(before);

    put(good);
    expect(await receive()).toEqual({ imported: 0, records: 0, known: 0, refused: 1 });
    expect(await digest()).toEqual(before);
    const [told] = await stage.world.db.query<{ severity: string }>(
      `select severity from clearing.exceptions where code = 'FILE_CONTENT_CHANGED'`,
    );
    expect(told?.severity).toBe('approve');
  });

  test('49, 50: what is still being written, a folder, a link and a stray name are not read', async () => {
    await stage.world.db.query(`select 1`);
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
    const index = good.get(INDEX) ?? Buffer.alloc(0);
    put([
      [`${INDEX}.part`, index],
      [`.${INDEX}`, index],
      [`${'x'.repeat(200)}.TXT`, index],
      ['对账.TXT', index],
      ['OFI_01_305_20269999.TXT', index],
      ['OFI_01_305_29991231.TXT', index],
    ]);
    mkdirSync(join(folder, `OFI_01_305_${DATE}.TXT`));
    symlinkSync('/etc/passwd', join(folder, `OFJ_01_305_${DATE}.TXT`));
    expect(await receive()).toEqual({ imported: 0, records: 0, known: 0, refused: 0 });
    expect(await digest()).toEqual(before);
    rmSync(join(folder, `OFI_01_305_${DATE}.TXT`), { recursive: true });
    // An index that names a file elsewhere is refused by the name.
    put([[INDEX, text(FILE_04, '../../../../etc/passwd')(index)]]);
    expect(await receive()).toMatchObject({ imported: 0, refused: 1 });
    expect(await digest()).toEqual(before);
  });

  test('a bank statement that contradicts itself is kept aside, and the good one is taken after it', async () => {
    const bank = join(stage.world.exchange.folder, 'BANK', 'in');
    await stage.send(NEXT);
    const name = `BANK_STATEMENT_${DATE}.CSV`;
    cpSync(join(bank, name), join(stage.folder, name));
    const whole = readFileSync(join(bank, name), 'utf8');
    writeFileSync(join(bank, name), whole.replace(/CLOSING,(\d)/, 'CLOSING,9$1'));
    expect(await receiveStatement(stage.world, actor, NEXT)).toBeUndefined();
    const [refused] = await stage.world.db.query<{ reason: unknown }>(
      `select reason from clearing.files where party = 'BANK' and state = 'refused'`,
    );
    expect(refused?.reason).toMatchObject({ code: 'STATEMENT_REFUSED', line: expect.any(Number) });
    expect(await receiveStatement(stage.world, actor, NEXT)).toBeUndefined();
    // It came, so it is not missing beside.
    const statements = async () =>
      (await stage.seen(NEXT)).filter((line) => line.startsWith('STATEMENT_'));
    expect(await statements()).toEqual(['STATEMENT_REFUSED approve open']);
    cpSync(join(stage.folder, name), join(bank, name));
    expect((await receiveStatement(stage.world, actor, NEXT))?.closing.size).toBe(2);
    expect(await statements()).toEqual(['STATEMENT_REFUSED approve resolved']);
    // The same again is nothing, other bytes under its name are told.
    cpSync(join(stage.folder, name), join(bank, name));
    await receiveStatement(stage.world, actor, NEXT);
    writeFileSync(join(bank, name), `${whole}\r\n`);
    await receiveStatement(stage.world, actor, NEXT);
    const raised = await stage.exceptionsOf(NEXT);
    expect(
      raised.find((row) => row.subject === `statement:${NEXT}` && row.state === 'open')?.code,
    ).toBe('FILE_CONTENT_CHANGED');
  });
});

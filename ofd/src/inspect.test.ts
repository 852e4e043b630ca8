import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeIndex } from './index-file.ts';
import { inspect, inspectFile } from './inspect.ts';
import { getLayout, layouts } from './layout.ts';
import { overwrite, sampleApplications, sampleHeader } from './testing.ts';
import { writeFile } from './write.ts';
import fieldLabels from './field-labels.json' with { type: 'json' };

const header = sampleHeader(getLayout('21', '03'));
const good = writeFile(header, '03', sampleApplications(3));

test('a file is shown in English', async () => {
  expect(await inspect(good, { records: 1 })).toBe(
    `version         21
creator         305
receiver        27
date            2026-09-21
summary number  001
file type       03 trade applications
sender          305
recipient       27
layout          V2.1 standard (verified)
records         3

record 1 / 3
  AppSheetSerialNo         30520260921000001
  FundCode                 000001
  TransactionDate          2026-09-21
  TransactionTime          09:30:00
  TransactionAccountID     9000000001
  DistributorCode          305
  ApplicationAmount        1,000.00
  BusinessCode             022 purchase
  TAAccountID              F10209800975
  CurrencyType             156 CNY
  IndividualOrInstitution  1 person
  Specification            中国银行理财申购

Records not shown: 2

The file is complete and every field is valid.
`,
  );
});

test('a file is shown in Chinese, code values in words', async () => {
  const header02 = sampleHeader(getLayout('21', '02'));
  const person = { IndividualOrInstitution: '1', CertificateType: '0', ReturnCode: '0000' };
  const firm = { IndividualOrInstitution: '0', CertificateType: '1', ReturnCode: '0007' };
  const bytes = writeFile(header02, '02', [person, firm]);
  const text = await inspect(bytes, { language: 'zh' });
  expect(text).toContain('文件类型    02 账户确认');
  expect(text).toMatch(/CertificateType +证件类型 +0 身份证/);
  expect(text).toMatch(/CertificateType +证件类型 +1 营业执照/);
  expect(text).toMatch(/ReturnCode +返回代码 +0000 成功/);
  expect(text).toMatch(/ReturnCode +返回代码 +0007\n/);
  expect(text).toContain('文件完整，所有字段有效。');
});

test('blank and zero fields are shown on demand', async () => {
  const few = await inspect(good, { records: 1 });
  const all = await inspect(good, { records: 1, all: true });
  expect(few).not.toContain('SpecifyFee');
  expect(all).toMatch(/SpecifyFee +0\.00/);
});

test('a bad file is shown up to its error', async () => {
  const { text, error } = await inspectFile([overwrite(good, good.length - 700, '\0')], {
    language: 'zh',
    fileName: 'x.txt',
  });
  expect(error?.code).toBe('FIELD_CHARACTERS');
  expect(text).toContain('记录 1 / 3\n');
  expect(text).toContain('文件被拒绝：\n  FIELD_CHARACTERS: x.txt, 行 87, 记录 2, 字段 ');
  const short = await inspectFile(Buffer.from('OFD'));
  expect(short.text).toContain('TRUNCATED');
});

test('an index file is shown', async () => {
  const files = ['OFD_305_27_20260921_03.TXT'];
  const bytes = writeIndex({ ...header, kind: 'OFI', files });
  expect(await inspect(bytes, { fileName: 'OFJ_305_27_20260921.TXT' })).toBe(`index file  OFJ
version     21
creator     305
receiver    27
date        2026-09-21
files       1
  OFD_305_27_20260921_03.TXT

The file is complete and every field is valid.
`);
});

test('every field of every layout has a Chinese label', () => {
  const names = new Set(layouts.flatMap((layout) => layout.fields.map((field) => field.name)));
  expect(Object.keys(fieldLabels).sort()).toEqual([...names].sort());
});

test('the command line answers with the file and its status', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ofd-cli-'));
  const path = join(folder, 'OFD_305_27_20260921_03.TXT');
  const run = (...args: string[]) => {
    const script = join(import.meta.dirname, 'cli.ts');
    return spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  };
  try {
    writeFileSync(path, good);
    const shown = run('inspect', path, '--language', 'zh', '--records', '1');
    expect([shown.status, shown.stderr]).toEqual([0, '']);
    expect(shown.stdout).toContain('申购');
    writeFileSync(path, good.subarray(0, 2000));
    const refused = run('inspect', path, '--language', 'en');
    expect(refused.status).toBe(1);
    expect(refused.stdout).toContain('OFD_305_27_20260921_03.TXT, line 86, record 1, byte 2000');
    expect(run('inspect', join(folder, 'none')).status).toBe(2);
    expect(run('show', path).status).toBe(2);
    expect(run('inspect', path, '--language', 'fr').stderr).toContain('usage');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

import { expect, test } from 'vitest';
import { OfdError } from './errors.ts';
import { inspect } from './inspect.ts';
import { getLayout } from './layout.ts';
import { readPage } from './page.ts';
import { sampleHeader } from './testing.ts';
import { writeFile } from './write.ts';

const bytes = () =>
  writeFile(
    sampleHeader(getLayout('21', '04')),
    '04',
    Array.from({ length: 25 }, (_, index) => ({
      AppSheetSerialNo: `ORDER${index}`,
      TransactionCfmDate: '20260302',
      BusinessCode: '122',
      FundCode: '990001',
      ConfirmedAmount: '1234.50',
      IndividualOrInstitution: '1',
    })),
  );

test('a page holds its records, every field with both names, codes in words', async () => {
  const page = await readPage(bytes(), { from: 10, limit: 5 });
  expect(page.recordCount).toBe(25);
  expect(page.records.map((record) => record.index)).toEqual([10, 11, 12, 13, 14]);
  const at = (name: string) => page.fields.findIndex((field) => field.name === name);
  expect(page.fields[at('ConfirmedAmount')]).toMatchObject({
    label: 'Confirmed amount',
    labelZh: expect.stringMatching(/\p{Script=Han}/u),
    type: 'N',
    decimals: 2,
  });
  const [first] = page.records;
  expect(first?.values[at('AppSheetSerialNo')]).toEqual({ text: 'ORDER10' });
  expect(first?.values[at('ConfirmedAmount')]).toEqual({ text: '1,234.50' });
  expect(first?.values[at('TransactionCfmDate')]).toEqual({ text: '2026-03-02' });
  expect(first?.values[at('BusinessCode')]).toMatchObject({
    text: '122',
    meaning: { zh: '申购确认' },
  });
  expect(page.fileTypeName?.zh).toMatch(/确认/);
});

test('the last page is short, and one beyond the end is empty', async () => {
  expect((await readPage(bytes(), { from: 20, limit: 100 })).records).toHaveLength(5);
  expect((await readPage(bytes(), { from: 100, limit: 10 })).records).toEqual([]);
});

test('records before a fault are shown with the fault; a bad head is an error', async () => {
  const whole = bytes();
  const cut = await readPage(whole.subarray(0, whole.length - 500), { from: 0, limit: 100 });
  expect(cut.records.length).toBeLessThan(25);
  expect(cut.error).toBeInstanceOf(OfdError);
  await expect(readPage(Buffer.from('nothing'), { from: 0, limit: 1 })).rejects.toBeInstanceOf(
    OfdError,
  );
});

test('what is masked does not stand in the text of a file', async () => {
  const text = await inspect(bytes(), {
    mask: (field) => (field === 'AppSheetSerialNo' ? '***' : undefined),
  });
  expect(text).toContain('***');
  expect(text).not.toContain('ORDER1');
});

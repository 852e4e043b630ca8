import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defineLayout, layouts, type OfdLayout } from './layout.ts';
import { checkFile, parseFile } from './read.ts';
import { OfdReader, readRecords } from './reader.ts';
import type { OfdValue } from './record.ts';
import { anyRecord, sampleHeader, withSerials } from './testing.ts';
import { writeFile } from './write.ts';

/** What a reader gives back for a written value. */
function expected(layout: OfdLayout, values: Record<string, OfdValue>): Record<string, OfdValue> {
  const entries = layout.fields.map((field) => {
    const value = values[field.name];
    return [field.name, value ?? (field.type === 'N' ? 0n : '')] as const;
  });
  return Object.fromEntries(entries);
}

const bank = defineLayout({
  version: '21',
  profile: 'bank',
  fileType: '05',
  direction: 'toDistributor',
  recordLength: 64,
  verified: false,
  note: 'a test profile',
  fields: ['FundCode C20', 'NAV N9.6', 'TAAccountID A12 text', 'FundName C23'],
});

describe.each(
  [...layouts, bank].map((layout) => [`V${layout.version} ${layout.fileType}`, layout]),
)('file %s', (_, candidate) => {
  const layout = candidate as OfdLayout;
  const header = sampleHeader(layout);
  // Random text may be well-formed UTF-8 by chance; real text is what the suspicion is for.
  const options = { layout, trustEncoding: true };

  test('any values are written, read and written again without a change', () => {
    const anyRecords = fc.array(anyRecord(layout), { maxLength: 5 }).map(withSerials);
    fc.assert(
      fc.property(anyRecords, (records) => {
        const bytes = writeFile(header, layout.fileType, records, options);
        const file = parseFile(bytes, options);
        expect(file.header).toEqual(header);
        const values = file.records.map((record) => record.toValues());
        expect(values).toEqual(records.map((record) => expected(layout, record)));
        expect(writeFile(header, layout.fileType, values, options)).toEqual(bytes);
        expect(checkFile(bytes, options)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  test('a stream cut anywhere gives the same records', async () => {
    const anyCase = fc.tuple(
      fc.array(anyRecord(layout), { minLength: 1, maxLength: 4 }).map(withSerials),
      fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 30 }),
    );
    await fc.assert(
      fc.asyncProperty(anyCase, async ([records, sizes]) => {
        const bytes = writeFile(header, layout.fileType, records, options);
        const seen: Record<string, string>[] = [];
        for await (const record of readRecords(cut(bytes, sizes), options)) {
          expect(record.index).toBe(seen.length);
          seen.push(record.toObject());
        }
        expect(seen).toEqual(parseFile(bytes, options).records.map((record) => record.toObject()));
      }),
      { numRuns: 10 },
    );
  });
});

function* cut(bytes: Buffer, sizes: readonly number[]): Generator<Buffer> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length]!;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

test('a stream of single bytes is read, head first', async () => {
  const [layout] = layouts;
  const bytes = writeFile(sampleHeader(layout!), '01', [{ InvestorName: '𠮷野家' }]);
  const reader = await OfdReader.open(cut(bytes, [1]));
  expect(reader.recordCount).toBe(1);
  expect(reader.layout).toBe(layout);
  for await (const batch of reader.batches()) {
    expect(batch.map((record) => record.text('InvestorName'))).toEqual(['𠮷野家']);
  }
});

test('a stream can be left early and closes its source', async () => {
  let isClosed = false;
  async function* source() {
    try {
      yield writeFile(sampleHeader(layouts[0]!), '01', [{}, {}]);
    } finally {
      isClosed = true;
    }
  }
  const reader = await OfdReader.open(source());
  await reader.close();
  expect(isClosed).toBe(true);
});

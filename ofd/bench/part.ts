import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { OfdReader, OfdWriter } from '../src/index.ts';
import { header, sampleConfirmation } from './sample.ts';

/*
 * One part of the benchmark in a process of its own, so that its peak memory is its own:
 * `part.ts <name> <file> <records>`. Prints one line of JSON.
 */

type Part = (path: string, records: number) => Promise<number>;

const write: Part = async (path, records) => {
  const writer = await OfdWriter.toFile(path, header, '04');
  for (let index = 0; index < records; index++) await writer.write(sampleConfirmation(index));
  return await writer.end();
};

/** The floor: the same bytes, looked at for line ends only. */
const scan: Part = async (path) => {
  let lines = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 512 * 1024 })) {
    const bytes: Buffer = chunk;
    for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) lines++;
  }
  return lines - 128;
};

const parse: Part = async (path) => {
  const reader = await OfdReader.open(path, { fileName: 'bench' });
  let records = 0;
  for await (const batch of reader.batches()) records += batch.length;
  return records;
};

/** What a clearing system reads of a confirmation. */
const access: Part = async (path) => {
  const reader = await OfdReader.open(path, { fileName: 'bench' });
  let records = 0;
  let total = 0n;
  for await (const batch of reader.batches()) {
    for (const record of batch) {
      if (record.text('AppSheetSerialNo') === '' || record.text('FundCode') === '') continue;
      if (record.text('ReturnCode') !== '0000' || record.text('BusinessCode') !== '122') continue;
      if (record.text('TAAccountID') === '' || record.text('TASerialNO') === '') continue;
      total += record.number('ConfirmedVol') + record.number('ConfirmedAmount');
      total += record.number('Charge') + record.number('NAV');
      records++;
    }
  }
  return total > 0n ? records : 0;
};

const decode: Part = async (path) => {
  const reader = await OfdReader.open(path, { fileName: 'bench' });
  let records = 0;
  for await (const batch of reader.batches()) {
    for (const record of batch) if (record.toObject()['ReturnCode'] === '0000') records++;
  }
  return records;
};

const parts: Readonly<Record<string, Part>> = { write, scan, parse, access, decode };

const [, , name = '', path = '', records = '0'] = process.argv;
const part = parts[name];
if (part === undefined) throw new Error(`unknown part "${name}"`);
const before = process.cpuUsage();
const startedMs = performance.now();
const done = await part(path, Number(records));
const ms = performance.now() - startedMs;
const cpu = process.cpuUsage(before);
const { size } = await stat(path);
const result = {
  part: name,
  records: done,
  seconds: Number((ms / 1000).toFixed(3)),
  recordsPerSecond: Math.round((done * 1000) / ms),
  mebibytesPerSecond: Math.round(size / 1048.576 / ms),
  cpuSeconds: Number(((cpu.user + cpu.system) / 1e6).toFixed(3)),
  peakRssMebibytes: Math.round(process.resourceUsage().maxRSS / 1024),
};
process.stdout.write(`${JSON.stringify(result)}\n`);

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';

/*
 * One million type-04 records through the codec: written to a file, scanned for line ends (the
 * floor), framed with every field checked, read by name, and decoded to objects.
 * `npm run bench -w @cairn/ofd [-- --records N]`
 */

interface PartResult {
  readonly part: string;
  readonly records: number;
  readonly seconds: number;
  readonly recordsPerSecond: number;
  readonly mebibytesPerSecond: number;
  readonly cpuSeconds: number;
  readonly peakRssMebibytes: number;
}

const labels: Readonly<Record<string, string>> = {
  write: 'write from values',
  scan: 'floor: scan for line ends',
  parse: 'frame, check every field',
  access: 'the same, ten fields read',
  decode: 'the same, decoded to objects',
};

const run = promisify(execFile);
const { values } = parseArgs({ options: { records: { type: 'string', default: '1000000' } } });
const folder = await mkdtemp(join(tmpdir(), 'ofd-bench-'));
const path = join(folder, 'confirmations.txt');
const script = join(import.meta.dirname, 'part.ts');
const results: PartResult[] = [];
try {
  for (const part of Object.keys(labels)) {
    const { stdout } = await run(process.execPath, [script, part, path, values.records]);
    const result: PartResult = JSON.parse(stdout);
    if (result.records !== Number(values.records)) throw new Error(`${part}: ${stdout}`);
    results.push(result);
  }
} finally {
  await rm(folder, { recursive: true });
}
const rows = results.map((result) => ({
  part: labels[result.part],
  'records/s': result.recordsPerSecond,
  'MiB/s': result.mebibytesPerSecond,
  seconds: result.seconds,
  'CPU s': result.cpuSeconds,
  'peak MiB': result.peakRssMebibytes,
}));
console.table(rows);
process.stdout.write(`${JSON.stringify({ records: Number(values.records), results })}\n`);

import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';

const run = promisify(execFile);
const README = new URL('../README.md', import.meta.url);
const README_ZH = new URL('../README.zh-CN.md', import.meta.url);
const FRONT_DOOR = new URL('./index.ts', import.meta.url).href;

/** Numbers to six digits, names without quotes: how the page shows a value. */
const SHOW = `
function show(value) {
  if (typeof value === 'number') return String(Number(value.toPrecision(6)));
  if (value === null || typeof value !== 'object') return String(value);
  if (typeof value.length === 'number') return '[' + Array.from(value, show).join(', ') + ']';
  const parts = Object.entries(value).map(([name, each]) => name + ': ' + show(each));
  return '{ ' + parts.join(', ') + ' }';
}
`;

interface Block {
  readonly title: string;
  readonly code: string;
}

/** The TypeScript of the page, each block under its heading. */
function blocksOf(page: string): Block[] {
  let title = '';
  return [...page.matchAll(/^## (.+)$|^```ts\n([\s\S]*?)^```$/gm)].flatMap(([, heading, code]) => {
    if (heading !== undefined) title = heading;
    return code === undefined ? [] : [{ title, code }];
  });
}

const SHOWN = /^(.+); \/\/ → (.+)$/;

/** What the page says that each line with an arrow gives. */
function promised(code: string): string[] {
  return code.split('\n').flatMap((line) => {
    const match = SHOWN.exec(line);
    return match === null ? [] : [`${match[1]} → ${match[2]}`];
  });
}

/** The block as a program that prints what those lines really give. */
function programOf(code: string): string {
  const lines = code.split('\n').map((line) => {
    const match = SHOWN.exec(line);
    const [, expression = ''] = match ?? [];
    return match === null
      ? line
      : `told.push(${JSON.stringify(`${expression} → `)} + show(${expression}));`;
  });
  const body = lines.join('\n').replace("'@cairn/quant'", JSON.stringify(FRONT_DOOR));
  return `const told: string[] = [];\n${body}\nconsole.log(JSON.stringify(told));\n${SHOW.replace('(value)', '(value: any): string')}`;
}

/** The code without its remarks; what a line gives is no remark. */
function withoutRemarks(code: string): string {
  const lines = code.split('\n').filter((line) => !/^\s*\/\//.test(line));
  return lines.map((line) => line.replace(/\s*\/\/ (?!→).*$/, '')).join('\n');
}

async function give(code: string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'quant-readme-'));
  try {
    const file = join(folder, 'block.mts');
    await writeFile(file, programOf(code));
    const { stdout } = await run(process.execPath, [file]);
    return JSON.parse(stdout) as string[];
  } finally {
    await rm(folder, { recursive: true });
  }
}

const [major = 0] = process.versions.node.split('.').map(Number);

// The page is for a Node that runs TypeScript as it is; npm test uses one.
describe.skipIf(major < 24)('the code of the README', async () => {
  const blocks = blocksOf(await readFile(README, 'utf8'));

  test.each(blocks)('under “$title” gives what it says', async ({ code }) => {
    expect(await give(code)).toEqual(promised(code));
  });

  test('is the code of the Chinese page too', async () => {
    const chinese = blocksOf(await readFile(README_ZH, 'utf8'));
    const codes = (page: readonly Block[]) => page.map(({ code }) => withoutRemarks(code));
    expect(codes(chinese)).toEqual(codes(blocks));
    expect(chinese.every(({ title }) => /[\u4e00-\u9fff]/.test(title))).toBe(true);
    expect(withoutRemarks('a; // → 1\n// b\nc(); // d')).toBe('a; // → 1\nc();');
  });

  test('shows values, and a wrong one would be seen', async () => {
    expect(blocks.flatMap(({ code }) => promised(code)).length).toBeGreaterThan(20);
    const code = "import { parseDay } from '@cairn/quant';\nparseDay('1970-01-03'); // → 3\n";
    expect(await give(code)).not.toEqual(promised(code));
  });
});

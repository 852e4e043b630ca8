import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instant } from '@cairn/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadSettings } from '../../platform/config.ts';
import { describeEachDb, testWorld } from '../../platform/testing.ts';
import type { Installation } from '../installation.ts';
import {
  findOperatorAccess,
  removeOperatorFile,
  writeOperatorFile,
} from '../operator/operator-file.ts';
import { CommandRefused, parseArgs } from './command.ts';
import { type InstalledName, runInstalled } from './installed.ts';
import { command as ofd } from './ofd.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-test-commands-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('arguments', () => {
  const known = { flags: ['dry-run'], values: ['date'] };

  test('are words, flags and values in any order', () => {
    const { words, flags, values } = parseArgs(['a', '--date', 'x', '--dry-run', 'b'], known, 'u');
    expect({ words, flags: [...flags], values }).toEqual({
      words: ['a', 'b'],
      flags: ['dry-run'],
      values: { date: 'x' },
    });
  });

  test.each([['--other'], ['--date'], ['--dry-run', '--dry-run'], ['--date', 'x', '--date', 'y']])(
    'that nobody asked for are refused in both languages with code 2: %s',
    (...args) => {
      let refused: unknown;
      try {
        parseArgs(args, known, 'day run');
      } catch (error) {
        refused = error;
      }
      expect(refused).toBeInstanceOf(CommandRefused);
      expect(refused).toMatchObject({ exitCode: 2 });
      expect(String(refused)).toContain('Usage: cairn day run\n用法：cairn day run');
    },
  );
});

describe('the operator file', () => {
  test('is its owner’s alone, is found, and goes only with its own key', () => {
    const access = { url: 'http://127.0.0.1:1', key: 'k1', pid: 1 };
    writeOperatorFile(folder, access);
    expect(findOperatorAccess(folder)).toEqual(access);
    const mode = process.platform === 'win32' ? 0 : statSync(join(folder, 'operator.json')).mode;
    expect(mode & 0o077).toBe(0);
    removeOperatorFile(folder, 'k2');
    expect(findOperatorAccess(folder)).toEqual(access);
    removeOperatorFile(folder, 'k1');
    expect(findOperatorAccess(folder)).toBeUndefined();
  });

  test('that cannot be read is none', () => {
    writeFileSync(join(folder, 'operator.json'), '{"url":');
    expect(findOperatorAccess(folder)).toBeUndefined();
  });
});

describe('cairn ofd inspect', () => {
  test('names the file that cannot be read, and how it is used', async () => {
    await expect(ofd.run(['inspect', join(folder, 'none.TXT')])).rejects.toThrow('无法读取');
    expect(() => ofd.run(['show', 'x'])).toThrow('用法：cairn ofd inspect');
    expect(() => ofd.run(['inspect', 'x', '--language', 'fr'])).toThrow('Usage');
  });
});

describeEachDb('commands inside an installation', (opened) => {
  const run = async (name: InstalledName, ...args: string[]) => {
    const world = testWorld(opened().db, instant('2026-03-09T01:30:00.000Z'));
    const settings = loadSettings({ CAIRN_DATA_DIR: folder });
    const installation: Installation = {
      settings,
      world: { ...world, exchange: { distributorCode: '305', folder } },
      close: () => Promise.resolve(),
    };
    const lines: string[] = [];
    const exitCode = await runInstalled(name, installation, args, (line) => {
      lines.push(line);
    });
    return { exitCode, text: lines.join('\n') };
  };

  test('day status tells what is due before any day was opened', async () => {
    const { exitCode, text } = await run('day', 'status');
    expect({ exitCode, text }).toEqual({
      exitCode: 0,
      text: 'Business day due: 2026-03-09. / 待处理业务日：2026-03-09。',
    });
  });

  test('day run refuses what is no date, no step and no trading day', async () => {
    expect(await run('day', 'run', '--date', '2026-02-30')).toMatchObject({ exitCode: 2 });
    expect(await run('day', 'run', '--until', 'lunch')).toMatchObject({ exitCode: 2 });
    const sunday = await run('day', 'run', '--date', '2026-03-08');
    expect(sunday.exitCode).toBe(1);
    expect(sunday.text).toContain('NOT_A_TRADING_DAY');
    expect(sunday.text).toMatch(/\p{Script=Han}/u);
    expect(await run('day', 'rest')).toMatchObject({ exitCode: 2 });
  });

  test('import tells a dry run from an import, and every fault with its line', async () => {
    const file = join(folder, 'funds.csv');
    const header = 'fund_code,name,registrar_code,fund_type\n';
    writeFileSync(file, `${header}990001,样本,01,mixed\n`);
    const dry = await run('import', 'funds', file, '--dry-run');
    expect(dry).toMatchObject({ exitCode: 0 });
    expect(dry.text).toContain('Dry run / 试运行: rows 行 1, new 新增 1');
    const real = await run('import', 'funds', file);
    expect(real.text).toContain('rows 行 1, new 新增 1');
    expect((await run('import', 'funds', file)).text).toContain('unchanged 未变 1');
    writeFileSync(file, `${header}990001,样本,01,nothing\n`);
    const wrong = await run('import', 'funds', file);
    expect(wrong.exitCode).toBe(1);
    expect(wrong.text).toContain('line 行 2');
    expect(await run('import', 'lunch', file)).toMatchObject({ exitCode: 2 });
    expect(await run('import', 'funds', join(folder, 'none.csv'))).toMatchObject({ exitCode: 1 });
  });

  test('demo is refused where there is no demonstration', async () => {
    const { exitCode, text } = await run('demo', 'next-day');
    expect(exitCode).toBe(1);
    expect(text).toContain('当前安装不是演示环境');
    expect(await run('demo', 'play')).toMatchObject({ exitCode: 2 });
  });
});

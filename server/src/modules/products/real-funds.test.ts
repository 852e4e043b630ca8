import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { instant, localDate, parsePrice } from '@cairn/kernel';
import { describe, expect, test } from 'vitest';
import type { Actor } from '../../platform/actor.ts';
import { testWorld, withDb } from '../../platform/testing.ts';
import { readCsv } from './domain/csv.ts';
import { importCsv, latestNavs } from './index.ts';

const folder = join(process.env['CAIRN_DATA'] ?? '', 'funds');
const there = process.env['CAIRN_DATA'] !== undefined && existsSync(folder);
const actor: Actor = { kind: 'staff', id: 'li', roles: [], requestId: 'r', from: 'local' };

function sourceRows(file: string, required: string[], optional: string[]) {
  const text = readFileSync(join(folder, file), 'utf8');
  return readCsv(text, { required, optional }, { rowsMax: 200_000, bytesMax: 16_000_000 });
}

describe.skipIf(!there)('real published funds (needs CAIRN_DATA)', () => {
  test('11,818 funds and 7,925 NAVs of five of them, twice', async () => {
    const list = sourceRows(
      'fund_list_2021-01-15.csv',
      ['fund_code', 'name', 'type'],
      ['abbr', 'pinyin'],
    );
    const navs = sourceRows(
      'fund5_NetAssetValue.csv',
      ['fund_code', 'report_date', 'unit_net_value', 'accumulated_net_value'],
      ['growth_rate', 'subscription_status', 'redemption_status', 'bonus_per_share', 'quarter'],
    );
    expect([...list.faults, ...navs.faults]).toEqual([]);
    const fundsCsv = ['fund_code,name,registrar_code,fund_type'];
    for (const { cells } of list.rows) {
      fundsCsv.push(`${cells['fund_code'] ?? ''},"${cells['name'] ?? ''}",01,mixed`);
    }
    const navsCsv = ['fund_code,nav_date,nav,accumulated'];
    for (const { cells } of navs.rows) {
      const {
        fund_code: code,
        report_date: day,
        unit_net_value: nav,
        accumulated_net_value: sum,
      } = cells;
      navsCsv.push(`${code},${day},${nav},${sum}`);
    }
    await withDb(async (db) => {
      const world = testWorld(db, instant('2026-03-02T02:00:00.000Z'));
      const load = (kind: 'funds' | 'navs', lines: string[]) =>
        importCsv(world, actor, { kind, csv: lines.join('\n'), dryRun: false });
      expect(await load('funds', fundsCsv)).toMatchObject({ created: 11_818, errorCount: 0 });
      const first = await load('navs', navsCsv);
      expect(first).toMatchObject({ errorCount: 0, held: 0, created: navs.rows.length });
      expect(await load('navs', navsCsv)).toMatchObject({
        created: 0,
        unchanged: navs.rows.length,
      });
      const latest = await latestNavs(db, localDate('2021-01-22'), ['001938']);
      expect(latest.get('001938')?.nav).toBe(parsePrice('2.1057'));
    });
  });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '../../platform/actor.ts';
import { describeEachDb, testWorld, type TestWorld } from '../../platform/testing.ts';
import { changeProfile } from './changes.ts';
import { openCustomers } from './commands.ts';
import { idCardCheckCharacter } from './domain/id-card.ts';
import type { OpenCustomer } from './domain/opening.ts';
import { indexMissingNames } from './name-index.ts';
import { searchByText } from './search.ts';

const staff: Actor = {
  kind: 'staff',
  id: 'S1',
  roles: ['operations'],
  requestId: 'test',
  from: 'local',
};
const ofB02: Actor = { ...staff, branchCode: 'B02' };

function card(sequence: number): string {
  const first17 = `11010519900101${String(sequence).padStart(3, '0')}`;
  return first17 + idCardCheckCharacter(first17);
}

const PEOPLE: readonly (readonly [name: string, phone: string, branch: string])[] = [
  ['张三丰', '13800000001', 'B01'],
  ['张三', '13800000002', 'B02'],
  ['李张三', '13800000003', 'B01'],
  ['三丰张', '13911118888', 'B01'],
  ['欧阳娜娜', '13700009999', 'B01'],
  ['阿卜杜热合曼·买买提', '13600001234', 'B01'],
  ['José Núñez', '13500004321', 'B02'],
];

describeEachDb('finding customers by a text', (opened) => {
  let world: TestWorld;
  const ids = new Map<string, string>();

  beforeAll(async () => {
    world = testWorld(opened().db);
    const requests = PEOPLE.map(
      ([name, phone, branchCode], index): OpenCustomer => ({
        kind: '1',
        name,
        certificateType: '0',
        certificateNo: card(index + 1),
        certificateValidUntil: null,
        phone,
        branchCode,
      }),
    );
    const outcomes = await openCustomers(world, staff, requests);
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome.outcome !== 'opened') throw new Error(JSON.stringify(outcome));
      ids.set(PEOPLE[index]?.[0] ?? '', outcome.customerId);
    }
  });
  afterAll(() => undefined);

  const nameOf = (id: string) => [...ids].find(([, own]) => own === id)?.[0] ?? id;
  async function find(text: string, actor = staff): Promise<string[]> {
    const page = await searchByText(world, actor, { text, limit: 50 });
    return page.customers.map((hit) => `${nameOf(hit.customerId)} ${hit.matchedBy}`).sort();
  }

  test.each([
    ['张三', ['张三 name', '张三丰 name', '李张三 name']],
    ['三丰', ['三丰张 name', '张三丰 name']],
    ['张三丰', ['张三丰 name']],
    ['张', ['张三 name', '张三丰 name']],
    ['娜娜', ['欧阳娜娜 name']],
    ['热合曼•买', ['阿卜杜热合曼·买买提 name']],
    ['núñ', ['José Núñez name']],
    ['13800000002', ['张三 phone']],
    ['8888', ['三丰张 phone']],
    ['丰三', []],
    ['nobody', []],
    ['   ', []],
    ["' or 1=1", []],
  ])('%s', async (text, expected) => {
    expect(await find(text)).toEqual([...expected].sort());
  });

  test('the whole certificate, its end, and the customer number', async () => {
    expect(await find(card(1))).toEqual(['张三丰 certificate']);
    expect(await find(card(2).slice(-4))).toContain('张三 certificate');
    const id = ids.get('欧阳娜娜') ?? '';
    expect(await find(id)).toEqual(['欧阳娜娜 customerId']);
    expect(await find(id.slice(0, 12).toLowerCase())).toEqual(['欧阳娜娜 customerId']);
  });

  test('a branch finds its own', async () => {
    expect(await find('张三', ofB02)).toEqual(['张三 name']);
    expect(await find('13800000001', ofB02)).toEqual([]);
    expect(await find(card(1), ofB02)).toEqual([]);
  });

  test('what is found exactly stands first, the rest comes by pages and nobody twice', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await searchByText(world, staff, { text: '张三', limit: 1, cursor });
      seen.push(...page.customers.map((hit) => nameOf(hit.customerId)));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen[0]).toBe('张三');
    expect(seen.toSorted()).toEqual(['张三', '张三丰', '李张三']);
  });

  test('a changed name is found by the new one only', async () => {
    const customerId = ids.get('三丰张') ?? '';
    await changeProfile(world, staff, {
      customerId,
      expectedVersion: 1,
      reason: '更名',
      change: { name: '周芷若' },
    });
    expect(await find('芷若')).toEqual(['三丰张 name']);
    expect(await find('三丰')).toEqual(['张三丰 name']);
  });

  test('names that an earlier program wrote are made up, once', async () => {
    await opened().db.query(`delete from customers.name_pairs`);
    await opened().db.query('update customers.customers set name_pairs_version = 0');
    expect(await find('娜娜')).toEqual([]);
    expect(await indexMissingNames(world)).toBe(PEOPLE.length);
    expect(await find('娜娜')).toEqual(['欧阳娜娜 name']);
    expect(await indexMissingNames(world)).toBe(0);
  });

  test('no letter of a name stands in the index', async () => {
    const rows = await opened().db.query<{ text: string }>(
      `select encode(pair_digest, 'escape') || customer_id as text from customers.name_pairs`,
    );
    const all = rows.map((row) => row.text).join();
    for (const [name] of PEOPLE) expect(all).not.toContain(name.slice(0, 2));
  });
});

/** What waits for whom: to-do lists, approvals with what stood there before, who is who. */
import { addDays, localDate } from '@cairn/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '../../server/src/platform/actor.ts';
import { signIn } from '../../server/src/platform/http/testing.ts';
import { describeJourney } from '../../server/src/platform/testing.ts';
import { type House, openHouse, TODAY } from '../bad-input/house.ts';
import { PLAIN } from '../bad-input/market.ts';

interface Todo {
  items: { id: string; count: number; weight: string; titleZh: string; room: string }[];
}
interface Approval {
  approvalId: string;
  kind: string;
  titleZh: string;
  maker: string;
  roles: string[];
  payload: { rows: { values: Record<string, string> }[] };
  before: { rows: { values: Record<string, string> }[] } | null;
}
interface Versions {
  parameters: { version: number; isInForce: boolean; values: Record<string, string> }[];
  fees: { kind: string; version: number; isInForce: boolean }[];
}

describeJourney('work that waits', (opened) => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse(opened());
    const { operations } = house.staff;
    await house.app.inject({
      method: 'POST',
      url: '/customers',
      headers: operations,
      payload: {
        kind: '1',
        name: '待审人',
        certificateType: '0',
        certificateNo: '110105199001010037',
        certificateValidUntil: null,
        phone: '13600000001',
        branchCode: 'B02',
      },
    });
  });
  afterAll(() => house.close());

  async function get(url: string, as: Role = 'reviewer') {
    const reply = await house.app.inject({ method: 'GET', url, headers: house.staff[as] });
    expect([url, reply.statusCode]).toEqual([url, 200]);
    return reply;
  }
  const post = (url: string, body: object, as: Role) =>
    house.app.inject({ method: 'POST', url, headers: house.staff[as], payload: body });
  const idsOf = async (as: Role) =>
    (await get('/todo', as)).json<Todo>().items.map((item) => `${item.id} ${item.count}`);

  test('a proposed change waits for who may check it, not for who made it', async () => {
    const made = await post(
      `/products/${PLAIN}/parameter-changes`,
      { effectiveDate: addDays(TODAY, 7), changes: { riskLevel: '4' } },
      'productManager',
    );
    expect(made.statusCode).toBe(202);
    expect(await idsOf('reviewer')).toContain('approvals.products.parameters 1');
    expect((await idsOf('productManager')).join()).not.toContain('approvals.products.parameters');
  });

  test('shows what stood there before, beside what is proposed, and tells when it has moved', async () => {
    const list = (await get('/approvals?kind=products.parameters')).json<{
      approvals: Approval[];
    }>();
    const [approval] = list.approvals;
    expect(approval).toMatchObject({ titleZh: '产品参数', roles: ['reviewer', 'productManager'] });
    expect(approval?.before?.rows[0]?.values['riskLevel']).toBe('3');
    expect(approval?.payload.rows[0]?.values['riskLevel']).toBe('4');
    const url = `/approvals/${approval?.approvalId}`;
    expect((await get(url)).json<{ hasMoved: boolean }>().hasMoved).toBe(false);
    const other = await post(
      `/products/${PLAIN}/parameter-changes`,
      { effectiveDate: addDays(TODAY, 1), changes: { minFirstPurchase: '20.00' } },
      'operations',
    );
    const { approvalId } = other.json<{ approvalId: string }>();
    await post(`/approvals/${approvalId}/approve`, { reason: 'checked' }, 'reviewer');
    const moved = (await get(url)).json<{
      hasMoved: boolean;
      now: { rows: { values: Record<string, string> }[] };
    }>();
    expect(moved.hasMoved).toBe(true);
    expect(moved.now.rows[0]?.values['minFirstPurchase']).toBe('20.00');
    const decided = (await get('/approvals?state=approved')).json<{ approvals: Approval[] }>();
    expect(decided.approvals.map((one) => one.approvalId)).toContain(approvalId);
    expect(decided.approvals[0]?.before).not.toBeNull();
  });

  test('pages of approvals go on where the one before ended', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = (await get(`/approvals?state=approved&limit=2${cursor}`)).json<{
        approvals: Approval[];
        nextCursor?: string;
      }>();
      seen.push(...page.approvals.map((one) => one.approvalId));
      cursor = page.nextCursor === undefined ? '' : `&cursor=${page.nextCursor}`;
    } while (cursor !== '');
    expect(new Set(seen).size).toBe(seen.length);
    const [count] = await opened().db.query<{ n: number }>(
      `select count(*)::int4 as n from platform.approvals where state = 'approved'`,
    );
    expect(seen).toHaveLength(count?.n ?? 0);
    const bad = await house.app.inject({
      method: 'GET',
      url: '/approvals?cursor=abc',
      headers: house.staff.reviewer,
    });
    expect(bad.statusCode).toBe(400);
  });

  test('versions of a fund say which is in force on a day', async () => {
    const today = (await get(`/products/${PLAIN}/versions`, 'investor')).json<Versions>();
    expect(today.parameters.filter((one) => one.isInForce)).toHaveLength(1);
    expect(today.parameters[0]?.values['minFirstPurchase']).toBe('20.00');
    expect(today.parameters[0]?.isInForce).toBe(false);
    expect(new Set(today.fees.map((fee) => fee.kind)).size).toBe(2);
    const later = (
      await get(`/products/${PLAIN}/versions?date=${addDays(TODAY, 2)}`)
    ).json<Versions>();
    expect(later.parameters[0]?.isInForce).toBe(true);
    const rules = (await get('/suitability/rules/versions', 'compliance')).json<{
      versions: { version: number; isInForce: boolean; recordedBy: string }[];
    }>();
    expect(rules.versions).toMatchObject([{ version: 1, isInForce: true }]);
  });

  test('customers to review and assessments that lapse are counted, and listed behind the count', async () => {
    const item = (await get('/todo', 'compliance'))
      .json<Todo>()
      .items.find(({ id }) => id === 'customers.pending');
    const list = (await get('/customers?kyc=pending', 'compliance')).json<{
      customers: unknown[];
    }>();
    expect(item?.count).toBe(list.customers.length);
    expect(list.customers.length).toBeGreaterThan(0);
    const ofB01 = (await signIn(house.app, ['operations'], 'B01')).headers;
    const reply = await house.app.inject({ method: 'GET', url: '/todo', headers: ofB01 });
    expect(reply.json<Todo>().items.map(({ id }) => id)).not.toContain('customers.pending');
    house.world.clock.advanceMs(740 * 86_400_000);
    const due = (await get('/suitability/assessments-due?due=lapsed', 'adviser')).json<{
      customers: { validUntil: string }[];
    }>();
    house.world.clock.advanceMs(-740 * 86_400_000);
    expect(due.customers.length).toBeGreaterThan(0);
    for (const { validUntil } of due.customers) {
      expect(localDate(validUntil) < addDays(TODAY, 740)).toBe(true);
    }
  });

  test('an investor is told about his own assessment only', async () => {
    expect(await idsOf('investor')).toEqual([]);
    house.world.clock.advanceMs(715 * 86_400_000);
    expect(await idsOf('investor')).toEqual(['suitability.assessment 1']);
    house.world.clock.advanceMs(-715 * 86_400_000);
  });

  test('the directory names who stands behind the ids of records', async () => {
    const { people } = (await get('/directory', 'auditor')).json<{
      people: { actor: string; userName: string }[];
    }>();
    const makers = (await get('/approvals?kind=products.parameters')).json<{
      approvals: Approval[];
    }>();
    const maker = makers.approvals[0]?.maker;
    expect(people.find((one) => one.actor === maker)?.userName).toMatch(/^s[0-9a-f]{20}$/);
    const refused = await house.app.inject({
      method: 'GET',
      url: '/directory',
      headers: house.staff.investor,
    });
    expect(refused.statusCode).toBe(403);
  });
});

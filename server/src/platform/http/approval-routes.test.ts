import { afterAll, beforeAll, expect, it } from 'vitest';
import { registerApproval, requestApproval } from '../approvals.ts';
import { createPartnerKey } from '../auth/partner-keys.ts';
import { describeEachDb, type TestWorld, testWorld } from '../testing.ts';
import { FIRM, work } from '../work.ts';
import { type App, createApp } from './app.ts';
import type { Problem } from './problem.ts';
import { signIn } from './testing.ts';

let carriedOut = 0;
registerApproval('test.change', {
  title: ['change', '变更'],
  roles: ['reviewer'],
  async execute() {
    carriedOut += 1;
  },
});

describeEachDb('approvals over HTTP', (opened) => {
  let app: App;
  let world: TestWorld;
  beforeAll(async () => {
    world = testWorld(opened().db);
    app = await createApp(world, []);
    carriedOut = 0;
  });
  afterAll(() => app.close());

  async function decide(approvalId: string, headers: { authorization: string }, how = 'approve') {
    const url = `/approvals/${approvalId}/${how}`;
    const reply = await app.inject({ method: 'POST', url, headers, payload: { reason: 'seen' } });
    return [reply.statusCode, reply.json<Problem>().code] as const;
  }

  it('are decided by another person of the right role, once, never by a program', async () => {
    const maker = await signIn(app, ['reviewer', 'productManager']);
    const checker = await signIn(app, ['reviewer']);
    const other = await signIn(app, ['operations']);
    const auditor = await signIn(app, ['auditor']);
    const { key } = await createPartnerKey(app.auth, maker.actor, {
      name: 'p',
      roles: ['operations'],
    });
    const request = {
      kind: 'test.change',
      subject: 'fund:000001',
      payload: { level: 3 },
      maker: maker.actor,
    };
    const approvalId = await work(world, [FIRM], (unit) => requestApproval(unit, request));
    const list = await app.inject({
      method: 'GET',
      url: '/approvals?limit=5',
      headers: auditor.headers,
    });
    expect(list.json()).toMatchObject({
      approvals: [{ approvalId, payload: { level: 3 }, state: 'waiting' }],
    });
    const about = async (subject: string) => {
      const url = `/approvals?subject=${subject}`;
      const page = await app.inject({ method: 'GET', url, headers: auditor.headers });
      return page.json<{ approvals: unknown[] }>().approvals.length;
    };
    expect([await about('fund:000001'), await about('fund:000002')]).toEqual([1, 0]);
    expect(await decide(approvalId, maker.headers)).toEqual([403, 'APPROVAL_OWN_REQUEST']);
    expect(await decide(approvalId, other.headers)).toEqual([403, 'APPROVAL_ROLE_MISSING']);
    expect(await decide(approvalId, { authorization: `Bearer ${key}` })).toEqual([
      403,
      'APPROVAL_NOT_STAFF',
    ]);
    expect(await decide(approvalId, auditor.headers)).toEqual([403, 'FORBIDDEN']);
    expect(await decide('nothing', checker.headers)).toEqual([404, 'APPROVAL_NOT_FOUND']);
    expect(carriedOut).toBe(0);
    expect((await decide(approvalId, checker.headers))[0]).toBe(200);
    expect(await decide(approvalId, checker.headers)).toEqual([409, 'APPROVAL_DECIDED']);
    expect(await decide(approvalId, checker.headers, 'reject')).toEqual([409, 'APPROVAL_DECIDED']);
    expect(carriedOut).toBe(1);
  });

  it('about a customer are seen and decided in his branch and by the whole firm only', async () => {
    const maker = await signIn(app, ['operations']);
    const approvalId = await work(world, [FIRM], (unit) =>
      requestApproval(unit, {
        kind: 'test.change',
        subject: 'customer:1',
        payload: { level: 4 },
        maker: maker.actor,
        branchCode: 'B01',
      }),
    );
    const seenBy = async (branchCode?: string) => {
      const { headers } = await signIn(app, ['reviewer'], branchCode);
      const list = await app.inject({ method: 'GET', url: '/approvals', headers });
      return list.body.includes(approvalId);
    };
    expect([await seenBy('B02'), await seenBy('B01'), await seenBy()]).toEqual([false, true, true]);
    const stranger = await signIn(app, ['reviewer'], 'B02');
    expect(await decide(approvalId, stranger.headers)).toEqual([404, 'APPROVAL_NOT_FOUND']);
    const own = await signIn(app, ['reviewer'], 'B01');
    expect((await decide(approvalId, own.headers))[0]).toBe(200);
  });

  it('about the firm are none of a branch', async () => {
    const maker = await signIn(app, ['operations']);
    const approvalId = await work(world, [FIRM], (unit) =>
      requestApproval(unit, {
        kind: 'test.change',
        subject: 'firm',
        payload: { level: 5 },
        maker: maker.actor,
      }),
    );
    const own = await signIn(app, ['reviewer'], 'B01');
    const list = await app.inject({ method: 'GET', url: '/approvals', headers: own.headers });
    expect(list.body.includes(approvalId)).toBe(false);
    expect(await decide(approvalId, own.headers)).toEqual([404, 'APPROVAL_NOT_FOUND']);
    const whole = await signIn(app, ['reviewer']);
    expect((await decide(approvalId, whole.headers))[0]).toBe(200);
  });
});

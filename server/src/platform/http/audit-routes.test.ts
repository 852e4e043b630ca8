import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instant } from '@cairn/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemActor } from '../actor.ts';
import { anchorFile, anchorTask, readAnchors } from '../anchors.ts';
import { loadSettings } from '../config.ts';
import { describeEachDb, type TestWorld, testWorld } from '../testing.ts';
import { work } from '../work.ts';
import { type App, createApp } from './app.ts';
import { signIn } from './testing.ts';

const actor = systemActor('test-run');

describeEachDb('the audit over HTTP', (opened) => {
  let world: TestWorld;
  let app: App;
  let dataDir: string;
  let headers: { authorization: string };

  const record = (bucket: number, subject: string) =>
    work(world, [bucket], async ({ audit }) => {
      audit({ bucket, actor, action: 'test.act', subject, result: 'done', detail: { n: 1 } });
    });
  const get = async (url: string) => {
    const response = await app.inject({ url, headers });
    expect(response.statusCode).toBe(200);
    return response.json<{ entries: { subject: string; seq: string }[]; next?: string }>();
  };
  const verify = async () => {
    const response = await app.inject({ method: 'POST', url: '/audit/verification', headers });
    expect(response.statusCode).toBe(200);
    return response.json<{ isIntact: boolean; anchors: number; faults: unknown[] }>();
  };

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'cairn-test-audit-'));
    world = testWorld(opened().db, instant('2026-03-09T01:30:00.000Z'));
    app = await createApp(world, [], {
      settings: loadSettings({ CAIRN_DATA_DIR: dataDir, CAIRN_LOG_LEVEL: 'silent' }),
    });
    ({ headers } = await signIn(app, ['auditor']));
    for (let n = 1; n <= 5; n++) {
      await record(n % 2, `thing:${n}`);
      world.clock.advanceMs(1_000);
    }
  });
  afterAll(async () => {
    await app.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('is read newest first, page by page, without gap or repetition', async () => {
    const seen: string[] = [];
    let after = '';
    for (let page = 0; page < 3; page++) {
      const { entries, next } = await get(`/audit?action=test.act&limit=2${after}`);
      seen.push(...entries.map(({ subject }) => subject));
      after = next === undefined ? '' : `&after=${encodeURIComponent(next)}`;
    }
    expect(seen).toEqual(['thing:5', 'thing:4', 'thing:3', 'thing:2', 'thing:1']);
  });

  it('is searched by subject and by time', async () => {
    const { entries } = await get('/audit?subject=thing:2');
    expect(entries.map(({ subject }) => subject)).toEqual(['thing:2']);
    const from = encodeURIComponent('2026-03-09T01:30:03.000Z');
    const later = await get(`/audit?action=test.act&from=${from}`);
    expect(later.entries).toHaveLength(2);
  });

  it('refuses a place that no page gave, and who is no auditor', async () => {
    const wrong = await app.inject({ url: '/audit?after=here', headers });
    expect(wrong.statusCode).toBe(400);
    const operations = await signIn(app, ['operations']);
    const foreign = await app.inject({ url: '/audit', headers: operations.headers });
    expect(foreign.statusCode).toBe(403);
  });

  it('is proven against its anchors; a rewritten chain shows', async () => {
    await anchorTask(dataDir).run(world);
    expect(await verify()).toMatchObject({ isIntact: true, anchors: 1, faults: [] });
    const path = anchorFile(dataDir);
    const [anchor] = readAnchors(path).anchors;
    const [head] = anchor?.heads ?? [];
    const forged = { ...anchor, heads: [{ ...head, hash: '00'.repeat(32) }] };
    // A last line that was cut short is left out.
    writeFileSync(path, `${JSON.stringify(forged)}\n{"anchoredAt`);
    const { isIntact, anchors, faults } = await verify();
    expect({ isIntact, anchors }).toEqual({ isIntact: false, anchors: 1 });
    expect(faults).toEqual([{ bucket: head?.bucket, seq: head?.seq, fault: 'anchor' }]);
  });

  it('goes on after a line that was cut short, and keeps the anchors on both sides of it', async () => {
    const path = anchorFile(dataDir);
    rmSync(path);
    await anchorTask(dataDir).run(world);
    appendFileSync(path, '{"anchoredAt');
    await anchorTask(dataDir).run(world);
    expect(readAnchors(path)).toMatchObject({ anchors: { length: 2 }, brokenLines: [] });
    expect(await verify()).toMatchObject({ isIntact: true, anchors: 2, faults: [] });
  });
});

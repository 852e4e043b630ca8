/*
 * As in failover.test.ts, but nobody promotes the standby: Patroni does, and the address follows
 * whom Patroni names.
 */
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { Figure } from '../../server/src/app/proof/figures.ts';
import { Cluster, findPrograms, removeFolder } from './cluster.ts';
import { countsOf, keepFigures, timesOf } from './figures.ts';
import {
  ALL_KEPT,
  judge,
  openHouseOn,
  playThrough,
  takeAllDown,
  takeDown,
  verdictOn,
} from './house.ts';
import { findPatroni, PatroniPair } from './patroni.ts';

const bin = findPrograms();
const programs = findPatroni();
afterEach(takeAllDown);

const figures: Figure[] = [];
afterAll(() => {
  const title = { zh: 'Patroni 主备切换', en: 'Fail-over by Patroni' };
  keepFigures({ name: 'failover-patroni', ...title, test: 'patroni.test.ts', bin }, figures);
});

async function openHouse(isSynchronous: boolean) {
  if (bin === undefined || programs === undefined) throw new Error('no Patroni');
  const folder = Cluster.folder();
  takeDown.push(() => removeFolder(folder));
  const pair = await PatroniPair.open({ bin, programs, folder, isSynchronous });
  const house = await openHouseOn(pair.leader.cluster);
  pair.follow(house.wire);
  return { pair, house };
}

const isAbsent = bin === undefined || programs === undefined;
if (isAbsent) {
  console.log(
    'Fail-over by Patroni is skipped: it needs patroni, patronictl, etcd and PostgreSQL. / ' +
      '未安装 patroni、patronictl、etcd 和 PostgreSQL：Patroni 切换测试将被跳过。',
  );
}

describe.skipIf(isAbsent)('fail-over by Patroni', () => {
  test('the machine of the leader dies: nothing acknowledged is lost or done twice', async () => {
    const { pair, house } = await openHouse(true);
    const course = await playThrough(house, async () => {
      pair.leader.kill();
      await pair.hasTurned(house.wire);
    });
    console.log(
      `Patroni: ${course.acknowledged.length} acknowledged; after the kill the address led to the`,
      `standby in ${course.turnedMs} ms, the first order was acknowledged in ${course.firstMs} ms`,
    );
    const verdict = await verdictOn(pair.standby.cluster, house, course);
    expect(verdict).toEqual(ALL_KEPT);
    const which = { zh: '强制终止主库及其 Patroni', en: 'leader killed' };
    figures.push(...countsOf(which, course.acknowledged, verdict), ...timesOf(which, course));
  });

  test('an operator has the roles exchanged: nothing acknowledged is lost or done twice', async () => {
    const { pair, house } = await openHouse(true);
    const course = await playThrough(house, async () => {
      await pair.switchOver();
      await pair.hasTurned(house.wire);
    });
    console.log(
      `switchover: ${course.acknowledged.length} acknowledged,`,
      `none for ${course.silentMs} ms at the longest`,
    );
    const verdict = await verdictOn(pair.standby.cluster, house, course);
    expect(verdict).toEqual(ALL_KEPT);
    const which = { zh: '计划内切换', en: 'switchover' };
    figures.push(...countsOf(which, course.acknowledged, verdict), ...timesOf(which, course));
    // The one that led is the synchronous standby now, so the next fail-over loses nothing either.
    await pair.hasExchangedRoles();
  });

  test('with synchronous_mode off and the link cut, Patroni promotes and the loss is seen', async () => {
    const { pair, house } = await openHouse(false);
    await pair.leader.link.close();
    const { before } = await playThrough(house, async () => {
      pair.leader.kill();
      await pair.hasTurned(house.wire);
    });
    const verdict = await judge(pair.standby.cluster, house, before);
    console.log(`asynchronous: ${verdict.lost.length} of ${before.length} acknowledged lost`);
    expect(verdict.lost.length).toBeGreaterThan(0);
    // What is there is whole all the same.
    expect(verdict.broken).toEqual([]);
    const which = { zh: '对照：异步复制，断开复制', en: 'control: asynchronous, link cut' };
    figures.push(...countsOf(which, before, verdict));
  });
});

/*
 * As in failover.test.ts, but nobody promotes the standby: Patroni does, and the address follows
 * whom Patroni names.
 */
import { afterEach, describe, expect, test } from 'vitest';
import { Cluster, findPrograms, removeFolder } from './cluster.ts';
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
    expect(await verdictOn(pair.standby.cluster, house, course)).toEqual(ALL_KEPT);
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
    expect(await verdictOn(pair.standby.cluster, house, course)).toEqual(ALL_KEPT);
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
    const { lost, broken } = await judge(pair.standby.cluster, house, before);
    console.log(`asynchronous: ${lost.length} of ${before.length} acknowledged lost`);
    expect(lost.length).toBeGreaterThan(0);
    // What is there is whole all the same.
    expect(broken).toEqual([]);
  });
});

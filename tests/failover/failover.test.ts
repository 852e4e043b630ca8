/*
 * The database machine dies under load and its standby takes over. What was acknowledged to a
 * client must be there (RPO 0), nothing may be there twice, and the books must hold. The same with
 * a standby that is only asynchronous must lose orders: else this test could not see a loss.
 */
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import type { Figure } from '../../server/src/app/proof/figures.ts';
import { openDb } from '../../server/src/platform/db.ts';
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
import { Switch } from './switch.ts';

const bin = findPrograms();
afterEach(takeAllDown);

const figures: Figure[] = [];
afterAll(() => {
  const title = { zh: '主备切换', en: 'Fail-over' };
  keepFigures({ name: 'failover', ...title, test: 'failover.test.ts', bin }, figures);
});

async function openPair(synchronous: string) {
  if (bin === undefined) throw new Error('no PostgreSQL');
  const folder = Cluster.folder();
  takeDown.push(() => removeFolder(folder));
  const primary = await Cluster.primary(bin, folder, '');
  takeDown.push(() => primary.stop());
  const link = await Switch.to(primary.port);
  takeDown.push(() => link.close());
  const standby = await primary.standby(folder, link.port);
  takeDown.push(() => standby.stop());
  await primary.sql(`alter system set synchronous_standby_names = '${synchronous}'`);
  await primary.sql('select pg_reload_conf()');
  return { primary, standby, link };
}

describe.skipIf(bin === undefined)('fail-over (needs the programs of PostgreSQL)', () => {
  test('to a synchronous standby: nothing acknowledged is lost, nothing is done twice', async () => {
    const { primary, standby } = await openPair('*');
    const house = await openHouseOn(primary);
    const course = await playThrough(house, async () => {
      primary.kill();
      await standby.promote();
      house.wire.turn(standby.port);
    });
    console.log(
      `fail-over: ${course.acknowledged.length} acknowledged; after the kill the standby was primary in`,
      `${course.turnedMs} ms, the first order was acknowledged in ${course.firstMs} ms`,
    );
    const verdict = await verdictOn(standby, house, course);
    expect(verdict).toEqual(ALL_KEPT);
    const which = { zh: '同步备库，强制终止主库', en: 'synchronous, primary killed' };
    figures.push(...countsOf(which, course.acknowledged, verdict), ...timesOf(which, course));
  });

  test('commits that the standby never heard of are told to nobody, whoever else can flush', async () => {
    const { primary, standby, link } = await openPair('*');
    await primary.sql('create database house');
    const wire = await Switch.to(primary.port);
    takeDown.push(() => wire.close());
    const db = await openDb({ url: primary.url('house', wire.port), poolSize: 4 });
    takeDown.push(() => db.close());
    await db.script('create table notes (n int primary key)');
    await link.close();
    const told: Promise<string>[] = [];
    for (const n of [1, 2]) {
      await db.tx((tx) => tx.query('insert into notes values ($1)', [n]), {
        flushLater: (flushed) => {
          told.push(
            flushed.then(
              () => 'promised',
              () => 'not promised',
            ),
          );
        },
      });
    }
    // The old primary falls silent, and the address leads to the new one before anybody notices.
    primary.signal('SIGSTOP');
    takeDown.push(() => primary.signal('SIGCONT'));
    await standby.promote();
    wire.turn(standby.port);
    expect(await Promise.all(told)).toEqual(['not promised', 'not promised']);
    // They are lost, and a flush in any other session would have promised them.
    expect(await db.query('select n from notes')).toEqual([]);
    expect(await db.query(`select pg_logical_emit_message(true, 'any', '')`)).toHaveLength(1);
  });

  test('to an asynchronous standby that heard nothing for a while: the loss is seen', async () => {
    const { primary, standby, link } = await openPair('');
    const house = await openHouseOn(primary);
    // The standby hears nothing more, and with an asynchronous one nobody minds.
    await link.close();
    const { before } = await playThrough(house, async () => {
      primary.kill();
      await standby.promote();
      house.wire.turn(standby.port);
    });
    const verdict = await judge(standby, house, before);
    console.log(`asynchronous: ${verdict.lost.length} of ${before.length} acknowledged lost`);
    expect(verdict.lost.length).toBeGreaterThan(0);
    // What is there is whole all the same.
    expect(verdict.broken).toEqual([]);
    const which = { zh: '对照：异步备库，断开复制', en: 'control: asynchronous, link cut' };
    figures.push(...countsOf(which, before, verdict));
  });
});

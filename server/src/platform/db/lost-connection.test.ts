import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { openDb } from '../db.ts';
import { openPostgres } from './postgres.ts';
import { describePostgres } from '../testing.ts';

/** A wire to the server of `url` that can be cut. */
async function openWire(url: string) {
  const { port, hostname } = new URL(url);
  const ends = new Set<Socket>();
  const open = new Set<readonly [Socket, Socket]>();
  const listener = createServer((near) => {
    const far = connect(Number(port || 5432), hostname);
    for (const end of [near, far]) {
      ends.add(end);
      end.on('error', () => undefined);
      end.on('close', () => ends.delete(end));
    }
    near.pipe(far).pipe(near);
    open.add([near, far]);
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const wired = new URL(url);
  wired.hostname = '127.0.0.1';
  wired.port = String((listener.address() as AddressInfo).port);
  return {
    url: wired.href,
    /** The connections that stand carry nothing any more, and nobody says so. */
    freeze: () => {
      for (const [near, far] of open) {
        near.unpipe(far);
        far.unpipe(near);
      }
    },
    cut: () => {
      for (const end of ends) end.destroy();
    },
    close: () => new Promise((resolve) => listener.close(resolve)),
  };
}

describePostgres('a database that goes away', (opened) => {
  // Vitest fails a run in which an error was left to nobody: that is what killed the process.
  test('in the middle of a transaction is an answer to its caller, and the next one connects again', async () => {
    const wire = await openWire(opened().url ?? '');
    const db = await openDb({ url: wire.url, poolSize: 2 });
    const cut = db.tx(async (tx) => {
      await tx.query('select 1');
      wire.cut();
      await new Promise((resolve) => setTimeout(resolve, 50));
      await tx.query('select 2');
    });
    await expect(cut).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    const waiting = db.tx((tx) => tx.query('select pg_sleep(5)'));
    setTimeout(() => wire.cut(), 50);
    await expect(waiting).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(await db.query('select 3 as three')).toEqual([{ three: 3 }]);
    await db.close();
    await wire.close();
  });

  test('without a word is noticed, what it held is free, and the next one connects again', async () => {
    const wire = await openWire(opened().url ?? '');
    const db = await openPostgres(wire.url, 1, 300);
    await db.query('create table public.silent (n int)');
    const lost = db.tx(async (tx) => {
      await tx.query('lock table public.silent');
      wire.freeze();
      await tx.query('select 1');
    });
    await expect(lost).rejects.toMatchObject({ code: 'DATABASE_UNAVAILABLE' });
    expect(await opened().db.query('select count(*)::int4 as n from public.silent')).toEqual([
      { n: 0 },
    ]);
    // Who works, or waits for somebody who works, is silent too and is left alone.
    expect(await db.query('select pg_sleep(1), 4 as four')).toMatchObject([{ four: 4 }]);
    await db.query('drop table public.silent');
    await db.close();
    wire.cut();
    await wire.close();
  });

  test('is not found in one that has just ended its work', async () => {
    const db = await openPostgres(opened().url ?? '', 8, 250);
    const sleeps = Array.from(
      { length: 120 },
      (_, n) => `select pg_sleep(${0.25 + (n % 60) / 1000})`,
    );
    const outcomes = await Promise.allSettled(
      // Two statements: a connection that was ended after the first one has none left for the second.
      sleeps.map((sleep) =>
        db.tx(async (tx) => [await tx.query(sleep), await tx.query('select 1')]),
      ),
    );
    expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
    await db.close();
  });
});

import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { openDb } from '../db.ts';
import { describePostgres } from '../testing.ts';

/** A wire to the server of `url` that can be cut. */
async function openWire(url: string) {
  const { port, hostname } = new URL(url);
  const ends = new Set<Socket>();
  const listener = createServer((near) => {
    const far = connect(Number(port || 5432), hostname);
    for (const end of [near, far]) {
      ends.add(end);
      end.on('error', () => undefined);
      end.on('close', () => ends.delete(end));
    }
    near.pipe(far).pipe(near);
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const wired = new URL(url);
  wired.hostname = '127.0.0.1';
  wired.port = String((listener.address() as AddressInfo).port);
  return {
    url: wired.href,
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
});

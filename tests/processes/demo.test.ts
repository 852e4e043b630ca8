/* The demonstration and the tour once more, as four processes over one PostgreSQL. */
import { afterAll, describe, expect, test } from 'vitest';
import { Broker, serveAs } from '../journeys/broker.ts';
import { stepsOf } from '../journeys/tour-pages.ts';
import { MISSING_TOOLS, walkTour } from '../journeys/tour-walk.ts';
import { openForwarder } from './forward.ts';

serveAs('four processes');

await import('../journeys/demo.test.ts');

// The control: were this not found, the tour would prove nothing about what processes share.
describe.skipIf(MISSING_TOOLS.length > 0)('two processes that share no database', () => {
  const brokers: Broker[] = [];
  afterAll(() => Promise.all(brokers.map((one) => one.close())));

  test('are found by the first steps of the tour', async () => {
    const urls: URL[] = [];
    for (const _ of ['one', 'another']) {
      const broker = await Broker.open('one process');
      brokers.push(broker);
      await broker.serve({ isDemo: false });
      urls.push(new URL(broker.url));
    }
    const [broker] = brokers;
    const [first, bootstrap, login] = stepsOf('tour.md');
    if (!broker || !first || !bootstrap || !login) throw new Error('two serve a tour');
    // Nothing of a demonstration is there.
    const begin = { commands: first.commands.replace('npx cairn demo status', ''), output: '' };
    const forwarder = await openForwarder(urls);
    try {
      const to = { broker, url: forwarder.url };
      expect(await walkTour([begin, bootstrap, login], to)).toEqual([
        expect.stringContaining('login first.admin'),
      ]);
    } finally {
      forwarder.close();
    }
  });
});

/** Faults of the wires between clients, servers and database. */
import { dice, type Fault, pause, until } from './fault.ts';
import { type CommitCut, DIRECTIONS, type Line, type Wire } from './wire.ts';

/** Both directions of a wire are like this for a while. */
async function lines(wires: readonly Wire[], how: Partial<Line>, ms: number): Promise<void> {
  for (const { lines: of } of wires) for (const one of DIRECTIONS) Object.assign(of[one], how);
  await pause(ms);
  for (const wire of wires) wire.heal();
}

const cutAt = (where: CommitCut): Fault => ({
  name: `connection cut ${where} the commit`,
  async run({ databaseWire }) {
    const before = databaseWire.cuts;
    databaseWire.cutAtCommit(where, 3);
    await until('three commits were cut', () => databaseWire.cuts >= before + 3);
    databaseWire.heal();
  },
});

export const networkFaults: readonly Fault[] = [
  cutAt('before'),
  cutAt('during'),
  cutAt('after'),
  {
    name: 'connections to the database cut',
    async run({ databaseWire }) {
      for (let n = 0; n < 6; n += 1) {
        databaseWire.cut();
        await pause(dice.int(20, 120));
      }
    },
  },
  {
    name: 'answers to clients lost',
    async run({ clientWires: [wire] }) {
      const before = wire?.cuts ?? 0;
      wire?.cutAnswers(6);
      await until('six answers were cut', () => (wire?.cuts ?? 0) >= before + 6);
      wire?.heal();
    },
  },
  {
    name: 'database not reachable',
    async run({ databaseWire }) {
      databaseWire.isDown = true;
      databaseWire.cut();
      await pause(dice.int(300, 1_500));
      databaseWire.heal();
    },
  },
  {
    name: 'slow link to the database',
    run: ({ databaseWire }) => lines([databaseWire], { delayMs: 300, jitterMs: 700 }, 2_500),
  },
  {
    name: 'thin link to the database',
    run: ({ databaseWire }) => lines([databaseWire], { bytesPerSecond: 10_000 }, 2_500),
  },
  {
    name: 'packets in slices',
    run: ({ databaseWire, clientWires }) =>
      lines([databaseWire, ...clientWires], { sliceBytes: dice.int(3, 40) }, 2_000),
  },
  ...DIRECTIONS.map(
    (direction): Fault => ({
      name: `one-way partition, ${direction === 'up' ? 'to' : 'from'} the database`,
      async run({ databaseWire }) {
        databaseWire.lines[direction].isStopped = true;
        await pause(dice.int(500, 2_500));
        databaseWire.heal();
      },
    }),
  ),
  {
    name: 'half-open connections to the database',
    async run({ databaseWire }, clients) {
      const frozen = databaseWire.freeze();
      if (frozen === 0) throw new Error('no connection was there to freeze');
      // Nobody tells the server: it has to find out by itself.
      await clients.more(16, 60_000);
    },
  },
  {
    name: 'half-open connections of clients',
    async run({ clientWires: [wire] }, clients) {
      wire?.freeze();
      await clients.more(8, 60_000);
    },
  },
  {
    name: 'links clogged one by one and freed in another order',
    async run({ databaseWire, clientWires }) {
      const all = [databaseWire, ...clientWires].flatMap(({ lines: of }) =>
        DIRECTIONS.map((direction) => of[direction]),
      );
      for (const line of dice.shuffle(all)) {
        line.isStopped = true;
        await pause(dice.int(20, 200));
      }
      await pause(300);
      for (const line of dice.shuffle(all)) {
        line.isStopped = false;
        await pause(dice.int(20, 200));
      }
    },
  },
];

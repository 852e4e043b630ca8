/** Faults of the wires between clients, servers and database. */
import { dice, expectThat, type Fault, pause, waitFor } from './fault.ts';
import { type CommitCut, DIRECTIONS, type Line, type Wire } from './wire.ts';

/** Does something to wires, and says whether anything on them was held back by it. */
export async function hurting(wires: readonly Wire[], act: () => Promise<void>): Promise<number> {
  const pieces = () => wires.reduce((sum, wire) => sum + wire.hurt, 0);
  const before = pieces();
  await act();
  return pieces() > before ? 1 : 0;
}

/** Both directions of a wire are like this for a while. */
const lines = (wires: readonly Wire[], how: Partial<Line>, ms: number): Promise<number> =>
  hurting(wires, async () => {
    for (const { lines: of } of wires) for (const one of DIRECTIONS) Object.assign(of[one], how);
    await pause(ms);
    for (const wire of wires) wire.heal();
  });

const cutAt = (where: CommitCut): Fault => ({
  name: `connection cut ${where} the commit`,
  group: 'connection cut',
  async run({ databaseWire }) {
    const before = databaseWire.cuts;
    databaseWire.cutAtCommit(where, 3);
    await waitFor(() => databaseWire.cuts >= before + 3, 10_000);
    expectThat(databaseWire.cuts > before, 'a commit was cut');
    databaseWire.heal();
    return databaseWire.cuts - before;
  },
});

export const networkFaults: readonly Fault[] = [
  cutAt('before'),
  cutAt('during'),
  cutAt('after'),
  {
    name: 'connections to the database cut',
    group: 'connection cut',
    async run({ databaseWire }) {
      let seen = 0;
      for (let n = 0; n < 6; n += 1) {
        if (databaseWire.cut() > 0) seen += 1;
        await pause(dice.int(20, 120));
      }
      return seen;
    },
  },
  {
    name: 'answers to clients lost',
    group: 'connection cut',
    async run({ clientWires: [wire] }) {
      const before = wire?.cuts ?? 0;
      wire?.cutAnswers(6);
      await waitFor(() => (wire?.cuts ?? 0) >= before + 6, 10_000);
      expectThat((wire?.cuts ?? 0) > before, 'an answer was cut');
      wire?.heal();
      return (wire?.cuts ?? 0) - before;
    },
  },
  {
    name: 'database not reachable',
    group: 'connection cut',
    async run({ databaseWire }) {
      const { refused } = databaseWire;
      databaseWire.isDown = true;
      const cut = databaseWire.cut();
      await pause(dice.int(300, 1_500));
      databaseWire.heal();
      return cut > 0 || databaseWire.refused > refused ? 1 : 0;
    },
  },
  {
    name: 'slow link to the database',
    group: 'slow link',
    run: ({ databaseWire }) => lines([databaseWire], { delayMs: 300, jitterMs: 700 }, 2_500),
  },
  {
    name: 'thin link to the database',
    group: 'slow link',
    run: ({ databaseWire }) => lines([databaseWire], { bytesPerSecond: 10_000 }, 2_500),
  },
  {
    name: 'packets in slices',
    group: 'slow link',
    run: ({ databaseWire, clientWires }) =>
      lines([databaseWire, ...clientWires], { sliceBytes: dice.int(3, 40) }, 1_500),
  },
  ...DIRECTIONS.map(
    (direction): Fault => ({
      name: `one-way partition, ${direction === 'up' ? 'to' : 'from'} the database`,
      group: 'one-way partition',
      run: ({ databaseWire }) =>
        hurting([databaseWire], async () => {
          databaseWire.lines[direction].isStopped = true;
          await pause(dice.int(500, 2_500));
          databaseWire.heal();
        }),
    }),
  ),
  {
    name: 'half-open connections to the database',
    group: 'connection cut',
    run: ({ databaseWire }, clients) =>
      hurting([databaseWire], async () => {
        databaseWire.freeze();
        // Nobody tells the server: it has to find out by itself.
        await clients.more(16, 60_000);
      }),
  },
  {
    name: 'half-open connections of clients',
    group: 'connection cut',
    run: ({ clientWires }, clients) =>
      hurting(clientWires, async () => {
        clientWires[0]?.freeze();
        await clients.more(8, 60_000);
      }),
  },
  {
    name: 'links clogged one by one and freed in another order',
    group: 'clogged links',
    run: ({ wires }) =>
      hurting(wires, async () => {
        const all = wires.flatMap(({ lines: of }) => DIRECTIONS.map((direction) => of[direction]));
        for (const isStopped of [true, false]) {
          for (const line of dice.shuffle(all)) {
            line.isStopped = isStopped;
            await pause(dice.int(20, 200));
          }
          await pause(200);
        }
      }),
  },
];

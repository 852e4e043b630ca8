/** Faults of processes: killed, stopped, starved, restarted, with wrong clocks. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { dice, expectThat, type Fault, pause } from './fault.ts';
import type { ProcessHouse } from './house.ts';
import { ServerProcess } from './server-process.ts';

const CLOCK = fileURLToPath(new URL('./wrong-clock.mjs', import.meta.url));

/** A server whose clock is moved by so many milliseconds, one step after the other. */
function clockSteps(name: string, steps: readonly number[]): Fault {
  return {
    name: `clock steps, ${name}`,
    isHouseSpent: true,
    async run(house, clients) {
      const file = join(house.folder, 'clock');
      writeFileSync(file, '0');
      await house.servers[0]?.kill();
      await house.restart(0, { preload: CLOCK, env: { WRONG_CLOCK_FILE: file } });
      for (const step of steps) {
        writeFileSync(file, String(step));
        house.servers[0]?.signal('SIGUSR2');
        await clients.more(8, 60_000);
      }
      await house.servers[0]?.kill();
      await house.restart(0);
    },
  };
}

const HOUR = 3_600_000;

async function twoServers(house: ProcessHouse, use: () => Promise<void>): Promise<void> {
  await house.addServer();
  try {
    await use();
  } finally {
    await house.removeServer();
  }
}

/** Idle connections to a port, which nobody uses. */
async function openIdle(port: number, count: number): Promise<Socket[]> {
  const sockets = Array.from({ length: count }, () => connect(port, '127.0.0.1'));
  for (const socket of sockets) socket.on('error', () => undefined);
  await pause(200);
  return sockets;
}

export const processFaults: readonly Fault[] = [
  {
    name: 'server killed',
    async run(house) {
      await pause(dice.int(0, 300));
      await house.servers[0]?.kill();
      await house.restart(0);
    },
  },
  {
    name: 'server killed while it starts',
    async run(house) {
      await house.servers[0]?.kill();
      const begun = ServerProcess.begin(house.optionsFor(0));
      await pause(dice.int(100, 1_500));
      await begun.kill();
      await house.restart(0);
    },
  },
  {
    name: 'server stopped for a while',
    async run({ servers: [server] }) {
      server?.signal('SIGSTOP');
      await pause(dice.int(500, 2_500));
      server?.signal('SIGCONT');
    },
  },
  {
    name: 'servers restarted one after the other',
    run: (house, clients) =>
      twoServers(house, async () => {
        for (const n of [0, 1]) {
          const server = house.servers[n];
          server?.signal('SIGTERM');
          const code = await server?.ended;
          expectThat(code === 0, `a server that is asked to stop ends with 0, not ${code}`);
          await house.restart(n);
          await clients.more(8, 30_000);
        }
      }),
  },
  {
    name: 'two servers at once on one database, one killed',
    run: (house, clients) =>
      twoServers(house, async () => {
        await clients.more(20, 30_000);
        await house.servers[1]?.kill();
        await clients.more(20, 30_000);
      }),
  },
  {
    name: 'file handles used up',
    async run(house, clients) {
      await house.servers[0]?.kill();
      await house.restart(0, { limit: 'ulimit -n 64' });
      const idle = await openIdle(house.servers[0]?.port ?? 0, 100);
      await pause(700);
      for (const socket of idle) socket.destroy();
      await clients.more(8, 60_000);
      expectThat(house.servers[0]?.isAlive === true, 'the server lives without free handles');
      await house.servers[0]?.kill();
      await house.restart(0);
    },
  },
  {
    name: 'processors busy',
    async run(_house, clients) {
      const burners = Array.from({ length: 6 }, () =>
        spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
      );
      try {
        await clients.more(10, 60_000);
        await pause(500);
      } finally {
        for (const burner of burners) burner.kill('SIGKILL');
      }
    },
  },
  clockSteps('seconds and minutes', [1_000, -1_000, 300_000, -300_000, 0]),
  clockSteps('an hour forward and back', [HOUR, 0, -HOUR, 0]),
  clockSteps('a day forward and back', [24 * HOUR, 0, -24 * HOUR, 0]),
  {
    name: 'two servers whose clocks are ten seconds apart',
    isHouseSpent: true,
    async run(house, clients) {
      const file = join(house.folder, 'clock');
      writeFileSync(file, '10000');
      await twoServers(house, async () => {
        await house.servers[1]?.kill();
        await house.restart(1, { preload: CLOCK, env: { WRONG_CLOCK_FILE: file } });
        await clients.more(40, 60_000);
      });
    },
  },
  {
    name: 'database killed',
    async run(house) {
      await pause(dice.int(0, 300));
      house.cluster.kill();
      await pause(dice.int(0, 300));
      await house.restartDatabase();
    },
  },
  {
    name: 'one process of the database killed',
    async run(house) {
      const [, ...children] = house.cluster.processes();
      const one = children[dice.int(0, children.length - 1)];
      if (one !== undefined) process.kill(one, 'SIGKILL');
      await pause(500);
    },
  },
  {
    name: 'connections ended by the database',
    async run(house) {
      await house.cluster.sql(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = 'house'`,
      );
    },
  },
  {
    name: 'database stopped for a while',
    async run({ cluster }) {
      cluster.signal('SIGSTOP');
      await pause(dice.int(500, 2_500));
      cluster.signal('SIGCONT');
    },
  },
  {
    name: 'database restarted',
    async run(house) {
      await house.cluster.shutDown();
      await house.restartDatabase();
    },
  },
];

/** Faults of processes: killed, stopped, starved, restarted, with wrong clocks. */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { signalAll } from '../failover/cluster.ts';
import { dice, expectThat, type Fault, pause } from './fault.ts';
import type { ProcessHouse } from './house.ts';
import type { Clients } from './ledger.ts';
import { ServerProcess } from './server-process.ts';

const CLOCK = fileURLToPath(new URL('./wrong-clock.mjs', import.meta.url));

/** How far the clock of a server is off, as its process wrote down. */
function clockOff(file: string, server: ServerProcess | undefined): number {
  return Number(readFileSync(`${file}-${server?.child.pid}`, 'utf8'));
}

/** Whether nothing was acknowledged while a process stood still. */
async function stillness(clients: Clients, forMs: number): Promise<number> {
  // What was on its way when it stopped may still arrive.
  await pause(150);
  const { acknowledged } = clients.ledger;
  await pause(forMs);
  return clients.waiting > 0 && clients.ledger.acknowledged === acknowledged ? 1 : 0;
}

/** A server whose clock is moved by so many milliseconds, one step after the other. */
function clockSteps(name: string, steps: readonly number[]): Fault {
  return {
    name: `clock steps, ${name}`,
    group: 'clocks',
    isHouseSpent: true,
    async run(house, clients) {
      const file = join(house.folder, 'clock');
      writeFileSync(file, '0');
      await house.servers[0]?.kill();
      await house.restart(0, { preload: CLOCK, env: { WRONG_CLOCK_FILE: file } });
      let seen = 0;
      for (const step of steps) {
        writeFileSync(file, String(step));
        house.servers[0]?.signal('SIGUSR2');
        await clients.more(8, 60_000);
        if (Math.abs(clockOff(file, house.servers[0]) - step) < 100) seen += 1;
      }
      await house.servers[0]?.kill();
      await house.restart(0);
      return seen;
    },
  };
}

const HOUR = 3_600_000;
const HANDLES = 64;

async function twoServers(house: ProcessHouse, use: () => Promise<number>): Promise<number> {
  await house.addServer();
  try {
    return await use();
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

const MEMORY_GROUPS = '/sys/fs/cgroup/memory';

/** A server that needs more memory than it may have is killed by the kernel. */
async function outOfMemory(house: ProcessHouse, clients: Clients): Promise<number> {
  const group = join(MEMORY_GROUPS, `cairn-faults-${process.pid}-${house.cluster.port}`);
  try {
    mkdirSync(group);
  } catch {
    // No such groups here, or not ours to make: nothing was done.
    return 0;
  }
  await house.servers[0]?.kill();
  await house.restart(0, { limit: `echo $$ > ${group}/cgroup.procs` });
  const [server] = house.servers;
  await clients.more(8, 60_000);
  const isOver = () => server?.isAlive !== true || performance.now() > end;
  const end = performance.now() + 20_000;
  while (!isOver()) {
    try {
      // Not a page more than it has now; refused while what it has cannot be taken from it.
      const used = readFileSync(join(group, 'memory.usage_in_bytes'), 'utf8');
      writeFileSync(join(group, 'memory.limit_in_bytes'), used);
    } catch {
      // It grew meanwhile.
    }
    await pause(20);
  }
  const isKilled = server?.isAlive === false;
  await server?.kill();
  rmdirSync(group);
  await house.restart(0);
  return isKilled && clients.waiting > 0 ? 1 : 0;
}

export const processFaults: readonly Fault[] = [
  {
    name: 'server killed',
    group: 'server killed',
    async run(house, clients) {
      await pause(dice.int(0, 300));
      const { waiting } = clients;
      await house.servers[0]?.kill();
      await house.restart(0);
      return waiting > 0 ? 1 : 0;
    },
  },
  {
    name: 'server out of memory',
    group: 'starved process',
    run: outOfMemory,
  },
  {
    name: 'embedded server killed at work',
    group: 'embedded server killed',
    async run(house) {
      const embedded = await house.embedded();
      const found = await embedded.play(3);
      expectThat(found.length === 0, found.join('; '));
      return embedded.takeKills();
    },
  },
  {
    name: 'second start on the embedded database',
    group: 'second start on embedded data',
    async run(house) {
      const embedded = await house.embedded();
      // Each kill goes along with a second start.
      const before = embedded.takeRefusals();
      if (before > 0) return before;
      const found = await embedded.play(2);
      const refusals = embedded.takeRefusals();
      expectThat(refusals === 2 && found.length === 0, `${refusals} of 2; ${found.join('; ')}`);
      return refusals;
    },
  },
  {
    name: 'server killed while it starts',
    group: 'server killed',
    async run(house) {
      await house.servers[0]?.kill();
      const begun = ServerProcess.begin(house.optionsFor(0));
      await pause(dice.int(100, 1_500));
      const isStarting = begun.isAlive && !begun.isReady;
      await begun.kill();
      await house.restart(0);
      return isStarting ? 1 : 0;
    },
  },
  {
    name: 'server stopped for a while',
    group: 'starved process',
    async run({ servers: [server] }, clients) {
      server?.signal('SIGSTOP');
      const seen = await stillness(clients, dice.int(500, 2_500));
      server?.signal('SIGCONT');
      return seen;
    },
  },
  {
    name: 'servers restarted one after the other',
    group: 'upgrade and migration',
    run: (house, clients) =>
      twoServers(house, async () => {
        for (const n of [0, 1]) {
          const server = house.servers[n];
          server?.signal('SIGTERM');
          const code = await server?.ended;
          expectThat(code === 0, `a server that is asked to stop ends with 0, not ${code}`);
          await house.restart(n);
          await clients.more(8, 60_000);
        }
        return 1;
      }),
  },
  {
    name: 'two servers at once on one database, one killed',
    group: 'server killed',
    run: (house, clients) =>
      twoServers(house, async () => {
        await clients.more(20, 60_000);
        const { waiting } = clients;
        await house.servers[1]?.kill();
        await clients.more(20, 60_000);
        return waiting > 0 ? 1 : 0;
      }),
  },
  {
    name: 'file handles used up',
    group: 'starved process',
    async run(house, clients) {
      await house.servers[0]?.kill();
      await house.restart(0, { limit: `ulimit -n ${HANDLES}` });
      const idle = await openIdle(house.servers[0]?.port ?? 0, 100);
      await pause(700);
      const handles = readdirSync(`/proc/${house.servers[0]?.child.pid}/fd`).length;
      for (const socket of idle) socket.destroy();
      await clients.more(8, 60_000);
      expectThat(house.servers[0]?.isAlive === true, 'the server lives without free handles');
      await house.servers[0]?.kill();
      await house.restart(0);
      return handles >= HANDLES - 1 ? 1 : 0;
    },
  },
  {
    name: 'processors busy',
    group: 'starved process',
    async run(_house, clients) {
      const burners = Array.from({ length: 6 }, () =>
        spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
      );
      try {
        await clients.more(10, 60_000);
        await pause(500);
        return burners.every(({ exitCode }) => exitCode === null) ? 1 : 0;
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
    group: 'clocks',
    isHouseSpent: true,
    async run(house, clients) {
      const file = join(house.folder, 'clock');
      writeFileSync(file, '10000');
      return twoServers(house, async () => {
        await house.servers[1]?.kill();
        await house.restart(1, { preload: CLOCK, env: { WRONG_CLOCK_FILE: file } });
        await clients.more(40, 60_000);
        return clockOff(file, house.servers[1]) > 9_000 ? 1 : 0;
      });
    },
  },
  {
    name: 'database killed',
    group: 'database killed',
    async run(house, clients) {
      await pause(dice.int(0, 300));
      const { waiting } = clients;
      house.cluster.kill();
      await pause(dice.int(0, 300));
      await house.restartDatabase();
      return waiting > 0 ? 1 : 0;
    },
  },
  {
    name: 'one process of the database killed',
    group: 'database killed',
    async run(house) {
      const [, ...children] = house.cluster.processes();
      const one = children[dice.int(0, children.length - 1)];
      if (one === undefined) return 0;
      const killed = signalAll([one], 'SIGKILL');
      await pause(500);
      return killed;
    },
  },
  {
    name: 'connections ended by the database',
    group: 'connection cut',
    async run(house) {
      const ended = await house.cluster.sql(
        // First who is meant, then the end of them: in one condition it may come to everybody.
        `select pg_terminate_backend(pid) from (
           select pid from pg_stat_activity where datname = 'house' and state <> 'idle' offset 0) a`,
      );
      await house.cluster.sql(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = 'house'`,
      );
      return ended.length > 0 ? 1 : 0;
    },
  },
  {
    name: 'database stopped for a while',
    group: 'starved process',
    async run({ cluster }, clients) {
      cluster.signal('SIGSTOP');
      const seen = await stillness(clients, dice.int(500, 2_500));
      cluster.signal('SIGCONT');
      return seen;
    },
  },
  {
    name: 'database restarted',
    group: 'database killed',
    async run(house) {
      await house.cluster.shutDown();
      await house.restartDatabase();
      return 1;
    },
  },
];

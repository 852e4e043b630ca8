/**
 * `npm run bench`: measures acceptance, import and clearing on PostgreSQL, each beside the floor of
 * the same run, and prints a table and JSON. Options: `--json FILE`, `--quick`, `--only http,signed,commands,clearing,search`.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { benchClearing } from './clearing.ts';
import { benchCommands } from './commands.ts';
import { answeringServer, createBenchDatabase, isOnCitus } from './database.ts';
import { benchHttp, benchSigned, startServer } from './http.ts';
import { type Row, table } from './measure.ts';
import { benchSearch } from './search.ts';
import { openStage, type Stage } from '../server/src/app/sandbox/order-stage.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: 'http,signed,commands,clearing,search' },
  },
});
const parts = new Set(values.only.split(','));
const rounds = values.quick ? 1 : 5;
const POOL = 8;
const INVESTORS = 1_000;

async function onStage(
  label: string,
  body: (stage: Stage, url: string) => Promise<Row[]>,
): Promise<Row[]> {
  const database = await createBenchDatabase(label, POOL);
  try {
    const stage = await openStage(database.db, values.quick ? 300 : INVESTORS);
    try {
      await database.db.script('analyze');
      return await body(stage, database.url);
    } finally {
      stage.close();
    }
  } finally {
    await database.drop();
  }
}

await answeringServer();
const rows: Row[] = [];
if (parts.has('http') || parts.has('signed')) {
  rows.push(
    ...(await onStage('http', async (stage, url) => {
      const server = await startServer(url, stage.folder);
      try {
        const seconds = values.quick ? 3 : 8;
        const measured: Row[] = [];
        for (const connections of parts.has('http') ? [64, 256] : []) {
          measured.push(await benchHttp(server, stage, connections, rounds, seconds));
        }
        if (parts.has('signed')) {
          measured.push(await benchSigned(server, stage, 64, rounds, seconds));
        }
        return measured;
      } finally {
        await server.stop();
      }
    })),
  );
}
if (parts.has('commands')) {
  rows.push(
    ...(await onStage('commands', async (stage) => {
      const small = await benchCommands(stage, 20, values.quick ? 1_000 : 4_000, rounds);
      const large = await benchCommands(stage, 500, values.quick ? 4_000 : 10_000, rounds);
      return [small, large];
    })),
  );
}
if (parts.has('clearing')) {
  rows.push(
    ...(await onStage('clearing', (stage) => benchClearing(stage, values.quick ? 2_000 : 20_000))),
  );
}
if (parts.has('search')) {
  rows.push(
    ...(await onStage('search', (stage) =>
      benchSearch(stage, values.quick ? 20_000 : 100_000, values.quick ? 50 : 200),
    )),
  );
}
const report = {
  node: process.version,
  cores: cpus().length,
  isOnCitus,
  memoryMb: Math.round(process.memoryUsage.rss() / 1_048_576),
  rows,
};
console.log(table(rows));
console.log(JSON.stringify(report, null, 2));
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);

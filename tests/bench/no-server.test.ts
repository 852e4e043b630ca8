import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../journeys/served.ts';

test.each(['bench/main.ts', 'bench/load/main.ts', 'tests/browser/lists/main.ts'])(
  '%s says in both languages that it needs PostgreSQL, and nothing else',
  (program) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--conditions=development', '--no-warnings', join(ROOT, program)],
      {
        encoding: 'utf8',
        env: { ...process.env, TEST_CITUS_URL: '', DATABASE_URL: 'postgres://me@127.0.0.1:1/none' },
      },
    );
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^No PostgreSQL at 127\.0\.0\.1:1 \(.+\): this needs one, DATABASE_URL names it\. \/ .+DATABASE_URL 指定。\n$/,
    );
  },
);

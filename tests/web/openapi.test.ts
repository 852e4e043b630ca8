import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { describeProgram } from '../../server/src/app/openapi-document.ts';
import { loadSettings } from '../../server/src/platform/config.ts';
import { openTestPglite, testWorld } from '../../server/src/platform/testing.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The types that the document gives, by the very program that wrote the file. */
function typesOf(document: object): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/openapi/write.mjs'], {
    cwd: ROOT,
    input: JSON.stringify(document),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout;
}

test('the types of the web client are those of the API: else run npm run openapi', async () => {
  const database = await openTestPglite();
  const world = testWorld(database.db);
  const exchange = { distributorCode: '305', folder: world.folder };
  const document = await describeProgram({ ...world, exchange }, loadSettings({}));
  await database.drop();
  const kept = readFileSync(`${ROOT}/web/src/api/schema.ts`, 'utf8');
  expect(typesOf(document) === kept).toBe(true);

  // A route that changes must show: the comparison is worth nothing otherwise.
  const changed = structuredClone(document) as { paths: Record<string, unknown> };
  delete changed.paths['/orders'];
  expect(typesOf(changed) === kept).toBe(false);
});

/*
 * Writes web/src/api/schema.ts from the OpenAPI document of the program:
 *
 *   npm run openapi
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

function run(args, input) {
  const options = { cwd: ROOT, input, maxBuffer: 1 << 28, stdio: ['pipe', 'pipe', 'inherit'] };
  const { status, stdout } = spawnSync(process.execPath, args, options);
  if (status !== 0) process.exit(status ?? 1);
  return stdout;
}

const document = run(['--conditions=development', 'server/src/app/write-openapi.ts']);
const types = run(['tools/openapi/write.mjs'], document);
writeFileSync(join(ROOT, 'web/src/api/schema.ts'), types);

/** Prints the OpenAPI document of the program: `npm run openapi` makes the web's types from it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSettings } from '../platform/config.ts';
import { openInstallation } from './installation.ts';
import { describeProgram } from './openapi-document.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'cairn-openapi-'));
try {
  const settings = loadSettings({ CAIRN_DATA_DIR: dataDir, CAIRN_LOG_LEVEL: 'silent' });
  const installation = await openInstallation(settings, { worker: false });
  const document = await describeProgram(installation.world, settings);
  await installation.close();
  process.stdout.write(`${JSON.stringify(document)}\n`);
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}

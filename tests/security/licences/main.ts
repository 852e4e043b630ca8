/** `npm run licences`: writes docs/operations/dependencies.md from the lock file. */
import { readFileSync, writeFileSync } from 'node:fs';
import { type Lock, renderReport } from './report.ts';

const ROOT = new URL('../../../', import.meta.url);
const lock = JSON.parse(readFileSync(new URL('package-lock.json', ROOT), 'utf8')) as Lock;
writeFileSync(new URL('docs/operations/dependencies.md', ROOT), renderReport(lock));

/** Writes docs/errors.md from the error tables: run it after changing one. */
import { writeFileSync } from 'node:fs';
import { renderErrorDocs } from '../platform/http/error-docs.ts';
import { loadErrorTables } from './error-tables.ts';

writeFileSync(
  new URL('../../../docs/errors.md', import.meta.url),
  renderErrorDocs(loadErrorTables()),
);

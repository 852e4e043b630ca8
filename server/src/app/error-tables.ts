import type { ErrorTable } from '@cairn/kernel';
import type { MessageTable } from '../platform/errors.ts';
import type { CatalogSource } from '../platform/http/catalog.ts';
import { MODULE_ORDER } from '../platform/module-order.ts';

interface Tables {
  readonly [name: string]: unknown;
}

async function tableOf(module: string, file: 'errors' | 'messages'): Promise<unknown> {
  const tables = (await import(`../modules/${module}/${file}.ts`)) as Tables;
  return tables[module + (file === 'errors' ? 'Errors' : 'Messages')];
}

/** The error and message tables of every business module, in module order, without their routes. */
export async function loadErrorTables(): Promise<CatalogSource[]> {
  const sources: CatalogSource[] = [];
  for (const name of MODULE_ORDER) {
    const errors = (await tableOf(name, 'errors')) as ErrorTable | undefined;
    if (errors === undefined) throw new Error(`modules/${name}/errors.ts exports ${name}Errors`);
    const messages = (await tableOf(name, 'messages').catch(() => undefined)) as
      | MessageTable
      | undefined;
    sources.push(messages === undefined ? { name, errors } : { name, errors, messages });
  }
  return sources;
}

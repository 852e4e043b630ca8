import { globSync, readFileSync } from 'node:fs';
import { kernelErrors } from '@cairn/kernel';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Catalog, type CatalogSource, composeCatalog } from '../platform/http/catalog.ts';
import { createApp } from '../platform/http/app.ts';
import { renderErrorDocs } from '../platform/http/error-docs.ts';
import { openTestPglite, testWorld } from '../platform/testing.ts';
import { loadErrorTables } from './error-tables.ts';

let sources: CatalogSource[];
let catalog: Catalog;
beforeAll(async () => {
  sources = loadErrorTables();
  catalog = composeCatalog(sources);
});

const places = (text: string) =>
  new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => (match[1] ?? '').replace(/Zh$/, '')));

describe('the error table', () => {
  it('is what docs/errors.md says, both ways', () => {
    const docs = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
    expect(docs).toBe(renderErrorDocs(sources));
    const documented = [...docs.matchAll(/^\| `([A-Z0-9_]+)` \|/gm)].map((match) => match[1] ?? '');
    expect(documented.toSorted()).toEqual([...catalog.errors.keys()].toSorted());
  });

  it('is what the API description says, both ways', async () => {
    const database = await openTestPglite();
    const modules = sources.map(({ name, errors, messages }) => ({
      name,
      errors,
      ...(messages === undefined ? {} : { messages }),
    }));
    const app = await createApp(testWorld(database.db), modules);
    const api = (await app.inject({ method: 'GET', url: '/openapi.json' })).json();
    await app.close();
    await database.drop();
    const codes: string[] = api.components.schemas.Problem.properties.code.enum;
    expect(codes).toEqual([...catalog.errors.keys()].toSorted());
  });

  it('speaks whole sentences in both languages, errors with the same places', () => {
    const faults: string[] = [];
    const sentences = [...catalog.errors].map(([code, [, en, zh]]) => [code, en, zh] as const);
    const messages = Object.entries(catalog.messages).map(
      ([code, [en, zh]]) => [code, en, zh] as const,
    );
    for (const [code, en, zh] of [...sentences, ...messages]) {
      if (!/^[A-Z{0-9"].*[.?!]$/su.test(en)) faults.push(`${code}: ${en}`);
      if (!/\p{Script=Han}.*[。？！）]$/su.test(zh)) faults.push(`${code}: ${zh}`);
      if (catalog.errors.has(code)) {
        const [ofEn, ofZh] = [places(en), places(zh)];
        const isSame = ofEn.size === ofZh.size && [...ofEn].every((name) => ofZh.has(name));
        if (!isSame) faults.push(`${code}: places differ`);
      }
    }
    expect(faults).toEqual([]);
  });

  it('holds every code that the program throws, and no code that nothing gives', () => {
    const root = new URL('../', import.meta.url).pathname;
    const files = globSync('**/*.ts', { cwd: root }).filter(
      (file) =>
        // The probe is a module of the shell's own tests, with codes of its own.
        !file.endsWith('.test.ts') && !/(^|\/)(errors|messages|probe-module)\.ts$/.test(file),
    );
    const text = files.map((file) => readFileSync(root + file, 'utf8')).join('\n');
    const thrown = [...text.matchAll(/new AppError\(\s*'([^']+)'/g)].map((match) => match[1] ?? '');
    expect(thrown.filter((code) => !catalog.errors.has(code))).toEqual([]);
    // What the kernel raises, its own tests raise.
    const own = [...catalog.errors.keys()].filter((code) => !(code in kernelErrors));
    const unused = own.filter((code) => !text.includes(`'${code}'`));
    expect(unused).toEqual([]);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as kernel from './index.ts';

const folder = new URL('.', import.meta.url);
const sources = readdirSync(folder).filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts'));

describe('the front door', () => {
  it('opens every file but ids, which has its own door', () => {
    const door = readFileSync(new URL('index.ts', folder), 'utf8');
    const exported = [...door.matchAll(/'\.\/(.+)'/g)].map((m) => m[1]);
    // calendar-data.ts is read through calendar.ts only.
    const inside = new Set(['calendar-data.ts', 'ids.ts', 'index.ts']);
    expect(new Set(exported)).toEqual(new Set(sources.filter((f) => !inside.has(f))));
    expect(Object.keys(kernel)).not.toContain('deterministicId');
  });

  it('runs in a browser: only ids needs Node, and nothing needs a package', () => {
    const outside = sources.flatMap((file) => {
      const text = readFileSync(new URL(file, folder), 'utf8');
      return [...text.matchAll(/from '([^']+)'|import\('([^']+)'\)/g)]
        .map((m) => m[1] ?? m[2] ?? '')
        .filter((path) => !path.startsWith('./'))
        .map((path) => `${file} -> ${path}`);
    });
    expect(outside).toEqual(['ids.ts -> node:crypto']);
    for (const file of sources.filter((f) => f !== 'ids.ts')) {
      expect(readFileSync(new URL(file, folder), 'utf8')).not.toMatch(/\b(Buffer|process)\b/);
    }
  });
});

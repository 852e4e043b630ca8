import { parseSync } from 'oxc-parser';
import { expect, test } from 'vitest';
import { isNode, type Node, walk } from '../../architecture/syntax.ts';
import { readComponents } from './text-sources.ts';

/** What a condition asks: of `if`, `? :` and `&&`. */
const conditionOf = ({ test: asked, left }: Node) => (isNode(asked) ? asked : left);

/** Places where `LoadFailed` stands for any failed reading, where something may be loaded already. */
function findLosses(path: string, source: string): string[] {
  const found: string[] = [];
  walk(parseSync(path, source).program as unknown as Node, (node, parents) => {
    if (node.type !== 'JSXIdentifier' || node['name'] !== 'LoadFailed') return;
    const conditions = parents.map(conditionOf).filter(isNode);
    const isLost = conditions.some(({ start, end }) =>
      /\bisError\b/.test(source.slice(start, end)),
    );
    if (isLost) found.push(path);
  });
  return found;
}

test('what was loaded stays when a later reading fails', () => {
  const components = [...readComponents()];
  const readers = components.filter(([, source]) => source.includes('<LoadFailed'));
  expect(readers.length).toBeGreaterThan(30);
  expect(readers.flatMap(([path, source]) => findLosses(path, source))).toEqual([]);
});

test.each([
  'function A() { if (query.isError) return <LoadFailed error={query.error} />; }',
  'const a = query.isError ? <LoadFailed error={query.error} /> : null;',
  'const a = query.isError && <LoadFailed error={query.error} />;',
  'function A() { if (query.isError) { if (isNone) return null; return <LoadFailed />; } }',
])('a planted loss is found: %s', (source) => {
  expect(findLosses('a.tsx', source)).toEqual(['a.tsx']);
});

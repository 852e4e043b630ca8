import { expect, test } from 'vitest';
import { findLiteralTexts, readAllSources, readComponents, readTexts } from './text-sources.ts';

const HAN = /\p{Script=Han}/u;
/** Signs and names that are the same in both languages. */
const SAME = /^[\d\s{}·（）()／/%+−-]*$|^(Switch to English|EN|QDII|FOF)$/;

test('no component holds a text of its own', () => {
  const components = readComponents();
  expect(components.size).toBeGreaterThan(60);
  expect([...components].flatMap(([path, source]) => findLiteralTexts(path, source))).toEqual([]);
});

test.each([
  ['a child', 'const a = <p>Customers</p>;'],
  ['a child in Chinese', 'const a = <p>客户</p>;'],
  ['an expression', "const a = <p>{'Customers'}</p>;"],
  ['a label', 'const a = <button aria-label="Close" />;'],
  ['a placeholder', 'const a = <input placeholder="姓名" />;'],
])('a planted text is found: %s', (_case, source) => {
  expect(findLiteralTexts('x.tsx', source)).toHaveLength(1);
});

test.each([
  'const a = <p>{t("title")} · 12</p>;',
  'const a = <p translate="no">EN</p>;',
  'const a = <p className="quiet">{name}</p>;',
])('what is no text of ours is left alone: %s', (source) => {
  expect(findLiteralTexts('x.tsx', source)).toEqual([]);
});

const all = readTexts();

test('both languages have the same keys, each in its own language', () => {
  expect(all.length).toBeGreaterThan(12);
  const faults = all.flatMap(({ name, zh, en }) => [
    ...[...zh.keys()].filter((key) => !en.has(key)).map((key) => `${name} ${key}: no English`),
    // English alone has a form for one.
    ...[...en.keys()]
      .filter((key) => !zh.has(key.replace(/_one$/, '')))
      .map((key) => `${name} ${key}: no Chinese`),
    ...[...en]
      .filter(([key, text]) => HAN.test(text) && key !== 'language.switch')
      .map(([key]) => `${name} ${key}: Chinese among the English`),
    ...[...zh]
      .filter(([, text]) => !HAN.test(text) && !SAME.test(text.replaceAll(/\{\{\w+\}\}/g, '')))
      .map(([key]) => `${name} ${key}: no Chinese in it`),
  ]);
  expect(faults).toEqual([]);
});

test('both languages fill the same places', () => {
  const places = (text = '') =>
    [...text.matchAll(/\{\{(\w+)\}\}/g)]
      .map(([, name = '']) => name)
      .toSorted((a, b) => (a < b ? -1 : 1));
  const differing = all.flatMap(({ name, zh, en }) =>
    [...zh]
      .filter(([key, text]) => places(text).join() !== places(en.get(key)).join())
      .map(([key]) => `${name} ${key}`),
  );
  expect(differing).toEqual([]);
});

test('names of texts are their own, and every text is used', () => {
  const names = all.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const sources = readAllSources();
  const isUsed = (key: string) => {
    // As a text, not as the name of a property; or put together: `tab.${name}`, `${name}.title`.
    const literal = new RegExp(`'${key.replaceAll('.', String.raw`\.`)}'(?!:)`);
    if (literal.test(sources)) return true;
    const words = key.split('.');
    const [first = '', last = ''] = [words[0], words.at(-1)];
    const stem = words.slice(0, -1).join('.');
    if (words.length === 1) return false;
    return (
      sources.includes(`\`${stem}.\${`) ||
      sources.includes(`}.${last}\``) ||
      sources.includes(`\`${first}.\${`)
    );
  };
  const unused = all.flatMap(({ name, zh }) =>
    [...zh.keys()].filter((key) => !isUsed(key)).map((key) => `${name} ${key}`),
  );
  expect(unused).toEqual([]);
});

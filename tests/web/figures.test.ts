import { expect, test } from 'vitest';
import { FIGURES } from '../../server/src/modules/portfolio/figures.ts';
import { accountFigures } from '../../server/src/modules/accounts/index.ts';
import { dayFigures } from '../../server/src/modules/clearing/index.ts';
import { productFigures } from '../../server/src/modules/products/index.ts';
import { orderFigures } from '../../server/src/modules/trading/index.ts';
import { platformFigures } from '../../server/src/platform/figure.ts';
import { findLooseFigures, readAllSources, readComponents } from './text-sources.ts';

const HAN = /\p{Script=Han}/u;

test('every figure is defined in both languages, and two modules never share an id', () => {
  const tables = [accountFigures, dayFigures, productFigures, orderFigures, platformFigures];
  const ids = tables.flatMap((table) => Object.keys(table));
  expect(new Set(ids).size).toBe(ids.length);
  expect(FIGURES.map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
  const faults = FIGURES.filter(
    ({ title, titleZh, formula, formulaZh, inputs, inputsZh }) =>
      [title, formula, inputs].some((text) => text === '' || HAN.test(text)) ||
      [titleZh, formulaZh, inputsZh].some((text) => !HAN.test(text)),
  );
  expect(faults).toEqual([]);
});

test('every definition belongs to a figure that a room shows', () => {
  const sources = readAllSources();
  // Named by the curve and its chart alone.
  const isShown = (id: string) => sources.includes(`'${id}'`) || sources.includes(`"${id}"`);
  expect(FIGURES.map(({ id }) => id).filter((id) => !isShown(id) && id !== 'netDeposits')).toEqual(
    [],
  );
});

test('no room makes a figure by hand: only the parts that open do', () => {
  const loose = [...readComponents()].flatMap(([path, source]) => findLooseFigures(path, source));
  expect(loose).toEqual([]);
});

test.each([
  ['grouped by hand', 'const a = <p>{groupDecimal(fee, 2)}</p>;'],
  ['percent by hand', 'const a = <td className="num">{percentText(rate)}</td>;'],
  ['exact percent by hand', 'const a = <td>{exactPercentText(rate)}</td>;'],
  ['the look of a figure', 'const a = <span className="num figure">{ratio}</span>;'],
])('a planted figure is found: %s', (_case, source) => {
  expect(findLooseFigures('rooms/x/x.tsx', source)).toHaveLength(1);
});

test('what is typed is read back as typed', () => {
  const source = 'const a = <span className="desk-read">{groupDecimal(typed, 2)}</span>;';
  expect(findLooseFigures('rooms/x/x.tsx', source)).toEqual([]);
});

/** The texts along an axis: short, since the exact figure stands in the tooltip. */
import type { Language } from '../../app/preferences.ts';
import { groupDecimal, plot } from '../decimal.ts';

/** How values of an axis read. */
export type Scale = 'money' | 'price' | 'percent' | 'points';

type Unit = readonly [size: number, name: string];

const UNITS: Readonly<Record<Language, readonly Unit[]>> = {
  'zh-CN': [
    [1e8, '亿'],
    [1e4, '万'],
  ],
  en: [
    [1e9, 'B'],
    [1e6, 'M'],
    [1e3, 'K'],
  ],
};

const PLAIN: Unit = [1, ''];
const FIXED: Readonly<Record<Exclude<Scale, 'money'>, Unit>> = {
  price: PLAIN,
  percent: [0.01, '%'],
  points: [1, '%'],
};
/** The drawing engine is asked for so many steps, and makes each a round number. */
export const STEPS = 4;
const DIGITS_MAX = 4;
/** As a net asset value is quoted; a slider may come close to any part of a long series. */
const PRICE_DIGITS = 4;

/**
 * How the ticks of an axis over these values read: all in one unit, and with as many decimals as tell
 * one from the next.
 */
export function ticksOf(
  values: readonly number[],
  scale: Scale,
  language: Language,
): (value: number) => string {
  const min = Math.min(...values);
  const max = Math.max(...values);
  const largest = Math.max(Math.abs(min), Math.abs(max));
  const [size, unit] =
    scale === 'money'
      ? (UNITS[language].find(([least]) => largest >= least) ?? PLAIN)
      : FIXED[scale];
  const step = (max - min || largest || 1) / STEPS / size;
  const needed = Math.min(Math.max(-Math.floor(Math.log10(step)), 0), DIGITS_MAX);
  const digits = scale === 'price' ? PRICE_DIGITS : needed;
  const format = new Intl.NumberFormat('en', {
    useGrouping: false,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  // Figures have the minus sign, not the hyphen.
  return (value) => `${format.format(value / size).replace('-', '−')}${unit}`;
}

/** An amount where there is no room for all of it: six signs at most, until it is opened. */
export function shortAmount(amount: string, language: Language): string {
  const value = plot(amount);
  const size = Math.abs(value);
  if (size >= 10_000) return ticksOf([value], 'money', language)(value);
  return groupDecimal(amount, size >= 100 ? 0 : 2);
}

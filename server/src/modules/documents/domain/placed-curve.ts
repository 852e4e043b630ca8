/** Where the points of a curve stand in a box, and which values its scale names. */

import { abs, amount, formatAmount, max, min, parseAmount } from '@cairn/kernel';

const ZERO = amount(0n);
const ONE = amount(1n);

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface PlacedCurve {
  readonly points: readonly { readonly x: number; readonly y: number }[];
  readonly ticks: readonly { readonly y: number; readonly text: string }[];
}

const TICKS = 4n;

/** A step of 1, 2 or 5 times a power of ten that cuts the span into about four, in fen. */
function stepOf(span: bigint): bigint {
  for (let power = 1n; ; power *= 10n) {
    const step = [1n, 2n, 5n].find((one) => one * power * TICKS >= span);
    if (step !== undefined) return step * power;
  }
}

const floorTo = (value: bigint, step: bigint): bigint => value - (((value % step) + step) % step);

/** Places amounts, one a day in order of days, and the round amounts around them. */
export function placeCurve(points: readonly { readonly value: string }[], box: Box): PlacedCurve {
  const values = points.map(({ value }) => parseAmount(value, 'CNY', { signed: true }) ?? ZERO);
  const [first = ZERO, ...rest] = values;
  const low = min(first, ...rest);
  const high = max(first, ...rest);
  const step = stepOf(high === low ? max(abs(high), ONE) : high - low);
  const from = floorTo(low, step);
  const to = floorTo(high, step) === high && high > from ? high : floorTo(high, step) + step;
  const place = (value: bigint) =>
    box.top + box.height * (1 - Number(value - from) / Number(to - from));
  const ticks: bigint[] = [];
  for (let tick = from; tick <= to; tick += step) ticks.push(tick);
  return {
    points: values.map((value, i) => ({
      x: box.left + (values.length < 2 ? 0 : (box.width * i) / (values.length - 1)),
      y: place(value),
    })),
    ticks: ticks.map((tick) => ({
      y: place(tick),
      text: formatAmount(amount(tick)).replace(/\.00$/, ''),
    })),
  };
}

/** How much of a bar is filled, 0 to 1, from decimal percent. */
export function filledShare(percent: string): number {
  return Math.min(1, Math.max(0, Number(percent) / 100));
}

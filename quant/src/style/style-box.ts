/**
 * The nine-box: every stock gets a size and a place between value and growth among stocks of its
 * size; a portfolio is the weighted mean of its stocks.
 */
import { type Answer, absent } from '../figure.ts';
import type { Numbers } from '../numeric/moments.ts';

/** One ratio of all N stocks, and its share in the score. */
export interface StyleRatio {
  /** N values; a missing one (NaN) leaves the ratio out for that stock. */
  readonly values: Numbers;
  readonly weight: number;
}

export interface StockUniverse {
  /** N market capitalisations; a stock without a positive one is not classified. */
  readonly marketCap: Numbers;
  /** Ratios that are high for value: earnings, book, sales, cash flow, dividend over price. */
  readonly value: readonly StyleRatio[];
  /** Ratios that are high for growth: of earnings, book, sales, cash flow. */
  readonly growth: readonly StyleRatio[];
  /** Shares of total capitalisation, largest stocks first. Default 0.7. */
  readonly largeShare?: number;
  /** Share of large and middle stocks together. Default 0.9. */
  readonly middleShare?: number;
}

export const SIZES = ['large', 'middle', 'small'] as const;
export const STYLES = ['value', 'core', 'growth'] as const;
export const UNCLASSIFIED = -1;

export interface StyleClasses {
  /** N: 0 large, 1 middle, 2 small, −1 not classified. */
  readonly size: Int8Array;
  /** N: 0 value, 1 core, 2 growth, −1 not classified. */
  readonly style: Int8Array;
  /** N places between value and growth: up to 100 value, above 200 growth. NaN: not classified. */
  readonly x: Float64Array;
  /** N places between small and large: from 200 on large, below 100 small. */
  readonly y: Float64Array;
}

/**
 * Classifies all stocks of a market at one date.
 *
 * - Size: ordered by capitalisation; large until `largeShare` of the total is covered, middle until
 *   `middleShare`, small the rest. y = 100·(1 + ln(cap/S) / ln(L/S)) with L and S the
 *   capitalisations of the smallest large and the smallest middle stock.
 * - Score of a ratio: 0 to 100, the share of capitalisation of its size with a lower ratio, plus
 *   half of that with the same. Value and growth are weighted means over the ratios a stock has.
 * - Net = growth − value. In each size the bounds V and G leave a third of the capitalisation
 *   below and a third above; x = 100·(1 + (net − V) / (G − V)). Where all stocks of a size score
 *   alike, x is 150.
 *
 * A stock without a value or without a growth ratio has a size but no style.
 * Absent: `NO_HOLDING` when no stock has a capitalisation.
 * Source: Morningstar Style Box methodology; the ratios, their weights and shares are inputs,
 * because markets and firms set them differently.
 *
 * @throws RangeError when a ratio does not have N values or its weight is not positive.
 */
export function classifyStocks(universe: StockUniverse): Answer<StyleClasses> {
  const { marketCap, value, growth, largeShare = 0.7, middleShare = 0.9 } = universe;
  const stocks = marketCap.length;
  for (const { values, weight } of [...value, ...growth]) {
    if (values.length !== stocks) throw new RangeError(`${values.length} ratios, ${stocks} stocks`);
    if (!(weight > 0)) throw new RangeError(`a ratio has the weight ${weight}`);
  }
  const bySize = Array.from({ length: stocks }, (_, stock) => stock)
    .filter((stock) => (marketCap[stock] as number) > 0 && Number.isFinite(marketCap[stock]))
    .sort((a, b) => (marketCap[b] as number) - (marketCap[a] as number));
  if (bySize.length === 0) return absent('NO_HOLDING');
  const classes: StyleClasses = {
    size: new Int8Array(stocks).fill(UNCLASSIFIED),
    style: new Int8Array(stocks).fill(UNCLASSIFIED),
    x: new Float64Array(stocks).fill(Number.NaN),
    y: new Float64Array(stocks).fill(Number.NaN),
  };
  placeSizes(classes, { bySize, marketCap, shares: [largeShare, middleShare] });
  for (let size = 0; size < SIZES.length; size++) {
    const group = bySize.filter((stock) => classes.size[stock] === size);
    placeStyles(classes, { group, universe });
  }
  return { value: classes };
}

function placeSizes(
  { size, y }: StyleClasses,
  {
    bySize,
    marketCap,
    shares,
  }: { bySize: readonly number[]; marketCap: Numbers; shares: readonly [number, number] },
): void {
  const total = bySize.reduce((sum, stock) => sum + (marketCap[stock] as number), 0);
  let covered = 0;
  const smallest = [0, 0];
  for (const stock of bySize) {
    const cap = marketCap[stock] as number;
    // The largest stock is large even where it alone covers more than the share.
    const place = covered < shares[0] * total ? 0 : covered < shares[1] * total ? 1 : 2;
    size[stock] = place;
    if (place < 2) smallest[place] = cap;
    covered += cap;
  }
  const [large, middle] = smallest as [number, number];
  const span = middle > 0 ? Math.log(large / middle) : 0;
  for (const stock of bySize) {
    const above = Math.log((marketCap[stock] as number) / (middle > 0 ? middle : large));
    // Without two distinct bounds there is no scale between them, only the class.
    y[stock] = span > 0 ? 100 * (1 + above / span) : 250 - 100 * (size[stock] as number);
  }
}

function placeStyles(
  { style, x }: StyleClasses,
  { group, universe }: { group: readonly number[]; universe: StockUniverse },
): void {
  const { marketCap } = universe;
  const value = scoreGroup(universe.value, { group, marketCap });
  const growth = scoreGroup(universe.growth, { group, marketCap });
  const scored = group
    .map((stock, place) => ({ stock, net: (growth[place] as number) - (value[place] as number) }))
    .filter(({ net }) => !Number.isNaN(net))
    .sort((a, b) => a.net - b.net);
  if (scored.length === 0) return;
  const total = scored.reduce((sum, { stock }) => sum + (marketCap[stock] as number), 0);
  const boundAt = (share: number) => {
    let covered = 0;
    for (const { stock, net } of scored) {
      covered += marketCap[stock] as number;
      if (covered >= share * total) return net;
    }
    return scored.at(-1)?.net ?? 0;
  };
  const low = boundAt(1 / 3);
  const high = boundAt(2 / 3);
  for (const { stock, net } of scored) {
    const place = high > low ? 100 * (1 + (net - low) / (high - low)) : 150;
    x[stock] = place;
    style[stock] = columnOf(place);
  }
}

function columnOf(x: number): number {
  return x <= 100 ? 0 : x > 200 ? 2 : 1;
}

/** Weighted mean score of each stock of the group; NaN without any ratio. */
function scoreGroup(
  ratios: readonly StyleRatio[],
  { group, marketCap }: { group: readonly number[]; marketCap: Numbers },
): Float64Array {
  const sums = new Float64Array(group.length);
  const weights = new Float64Array(group.length);
  for (const { values, weight } of ratios) {
    const known = group
      .map((stock, place) => ({
        place,
        ratio: values[stock] as number,
        cap: marketCap[stock] as number,
      }))
      .filter(({ ratio }) => Number.isFinite(ratio))
      .sort((a, b) => a.ratio - b.ratio);
    const total = known.reduce((sum, { cap }) => sum + cap, 0);
    let below = 0;
    for (let first = 0; first < known.length; ) {
      let next = first;
      let equal = 0;
      while (known[next]?.ratio === known[first]?.ratio && next < known.length) {
        equal += (known[next] as { cap: number }).cap;
        next += 1;
      }
      const score = (100 * (below + equal / 2)) / total;
      for (const { place } of known.slice(first, next)) {
        sums[place] = (sums[place] as number) + weight * score;
        weights[place] = (weights[place] as number) + weight;
      }
      below += equal;
      first = next;
    }
  }
  return sums.map((sum, place) => sum / (weights[place] as number));
}

export interface StyleBox {
  /** Nine weights, rows large to small, columns value to growth; they sum to `covered`. */
  readonly boxes: Float64Array;
  /** Share of the weights that could be classified, 0 to 1. */
  readonly covered: number;
  /** Weighted means of x and y over the classified stocks. */
  readonly x: number;
  readonly y: number;
  /** The box of the means: 0 to 8, row by row. */
  readonly box: number;
}

/**
 * The box of a portfolio from its holdings: weights over the N stocks that were classified.
 *
 * Weights may sum to anything positive; they are scaled to one. The box is that of the mean place:
 * x up to 100 value, above 200 growth; y from 200 on large, below 100 small.
 * Absent: `NO_HOLDING` when nothing held could be classified, `NOT_FINITE` on a missing weight.
 *
 * @throws RangeError when a weight is negative or the lengths differ.
 */
export function styleBox(weights: Numbers, classes: StyleClasses): Answer<StyleBox> {
  if (weights.length !== classes.x.length) {
    throw new RangeError(`${weights.length} weights for ${classes.x.length} stocks`);
  }
  const boxes = new Float64Array(9);
  let [total, known, x, y] = [0, 0, 0, 0];
  for (let stock = 0; stock < weights.length; stock++) {
    const weight = weights[stock] as number;
    if (!Number.isFinite(weight)) return absent('NOT_FINITE');
    if (weight < 0) throw new RangeError(`the weight of stock ${stock} is ${weight}`);
    if (weight === 0) continue;
    total += weight;
    const style = classes.style[stock] as number;
    if (style === UNCLASSIFIED) continue;
    const box = (classes.size[stock] as number) * 3 + style;
    boxes[box] = (boxes[box] as number) + weight;
    known += weight;
    x += weight * (classes.x[stock] as number);
    y += weight * (classes.y[stock] as number);
  }
  if (known === 0) return absent('NO_HOLDING');
  const place = { x: x / known, y: y / known };
  const row = place.y >= 200 ? 0 : place.y < 100 ? 2 : 1;
  return {
    value: {
      boxes: boxes.map((weight) => weight / total),
      covered: known / total,
      ...place,
      box: row * 3 + columnOf(place.x),
    },
  };
}

/** The engine behind the figures of funds: decimal text into arrays, numbers back into text. */
import { type LocalDate, localDate } from '@cairn/kernel';
import {
  adjustNav,
  type Answer,
  evaluate,
  type Figure,
  findRows,
  formatDay,
  listDrawdowns,
  MEASURES,
  parseDay,
  REASONS,
  simpleReturns,
  STANDARD_MEASURES,
  TRAILING_WINDOWS,
  type TrailingWindow,
  trailingSpan,
} from '@cairn/quant';
import type {
  FigureEngine,
  FigureText,
  FundFigures,
  FundHistory,
} from '../modules/products/index.ts';

/** A fund's path as arrays: one value a day, everything reinvested. */
interface Path {
  readonly days: Int32Array;
  readonly values: Float64Array;
  readonly at: ReadonlyMap<number, number>;
}

const DRAWDOWNS_SHOWN = 5;

function pathOf(history: FundHistory): Answer<Path> {
  const days = Int32Array.from(history.days, (day) => parseDay(day));
  const adjusted = adjustNav({
    days,
    navs: Float64Array.from(history.navs, Number),
    dividends: history.dividends.map(({ exDate, perUnit }) => ({
      exDay: parseDay(exDate),
      perUnit: Number(perUnit),
    })),
    splits: history.splits.map(({ exDate, ratio }) => ({
      day: parseDay(exDate),
      ratio: Number(ratio),
    })),
  });
  if (adjusted.value === null) return adjusted;
  const at = new Map(Array.from(days, (day, index) => [day, index]));
  return { value: { days, values: adjusted.value.values, at } };
}

/** A fraction as percent with two decimals; the sign of nothing is dropped. */
function percentText(fraction: number): string {
  const text = (fraction * 100).toFixed(2);
  return text === '-0.00' ? '0.00' : text;
}

function textOf(figure: Figure, show: (value: number) => string): FigureText {
  if (figure.value === null) return { value: null, reason: REASONS[figure.reason] };
  return { value: show(figure.value) };
}

/** The mean return of the peers over each step of the fund; NaN where no peer has both days. */
function peerReturns(own: Path, peers: readonly Path[]): Float64Array {
  const returns = new Float64Array(Math.max(0, own.days.length - 1));
  for (let step = 0; step < returns.length; step++) {
    let sum = 0;
    let count = 0;
    for (const peer of peers) {
      const before = peer.at.get(own.days[step] ?? 0);
      const after = peer.at.get(own.days[step + 1] ?? 0);
      if (before === undefined || after === undefined) continue;
      sum += (peer.values[after] ?? 0) / (peer.values[before] ?? 1) - 1;
      count += 1;
    }
    returns[step] = count === 0 ? Number.NaN : sum / count;
  }
  return returns;
}

function growthOver(path: Path, window: TrailingWindow, end: number): Figure {
  const span = trailingSpan(window, end) ?? { start: path.days[0] ?? end, end };
  const rows = findRows(path.days, span);
  if (rows.value === null) return rows;
  const { from, to } = rows.value;
  return { value: (path.values[to] ?? 0) / (path.values[from] ?? 1) - 1 };
}

function windowsOf(own: Path, peers: readonly Path[]): FundFigures['windows'] {
  const end = own.days.at(-1) ?? 0;
  return TRAILING_WINDOWS.map(({ id, en, zh }) => {
    const growth = growthOver(own, id, end);
    // Since inception every fund has its own beginning: only the fund's own counts there.
    const others =
      id === 'all' ? [] : peers.flatMap((peer) => growthOver(peer, id, end).value ?? []);
    const mean: Figure =
      others.length === 0
        ? { value: null, reason: 'NO_BENCHMARK' }
        : { value: others.reduce((sum, one) => sum + one, 0) / others.length };
    const excess: Figure =
      growth.value === null
        ? growth
        : mean.value === null
          ? mean
          : { value: growth.value - mean.value };
    const mine = growth.value;
    const isRanked = mine !== null && others.length > 0;
    return {
      id,
      title: { en, zh },
      growth: textOf(growth, percentText),
      peers: textOf(mean, percentText),
      excess: textOf(excess, percentText),
      rank: isRanked ? 1 + others.filter((one) => one > mine).length : null,
      of: isRanked ? others.length + 1 : 0,
    };
  });
}

function pointsOf(
  history: FundHistory,
  own: Path,
  benchmark: Float64Array,
  from: LocalDate,
): FundFigures['points'] {
  const first = Math.max(
    0,
    history.days.findIndex((day) => day >= from),
  );
  const base = own.values[first] ?? 1;
  const points: FundFigures['points'][number][] = [];
  let peak = 0;
  let peers = 1;
  for (const [index, date] of history.days.entries()) {
    const value = own.values[index] ?? 0;
    peak = Math.max(peak, value);
    if (index < first) continue;
    if (index > first) peers *= 1 + (benchmark[index - 1] ?? Number.NaN);
    points.push({
      date,
      nav: history.navs[index] ?? '',
      adjusted: value.toFixed(6),
      growth: percentText(value / base - 1),
      peers: Number.isFinite(peers) ? percentText(peers - 1) : null,
      drawdown: percentText(value / peak - 1),
    });
  }
  return points;
}

const UNITS: Readonly<Record<string, (value: number) => string>> = {
  fraction: percentText,
  'per year': percentText,
  ratio: (value) => value.toFixed(4),
  periods: (value) => value.toFixed(0),
  count: (value) => value.toFixed(0),
  date: formatDay,
};

// Signs are the same in both languages; these are the formulas that hold words.
const FORMULAS_ZH: Readonly<Partial<Record<(typeof STANDARD_MEASURES)[number], string>>> = {
  annualReturn: 'Π(1 + r)^(1 ÷ 年数) − 1',
  maxDrawdown: 'max(1 − 净值 ÷ 此前最高值)',
  sharpeRatio: '(r − f) 的均值 ÷ s(r − f) · √p',
  sortinoRatio: '(r − t) 的均值 ÷ √(Σ min(r − t, 0)² ÷ n) · √p',
  calmarRatio: '年化收益率 ÷ 最大回撤',
  winRate: '(r > 0) 的期数 ÷ n',
  beta: '(r − f) 与 (b − f) 的协方差 ÷ (b − f) 的方差',
  alpha: '(1 + (r − f) 的均值 − β · (b − f) 的均值)^p − 1',
  informationRatio: '(r − b) 的均值 ÷ s(r − b) · √p',
};

function measuresOf(own: Path, benchmark: Float64Array): FundFigures['measures'] {
  const returns = simpleReturns(own.values);
  const hasPeers = benchmark.every(Number.isFinite) && benchmark.length > 0;
  const figures =
    returns.value === null
      ? undefined
      : evaluate(
          { returns: returns.value, days: own.days, ...(hasPeers ? { benchmark } : {}) },
          STANDARD_MEASURES,
        );
  return STANDARD_MEASURES.map((id) => {
    const { name, formula, unit } = MEASURES[id];
    const figure: Figure = figures?.[id] ?? { value: null, reason: 'NOT_FINITE' };
    const formulas = { en: formula, zh: FORMULAS_ZH[id] ?? formula };
    return { id, name, formula: formulas, unit, figure: textOf(figure, UNITS[unit] ?? String) };
  });
}

/** Figures of a fund by the quant library. */
export const fundFigures: FigureEngine = (history, peerHistories, from) => {
  const own = pathOf(history);
  if (own.value === null) {
    return { points: [], windows: [], drawdowns: [], measures: [] };
  }
  const peers = peerHistories.flatMap((one) => pathOf(one).value ?? []);
  const benchmark = peerReturns(own.value, peers);
  const drawdowns = listDrawdowns(own.value).value ?? [];
  return {
    points: pointsOf(history, own.value, benchmark, from),
    windows: windowsOf(own.value, peers),
    drawdowns: drawdowns.slice(0, DRAWDOWNS_SHOWN).map((one) => ({
      depth: percentText(one.depth),
      peakDate: localDate(formatDay(one.peakDay)),
      troughDate: localDate(formatDay(one.troughDay)),
      recoveryDate: one.recoveryDay === null ? null : localDate(formatDay(one.recoveryDay)),
    })),
    measures: measuresOf(own.value, benchmark),
  };
};

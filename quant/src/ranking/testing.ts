/*
 * The plain twin of the time-aligned ranking: for every fund, every peer is measured from scratch
 * in the fund's window, and the ranks are counted.
 */
import type { Figure } from '../figure.ts';
import type { Panel } from '../indicators/panel.ts';
import { readFund } from '../indicators/testing.ts';
import type { Day } from '../numeric/day.ts';
import { evaluate } from '../performance/evaluate.ts';
import { MEASURES, type MeasureId } from '../performance/measures.ts';
import { lastNotAfter } from '../series/levels.ts';

interface PlainRank {
  readonly figure: Figure;
  readonly rank: number;
  readonly count: number;
}

/** A fund measured from a day to the end, or undefined if it has no value near that day. */
function measureFrom(
  panel: Panel,
  fund: number,
  { start, measures }: { start: Day; measures: readonly MeasureId[] },
): Record<string, Figure> | undefined {
  const { days, values } = readFund(panel, fund);
  const from = lastNotAfter(days, start);
  const last = panel.days.at(-1) as Day;
  if (from < 0 || from >= days.length - 1) return undefined;
  if (start - (days[from] as Day) > 15 || last - (days.at(-1) as Day) > 15) return undefined;
  const own = days.slice(from);
  const levels = (row: Float64Array) => own.map((day) => row[panel.days.indexOf(day)] as number);
  const steps = (path: readonly number[]) =>
    path.slice(1).map((value, at) => value / (path[at] as number) - 1);
  const benchmark = panel.benchmarkOf[fund] as number;
  const width = panel.days.length;
  return evaluate(
    {
      returns: steps(values.slice(from)),
      days: own,
      ...(benchmark < 0
        ? {}
        : { benchmark: steps(levels(panel.benchmarks.subarray(benchmark * width))) }),
      ...(panel.riskFree === undefined ? {} : { riskFree: steps(levels(panel.riskFree)) }),
    },
    measures,
  );
}

/** Ranks of every fund by every measure, fund by fund. */
export function rankPlainly(
  panel: Panel,
  types: ArrayLike<number>,
  measures: readonly MeasureId[],
): (PlainRank[] | undefined)[] {
  return Array.from({ length: panel.fundCount }, (_, fund) => {
    const start = readFund(panel, fund).days[0];
    if (start === undefined || (types[fund] as number) < 0) return undefined;
    const own = measureFrom(panel, fund, { start, measures });
    if (own === undefined) return undefined;
    const peers = Array.from({ length: panel.fundCount }, (_, peer) => peer)
      .filter((peer) => peer !== fund && types[peer] === types[fund])
      .map((peer) => measureFrom(panel, peer, { start, measures }));
    return measures.map((id) => rankOf(id, own, peers));
  });
}

function rankOf(
  id: MeasureId,
  own: Record<string, Figure>,
  peers: readonly (Record<string, Figure> | undefined)[],
): PlainRank {
  const figure = own[id] as Figure;
  if (figure.value === null) return { figure, rank: 0, count: 0 };
  const others = peers.flatMap((peer) => {
    const value = peer?.[id]?.value;
    return typeof value === 'number' ? [value] : [];
  });
  const sign = MEASURES[id].higherIsBetter === false ? -1 : 1;
  const tie = 1e-12 * (1 + Math.abs(figure.value));
  const better = others.filter((value) => sign * (value - (figure.value ?? 0)) > tie);
  return { figure, rank: better.length + 1, count: others.length + 1 };
}

/* The funds of a panel, for plain twins. */
import type { Day } from '../numeric/day.ts';
import type { Panel } from './panel.ts';

/** The days and values of one fund, gaps left out. */
export function readFund(panel: Panel, fund: number): { days: Day[]; values: number[] } {
  const width = panel.days.length;
  const places = Array.from({ length: width }, (_, at) => at).filter(
    (at) => !Number.isNaN(panel.values[fund * width + at]),
  );
  return {
    days: places.map((at) => panel.days[at] as Day),
    values: places.map((at) => panel.values[fund * width + at] as number),
  };
}

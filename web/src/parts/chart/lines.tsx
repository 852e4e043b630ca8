import { type Language, usePreferences } from '../../app/preferences.ts';
import { groupDecimal, percentText, plot } from '../decimal.ts';
import { Chart, type ChartProps, type ChartTheme } from './chart.tsx';
import { type Scale, STEPS, ticksOf } from './ticks.ts';
import { tipOf, tipStyle } from './tip.ts';

export interface Line {
  readonly name: string;
  /** Decimal text for each day of the chart; absent where there is none. */
  readonly values: readonly (string | undefined)[];
  readonly isFilled?: boolean;
  readonly isDashed?: boolean;
}

export interface LinesProps extends Pick<ChartProps, 'label' | 'height' | 'tools'> {
  /** The days, in order. */
  readonly days: readonly string[];
  readonly lines: readonly Line[];
  readonly scale: Scale;
  /** The name of the column of days in the table. */
  readonly dayName: string;
  /** Days that carry a mark, such as a dividend. */
  readonly marks?: readonly { readonly day: string; readonly text: string }[];
  /** Offers a slider below for long series. */
  readonly hasSlider?: boolean;
}

/** A value as the tooltip and the table show it. */
export function scaleText(value: string | undefined, scale: Scale): string {
  if (value === undefined) return '—';
  if (scale === 'percent') return percentText(value);
  // Percent already, as the server says it.
  if (scale === 'points') return `${groupDecimal(value, 2)}%`;
  return groupDecimal(value, scale === 'money' ? 2 : 4);
}

/** The axes and grid that every chart over days has. */
export function dayAxes(
  { palette }: ChartTheme,
  days: readonly string[],
  tick: (value: number) => string,
) {
  const label = { color: palette.textThird, fontSize: 11 };
  return {
    xAxis: {
      type: 'category',
      data: days,
      boundaryGap: false,
      axisLine: { lineStyle: { color: palette.borderStrong } },
      axisTick: { show: false },
      axisLabel: { ...label, hideOverlap: true, alignMinLabel: 'left', alignMaxLabel: 'right' },
    },
    yAxis: {
      type: 'value',
      scale: true,
      splitNumber: STEPS,
      splitLine: { lineStyle: { color: palette.border } },
      axisLabel: { ...label, formatter: tick },
    },
  };
}

interface Drawn extends LinesProps {
  readonly language: Language;
  readonly theme: ChartTheme;
}

const colourOf = ({ palette }: ChartTheme, place: number): string =>
  palette.series[place % palette.series.length] ?? palette.accent;

function tooltipOf({ days, lines, scale, marks = [], theme }: Drawn) {
  const { palette } = theme;
  return {
    trigger: 'axis',
    ...tipStyle(palette),
    axisPointer: { lineStyle: { color: palette.borderStrong } },
    formatter: (points: readonly { dataIndex: number }[]) => {
      const at = points[0]?.dataIndex ?? 0;
      const mark = marks.find(({ day }) => day === days[at]);
      const head = mark === undefined ? `${days[at]}` : `${days[at]} · ${mark.text}`;
      const rows = lines.map((line, place) => ({
        name: line.name,
        value: scaleText(line.values[at], scale),
        colour: colourOf(theme, place),
      }));
      return tipOf(head, rows);
    },
  };
}

function zoomOf({ palette }: ChartTheme) {
  return [
    { type: 'inside' },
    {
      type: 'slider',
      height: 22,
      bottom: 6,
      borderColor: palette.border,
      fillerColor: `${palette.accent}22`,
      handleStyle: { color: palette.panel, borderColor: palette.accent },
      textStyle: { color: palette.textThird, fontSize: 11 },
      brushSelect: false,
    },
  ];
}

function marksOf({ days, marks = [], theme: { palette } }: Drawn, line: Line) {
  return {
    symbol: 'circle',
    symbolSize: 7,
    label: { show: false },
    itemStyle: { color: palette.panel, borderColor: palette.amber, borderWidth: 2 },
    data: marks.flatMap(({ day }) => {
      const value = line.values[days.indexOf(day)];
      return value === undefined ? [] : [{ coord: [day, plot(value)] }];
    }),
  };
}

function seriesOf(drawn: Drawn, line: Line, place: number) {
  const color = colourOf(drawn.theme, place);
  const hasMarks = place === 0 && (drawn.marks ?? []).length > 0;
  return {
    type: 'line',
    name: line.name,
    data: line.values.map((value) => (value === undefined ? null : plot(value))),
    showSymbol: false,
    connectNulls: true,
    sampling: 'lttb',
    lineStyle: { width: 1.8, color, type: line.isDashed === true ? 'dashed' : 'solid' },
    itemStyle: { color },
    ...(line.isFilled === true ? { areaStyle: { color, opacity: 0.1 } } : {}),
    ...(hasMarks ? { markPoint: marksOf(drawn, line) } : {}),
  };
}

function optionOf(drawn: Drawn) {
  const { days, lines, scale, language, theme, hasSlider = false } = drawn;
  const { palette } = theme;
  const values = lines.flatMap((line) =>
    line.values.flatMap((value) => (value === undefined ? [] : [plot(value)])),
  );
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    grid: { left: 8, right: 16, top: 28, bottom: hasSlider ? 48 : 8, outerBoundsMode: 'same' },
    legend: {
      show: lines.length > 1,
      top: 0,
      left: 0,
      itemWidth: 14,
      itemHeight: 2,
      icon: 'rect',
      textStyle: { color: palette.textSecond, fontSize: 12 },
    },
    tooltip: tooltipOf(drawn),
    ...dayAxes(theme, days, ticksOf(values, scale, language)),
    ...(hasSlider ? { dataZoom: zoomOf(theme) } : {}),
    series: lines.map((line, place) => seriesOf(drawn, line, place)),
  };
}

/** Curves over days. */
export function Lines(props: LinesProps) {
  const { language } = usePreferences();
  const { days, lines, scale, dayName } = props;
  const table = {
    columns: [dayName, ...lines.map(({ name }) => name)],
    rows: days
      .map((day, at) => [day, ...lines.map(({ values }) => scaleText(values[at], scale))])
      .toReversed(),
  };
  return (
    <Chart
      label={props.label}
      height={props.height}
      table={table}
      tools={props.tools}
      optionOf={(theme) => optionOf({ ...props, language, theme })}
    />
  );
}

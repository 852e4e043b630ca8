import { groupDecimal, plot } from '../decimal.ts';
import { Chart, type ChartProps, type ChartTheme } from './chart.tsx';
import { tipOf, tipStyle } from './tip.ts';

export interface Slice {
  readonly name: string;
  /** An amount as decimal text, not negative. */
  readonly value: string;
  /** Its share in percent, as the server gave it. */
  readonly percent: string;
}

export interface DonutProps extends Pick<ChartProps, 'label' | 'height' | 'tools'> {
  readonly slices: readonly Slice[];
  readonly nameTitle: string;
  readonly valueTitle: string;
  readonly shareTitle: string;
}

const shareText = ({ percent }: Slice): string => `${groupDecimal(percent, 2)}%`;

function optionOf({ slices }: DonutProps, { palette }: ChartTheme) {
  return {
    animation: false,
    color: [...palette.series],
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
    tooltip: {
      ...tipStyle(palette),
      formatter: ({ dataIndex, color }: { dataIndex: number; color: string }) => {
        const slice = slices[dataIndex];
        if (slice === undefined) return '';
        const row = { name: shareText(slice), value: groupDecimal(slice.value, 2), colour: color };
        return tipOf(slice.name, [row]);
      },
    },
    series: [
      {
        type: 'pie',
        radius: ['58%', '86%'],
        center: ['50%', '50%'],
        label: { show: false },
        labelLine: { show: false },
        itemStyle: { borderColor: palette.panel, borderWidth: 2 },
        data: slices.map(({ name, value }) => ({ name, value: plot(value) })),
      },
    ],
  };
}

/** Parts of a whole; the legend beside it is the page's to write. */
export function Donut(props: DonutProps) {
  const table = {
    columns: [props.nameTitle, props.valueTitle, props.shareTitle],
    rows: props.slices.map((slice) => [slice.name, groupDecimal(slice.value, 2), shareText(slice)]),
  };
  return (
    <Chart
      label={props.label}
      height={props.height}
      table={table}
      tools={props.tools}
      optionOf={(theme) => optionOf(props, theme)}
    />
  );
}

import { BarChartOutlined, TableOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { usePreferences, useThemeName } from '../../app/preferences.ts';
import { movementColours, type Palette, paletteOf } from '../../app/tokens.ts';
import { defineTexts, useText } from '../../texts/texts.ts';
import './chart.css';

const texts = defineTexts(
  'chart',
  { table: '以表格查看', chart: '以图形查看' },
  { table: 'Show as a table', chart: 'Show as a chart' },
);

/** What a chart is drawn with. */
export interface ChartTheme {
  readonly palette: Palette;
  readonly up: string;
  readonly down: string;
}

/** The same figures as a table, for who cannot see the chart and for who wants to copy them. */
export interface ChartTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface ChartProps {
  readonly label: string;
  readonly height: number;
  readonly table: ChartTable;
  /** Draws in the colours of the theme; called again when they change. */
  readonly optionOf: (theme: ChartTheme) => EChartsCoreOption;
  /** Stands at the left of the buttons, such as a choice of period. */
  readonly tools?: ReactNode;
}

function useChartTheme(): ChartTheme {
  const palette = paletteOf(useThemeName());
  const { up } = usePreferences();
  return { palette, ...movementColours(palette, up) };
}

function Canvas({ label, height, optionOf }: Omit<ChartProps, 'table' | 'tools'>) {
  const theme = useChartTheme();
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const draw = useRef<() => void>(undefined);
  useEffect(() => {
    draw.current = () => chart.current?.setOption(optionOf(theme), { notMerge: true });
    draw.current();
  });
  useEffect(() => {
    let isGone = false;
    let observer: ResizeObserver | undefined;
    const show = async () => {
      const { init } = await import('./engine.ts');
      if (isGone || host.current === null) return;
      chart.current = init(host.current, null, { renderer: 'canvas' });
      observer = new ResizeObserver(() => chart.current?.resize());
      observer.observe(host.current);
      draw.current?.();
    };
    void show();
    return () => {
      isGone = true;
      observer?.disconnect();
      chart.current?.dispose();
      chart.current = undefined;
    };
  }, []);
  return <div ref={host} role="img" aria-label={label} className="chart-host" style={{ height }} />;
}

function Table({ label, height, table }: Pick<ChartProps, 'label' | 'height' | 'table'>) {
  return (
    <section className="chart-table" tabIndex={0} aria-label={label} style={{ maxHeight: height }}>
      <table>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row[0]}>
              {row.map((cell, place) => (
                // oxlint-disable-next-line react/no-array-index-key -- a cell is its place in the row
                <td key={place} translate="no">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** A chart that can be read as a table as well; the drawing engine comes when it is first seen. */
export function Chart({ tools, table, ...props }: ChartProps) {
  const t = useText(texts);
  const [isTable, setTable] = useState(false);
  const label = t(isTable ? 'chart' : 'table');
  return (
    <figure className="chart">
      <div className="chart-tools">
        <div>{tools}</div>
        <Tooltip title={label}>
          <Button
            type="text"
            size="small"
            aria-label={`${label} · ${props.label}`}
            icon={isTable ? <BarChartOutlined /> : <TableOutlined />}
            onClick={() => setTable(!isTable)}
          />
        </Tooltip>
      </div>
      {isTable ? (
        <Table label={props.label} height={props.height} table={table} />
      ) : (
        <Canvas {...props} />
      )}
    </figure>
  );
}

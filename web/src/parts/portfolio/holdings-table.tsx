import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { useFigureSources } from '../figure-definitions.ts';
import { type FigureSource, Money, Nav, Percent, Units } from '../figure.tsx';
import { FundLink } from '../fund.tsx';
import { Empty } from '../states.tsx';
import { type Column, DataTable, type Loaded } from '../table/data-table.tsx';
import type { Assets, Holding } from './data.ts';
import { texts } from './texts.ts';

/** The source of a holding's figure: its definition, with the inputs of this very holding. */
function useHoldingSource() {
  const t = useText(texts);
  const sourceOf = useFigureSources();
  return (id: string, row: Holding): { source?: FigureSource } => {
    const source = sourceOf(id, row.navDate);
    if (source === undefined) return {};
    const inputs = [
      { name: t('holding.units'), value: <Units value={row.units} /> },
      { name: t('holding.nav'), value: <Nav value={row.nav} /> },
      { name: t('cost'), value: <Money value={row.cost} /> },
    ];
    return { source: { ...source, inputs } };
  };
}

function useColumns(): Column<Holding>[] {
  const t = useText(texts);
  const term = useTerms();
  const source = useHoldingSource();
  return [
    {
      key: 'fund',
      title: t('holding.fund'),
      render: (row) => <FundLink code={row.fundCode} name={row.fundName} />,
    },
    {
      key: 'value',
      title: t('holding.value'),
      kind: 'figure',
      render: (row) => <Money value={row.value} {...source('holdingsValue', row)} />,
    },
    {
      key: 'weight',
      title: t('weight'),
      kind: 'figure',
      render: (row) => <Percent value={row.weight} unit="percent" />,
    },
    {
      key: 'profit',
      title: t('profit'),
      kind: 'figure',
      render: (row) => <Money value={row.profit} isMovement {...source('profit', row)} />,
    },
    {
      key: 'profitPercent',
      title: '%',
      kind: 'figure',
      render: (row) => <Percent value={row.profitPercent} unit="percent" isMovement />,
    },
    {
      key: 'totalProfit',
      title: t('totalProfit'),
      kind: 'figure',
      render: (row) => <Money value={row.totalProfit} isMovement {...source('totalProfit', row)} />,
    },
    {
      key: 'dayProfit',
      title: t('holding.dayProfit'),
      kind: 'figure',
      render: (row) => <Money value={row.dayProfit} isMovement {...source('dayProfit', row)} />,
    },
    { key: 'cost', title: t('cost'), kind: 'figure', render: (row) => <Money value={row.cost} /> },
    {
      key: 'units',
      title: t('holding.units'),
      kind: 'figure',
      render: (row) => <Units value={row.units} />,
    },
    {
      key: 'nav',
      title: t('holding.nav'),
      kind: 'figure',
      render: (row) => <Nav value={row.nav} />,
    },
    {
      key: 'dividend',
      title: t('holding.dividend'),
      render: (row) => term('dividendMethod', row.dividendMethod),
    },
  ];
}

/** What is held, holding by holding. */
export function HoldingsTable({ label, query }: { label: string; query: Loaded<Assets> }) {
  const t = useText(texts);
  const columns = useColumns();
  return (
    <DataTable
      label={label}
      columns={columns}
      query={query}
      rowsOf={(data) => data.holdings}
      rowKey={(row) => `${row.tradingAccountNo} ${row.fundCode}`}
      empty={<Empty title={t('allocation.none')} hint={t('allocation.noneHint')} />}
    />
  );
}

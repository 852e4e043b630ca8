import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import type { FigureInputs } from '../figure-card.tsx';
import { type FigureProps, Money, Nav, Percent, Units } from '../figure.tsx';
import { FundLink } from '../fund.tsx';
import { Empty } from '../states.tsx';
import { type Column, DataTable, type Loaded } from '../table/data-table.tsx';
import type { Assets, Holding } from './data.ts';
import { texts } from './texts.ts';

/** What the figures of this very holding are made of. */
export function useHoldingInputs(row: Holding): FigureInputs {
  const t = useText(texts);
  return [
    { name: t('holding.units'), value: <Units of="units" value={row.units} /> },
    { name: t('holding.nav'), value: <Nav of="nav" value={row.nav} /> },
    { name: t('cost'), value: <Money of="cost" value={row.cost} /> },
  ];
}

type OfRow = Pick<FigureProps, 'of' | 'value' | 'isMovement'> & { row: Holding };

function Amount({ row, ...props }: OfRow) {
  return <Money {...props} inputs={useHoldingInputs(row)} asOf={row.navDate} />;
}

function Share({ row, ...props }: OfRow) {
  return <Percent {...props} unit="percent" inputs={useHoldingInputs(row)} asOf={row.navDate} />;
}

function useColumns(): Column<Holding>[] {
  const t = useText(texts);
  const term = useTerms();
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
      render: (row) => <Amount of="holdingsValue" value={row.value} row={row} />,
    },
    {
      key: 'weight',
      title: t('weight'),
      kind: 'figure',
      render: (row) => <Share of="weight" value={row.weight} row={row} />,
    },
    {
      key: 'profit',
      title: t('profit'),
      kind: 'figure',
      render: (row) => <Amount of="profit" value={row.profit} isMovement row={row} />,
    },
    {
      key: 'profitPercent',
      title: '%',
      kind: 'figure',
      render: (row) => <Share of="profitPercent" value={row.profitPercent} isMovement row={row} />,
    },
    {
      key: 'totalProfit',
      title: t('totalProfit'),
      kind: 'figure',
      render: (row) => <Amount of="totalProfit" value={row.totalProfit} isMovement row={row} />,
    },
    {
      key: 'dayProfit',
      title: t('holding.dayProfit'),
      kind: 'figure',
      render: (row) => <Amount of="dayProfit" value={row.dayProfit} isMovement row={row} />,
    },
    {
      key: 'cost',
      title: t('cost'),
      kind: 'figure',
      render: (row) => <Amount of="cost" value={row.cost} row={row} />,
    },
    {
      key: 'units',
      title: t('holding.units'),
      kind: 'figure',
      render: (row) => <Units of="units" value={row.units} />,
    },
    {
      key: 'nav',
      title: t('holding.nav'),
      kind: 'figure',
      render: (row) => <Nav of="nav" value={row.nav} asOf={row.navDate} />,
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

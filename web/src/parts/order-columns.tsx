import { Link } from '@tanstack/react-router';
import type { Got } from '../api/types.ts';
import { useTerms } from '../texts/terms.ts';
import { defineTexts, useText } from '../texts/texts.ts';
import { Data, Money, Nav, Units } from './figure.tsx';
import { FundName } from './fund.tsx';
import { State } from './state.tsx';
import type { Column } from './table/data-table.tsx';
import { instantText } from './time.ts';

const texts = defineTexts(
  'orderColumns',
  {
    accepted: '受理时间',
    kind: '业务',
    fund: '产品',
    asked: '申请金额／份额',
    state: '状态',
    confirmedUnits: '确认份额',
    confirmedAmount: '确认金额',
    fee: '费用',
    nav: '净值',
    tradeDate: '申请日',
    customer: '客户号',
    order: '申请单编号',
    units: '份',
    yuan: '元',
  },
  {
    accepted: 'Accepted',
    kind: 'Kind',
    fund: 'Product',
    asked: 'Asked for',
    state: 'State',
    confirmedUnits: 'Confirmed units',
    confirmedAmount: 'Confirmed amount',
    fee: 'Fee',
    nav: 'NAV',
    tradeDate: 'Trade date',
    customer: 'Customer no.',
    order: 'Order',
    units: 'units',
    yuan: 'CNY',
  },
);

export type OrderRow = Got<'/orders'>['orders'][number];

/** Confirmed figures are zero until they are known: then they say nothing. */
const known = (row: OrderRow, value: string): string | undefined =>
  row.confirmDate === undefined ? undefined : value;

/** What was asked for: an amount of money, or units of the fund. */
export function Asked({ order }: { order: OrderRow }) {
  const t = useText(texts);
  const term = useTerms();
  if (order.amount !== undefined) {
    return (
      <>
        <Money value={order.amount} /> <span className="figure-unit">{t('yuan')}</span>
      </>
    );
  }
  if (order.units !== undefined) {
    return (
      <>
        <Units value={order.units} /> <span className="figure-unit">{t('units')}</span>
      </>
    );
  }
  return <>{term('dividendMethod', order.dividendMethod)}</>;
}

/** The columns of every list of orders. */
export function useOrderColumns(options: { hasCustomer: boolean }): Column<OrderRow>[] {
  const t = useText(texts);
  const term = useTerms();
  const customer: Column<OrderRow> = {
    key: 'customer',
    title: t('customer'),
    render: ({ customerId }) => (
      <Link to="/customers/$customerId" params={{ customerId }}>
        <Data isCode>{customerId}</Data>
      </Link>
    ),
  };
  return [
    {
      key: 'accepted',
      title: t('accepted'),
      render: ({ orderId, acceptedAt }) => (
        <Link to="/orders/$orderId" params={{ orderId }} className="num">
          {instantText(acceptedAt, true)}
        </Link>
      ),
    },
    ...(options.hasCustomer ? [customer] : []),
    { key: 'kind', title: t('kind'), render: (row) => term('orderKind', row.kind) },
    { key: 'fund', title: t('fund'), render: (row) => <FundName code={row.fundCode} /> },
    { key: 'asked', title: t('asked'), kind: 'figure', render: (row) => <Asked order={row} /> },
    {
      key: 'state',
      title: t('state'),
      render: (row) => <State kind="orderState" code={row.state} />,
    },
    {
      key: 'confirmedAmount',
      title: t('confirmedAmount'),
      kind: 'figure',
      render: (row) => <Money value={known(row, row.confirmedAmount)} />,
    },
    {
      key: 'confirmedUnits',
      title: t('confirmedUnits'),
      kind: 'figure',
      render: (row) => <Units value={known(row, row.confirmedUnits)} />,
    },
    { key: 'nav', title: t('nav'), kind: 'figure', render: (row) => <Nav value={row.nav} /> },
    {
      key: 'fee',
      title: t('fee'),
      kind: 'figure',
      render: (row) => <Money value={known(row, row.fee)} />,
    },
    {
      key: 'tradeDate',
      title: t('tradeDate'),
      render: (row) => <span className="num">{row.tradeDate}</span>,
    },
  ];
}

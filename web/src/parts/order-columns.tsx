import { Link } from '@tanstack/react-router';
import type { Got } from '../api/types.ts';
import { useTerms } from '../texts/terms.ts';
import { defineTexts, useText } from '../texts/texts.ts';
import { Data, Money, Units } from './figure.tsx';
import { FundName } from './fund.tsx';
import { State } from './state.tsx';
import type { Column } from './table/data-table.tsx';
import { dayOf, instantText } from './time.ts';

const texts = defineTexts(
  'orderColumns',
  {
    accepted: '受理时间',
    kind: '业务',
    fund: '产品',
    asked: '申请金额／份额',
    state: '状态',
    confirmed: '确认结果',
    fee: '费用',
    tradedOn: '申请日 {{date}}',
    customer: '客户号',
    units: '份',
    yuan: '元',
  },
  {
    accepted: 'Accepted',
    kind: 'Kind',
    fund: 'Product',
    asked: 'Asked for',
    state: 'State',
    confirmed: 'Confirmed',
    fee: 'Fee',
    tradedOn: 'Traded on {{date}}',
    customer: 'Customer no.',
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
        <Money of="orderAmount" value={order.amount} asOf={order.acceptedAt} />{' '}
        <span className="figure-unit">{t('yuan')}</span>
      </>
    );
  }
  if (order.units !== undefined) {
    return (
      <>
        <Units of="orderUnits" value={order.units} asOf={order.acceptedAt} />{' '}
        <span className="figure-unit">{t('units')}</span>
      </>
    );
  }
  return <>{term('dividendMethod', order.dividendMethod)}</>;
}

/** What came of it: units for a buy, money for a redemption. */
function Confirmed({ order }: { order: OrderRow }) {
  const t = useText(texts);
  if (order.confirmDate === undefined || order.kind === 'dividendMethod') {
    return <span className="quiet">—</span>;
  }
  return order.kind === 'redemption' ? (
    <>
      <Money of="confirmedAmount" value={order.confirmedAmount} asOf={order.confirmDate} />{' '}
      <span className="figure-unit">{t('yuan')}</span>
    </>
  ) : (
    <>
      <Units of="confirmedUnits" value={order.confirmedUnits} asOf={order.confirmDate} />{' '}
      <span className="figure-unit">{t('units')}</span>
    </>
  );
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
      render: ({ orderId, acceptedAt, tradeDate }) => (
        <>
          <Link to="/orders/$orderId" params={{ orderId }} className="num">
            {instantText(acceptedAt)}
          </Link>
          {tradeDate === dayOf(acceptedAt) ? null : (
            <span className="quiet num order-traded">{t('tradedOn', { date: tradeDate })}</span>
          )}
        </>
      ),
    },
    ...(options.hasCustomer ? [customer] : []),
    { key: 'kind', title: t('kind'), render: (row) => term('orderKind', row.kind) },
    {
      key: 'fund',
      title: t('fund'),
      isWrapping: true,
      render: (row) => <FundName code={row.fundCode} hasCode={false} />,
    },
    { key: 'asked', title: t('asked'), kind: 'figure', render: (row) => <Asked order={row} /> },
    {
      key: 'state',
      title: t('state'),
      render: (row) => <State kind="orderState" code={row.state} />,
    },
    {
      key: 'confirmed',
      title: t('confirmed'),
      kind: 'figure',
      render: (row) => <Confirmed order={row} />,
    },
    {
      key: 'fee',
      title: t('fee'),
      kind: 'figure',
      render: (row) => (
        <Money of="confirmedFee" value={known(row, row.fee)} asOf={row.confirmDate} />
      ),
    },
  ];
}

import type { ReactNode } from 'react';
import { Data, Money, Nav, Percent, Units } from '../figure.tsx';
import { Facts } from '../page.tsx';
import { Level, State } from '../state.tsx';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import type { FundDetail } from './fee-table.tsx';
import { fundTermTexts } from './texts.ts';

export type Parameters = FundDetail['parameters'];
export type ParameterName = keyof Parameters;

/** Parameters in the order in which people read them. */
export const PARAMETERS = [
  'status',
  'riskLevel',
  'term',
  'variety',
  'minFirstPurchase',
  'minNextPurchase',
  'purchaseStep',
  'maxPurchase',
  'dayMaxPurchase',
  'minRedemption',
  'redemptionStep',
  'minHolding',
  'confirmDays',
  'purchasePayDays',
  'redemptionCashDays',
  'dividendCashDays',
  'cutOff',
  'defaultDividendMethod',
  'serviceFeeRate',
  'faceValue',
  'unitsRounding',
  'holdingDaysRule',
  'feeRounding',
  'offerStart',
  'offerEnd',
] as const satisfies readonly ParameterName[];

const MONEY = ['minFirstPurchase', 'minNextPurchase', 'purchaseStep'] as const;
const LIMITS = ['maxPurchase', 'dayMaxPurchase'] as const;
const UNITS = ['minRedemption', 'redemptionStep', 'minHolding'] as const;

const isOf = <Name extends string>(names: readonly Name[], name: string): name is Name =>
  names.some((each) => each === name);

const DAYS: readonly string[] = [
  'confirmDays',
  'purchasePayDays',
  'redemptionCashDays',
  'dividendCashDays',
];

/** The value of a parameter as people say it. */
export function ParameterValue({
  name,
  value,
}: {
  name: string;
  value: string | undefined;
}): ReactNode {
  const t = useText(fundTermTexts);
  const term = useTerms();
  if (value === undefined || value === '') return '—';
  if (isOf(MONEY, name)) return <Money of={name} value={value} />;
  if (isOf(LIMITS, name))
    return /^0(\.0+)?$/.test(value) ? t('param.noLimit') : <Money of={name} value={value} />;
  if (isOf(UNITS, name)) return <Units of={name} value={value} />;
  if (DAYS.includes(name)) return t('param.days', { count: Number.parseInt(value, 10) });
  switch (name) {
    case 'status':
      return <State kind="fundStatus" code={value} />;
    case 'riskLevel':
      return <Level kind="riskLevel" level={Number.parseInt(value, 10)} />;
    case 'term':
      return term('term', value);
    case 'variety':
      return term('variety', value);
    case 'defaultDividendMethod':
      return term('dividendMethod', value);
    case 'serviceFeeRate':
      return <Percent of="serviceFeeRate" value={value} isExact />;
    case 'faceValue':
      return <Nav of="faceValue" value={value} />;
    case 'unitsRounding':
      return t(value === 'down' ? 'param.roundDown' : 'param.roundHalfUp');
    case 'holdingDaysRule':
      return t(value === 'confirmDate' ? 'param.byConfirm' : 'param.byApplication');
    case 'feeRounding':
      return t(value === 'total' ? 'param.total' : 'param.perLot');
    default:
      return <Data>{value}</Data>;
  }
}

/** Every parameter in force. */
export function ParameterFacts({
  parameters,
  columns = 4,
}: {
  parameters: Parameters;
  columns?: 2 | 4;
}) {
  const t = useText(fundTermTexts);
  return (
    <Facts
      columns={columns}
      items={PARAMETERS.filter((name) => parameters[name] !== undefined).map((name) => ({
        name: t(`param.${name}`),
        value: <ParameterValue name={name} value={parameters[name]} />,
      }))}
    />
  );
}

/**
 * The parameters of a fund as text and as values, read in one way by the CSV import, the JSON body
 * of a change and the stored approval.
 */
import type { Finding } from '@cairn/kernel';
import {
  amountCodec,
  type Codec,
  dateCodec,
  days,
  minuteCodec,
  oneOf,
  priceCodec,
  unitsCodec,
  yearlyRateCodec,
} from './codecs.ts';
import {
  FUND_STATUSES,
  type FundParameters,
  INVESTMENT_TERMS,
  type RiskLevel,
  VARIETIES,
} from './terms.ts';

const riskCodec: Codec<RiskLevel> = {
  read: (text) => ([1, 2, 3, 4, 5] as const).find((level) => level.toString() === text),
  format: (value) => value.toString(),
  expects: '1-5',
};
/** Every parameter with its codec, in the order of the CSV. */
export const parameterCodecs: {
  readonly [K in keyof FundParameters]-?: Codec<NonNullable<FundParameters[K]>>;
} = {
  status: oneOf(FUND_STATUSES),
  riskLevel: riskCodec,
  term: oneOf(INVESTMENT_TERMS),
  variety: oneOf(VARIETIES),
  minFirstPurchase: amountCodec,
  minNextPurchase: amountCodec,
  purchaseStep: amountCodec,
  maxPurchase: amountCodec,
  dayMaxPurchase: amountCodec,
  minRedemption: unitsCodec,
  redemptionStep: unitsCodec,
  minHolding: unitsCodec,
  confirmDays: days(30),
  purchasePayDays: days(60),
  redemptionCashDays: days(60),
  dividendCashDays: days(60),
  unitsRounding: oneOf(['halfUp', 'down'] as const),
  holdingDaysRule: oneOf(['applicationDate', 'confirmDate'] as const),
  feeRounding: oneOf(['perLot', 'total'] as const),
  defaultDividendMethod: oneOf(['0', '1'] as const),
  serviceFeeRate: yearlyRateCodec,
  faceValue: priceCodec,
  cutOff: minuteCodec,
  offerStart: dateCodec,
  offerEnd: dateCodec,
};

/** The name of a parameter. */
export type ParameterName = keyof FundParameters;

/** Every parameter's name, in the order of the CSV. */
export const parameterNames = Object.keys(parameterCodecs) as readonly ParameterName[];

/** Parameters as text; the two offer dates may be left out or empty, no other may. */
export type WireParameters = Partial<Record<ParameterName, string>>;

function isOptional(name: ParameterName): boolean {
  return name === 'offerStart' || name === 'offerEnd';
}

function assessTogether(p: FundParameters): Finding[] {
  const found: Finding[] = [];
  const block = (field: ParameterName, other: ParameterName) =>
    found.push({ code: 'PARAMETERS_DISAGREE', severity: 'block', details: { field, other } });
  if ((p.offerStart === undefined) !== (p.offerEnd === undefined)) block('offerStart', 'offerEnd');
  if (p.offerStart !== undefined && p.offerEnd !== undefined && p.offerStart > p.offerEnd) {
    block('offerStart', 'offerEnd');
  }
  if (p.status === '1' && p.offerStart === undefined) block('status', 'offerStart');
  if (p.maxPurchase > 0n && p.maxPurchase < p.minFirstPurchase) {
    block('maxPurchase', 'minFirstPurchase');
  }
  if (p.maxPurchase > 0n && p.maxPurchase < p.minNextPurchase) {
    block('maxPurchase', 'minNextPurchase');
  }
  if (p.dayMaxPurchase > 0n && p.dayMaxPurchase < p.minFirstPurchase) {
    block('dayMaxPurchase', 'minFirstPurchase');
  }
  return found;
}

/** Reads parameters and checks them against each other; every fault is returned. */
export function readParameters(wire: WireParameters): {
  parameters: FundParameters | undefined;
  findings: Finding[];
} {
  const findings: Finding[] = [];
  const values: Partial<Record<ParameterName, unknown>> = {};
  for (const name of parameterNames) {
    const text = wire[name] ?? '';
    if (text === '' && isOptional(name)) continue;
    const value = parameterCodecs[name].read(text);
    if (value === undefined) {
      const details = { field: name, value: text, expects: parameterCodecs[name].expects };
      findings.push({ code: 'PARAMETER_INVALID', severity: 'block', details });
    } else {
      values[name] = value;
    }
  }
  if (findings.length > 0) return { parameters: undefined, findings };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every field was read above
  const parameters = values as unknown as FundParameters;
  findings.push(...assessTogether(parameters));
  return { parameters: findings.length > 0 ? undefined : parameters, findings };
}

/** Parameters as text, in the form that `readParameters` reads. */
export function formatParameters(p: FundParameters): WireParameters {
  const wire: WireParameters = {};
  for (const name of parameterNames) {
    const codec: Codec<unknown> = parameterCodecs[name];
    if (p[name] !== undefined) wire[name] = codec.format(p[name]);
  }
  return wire;
}

/**
 * The parameters of a fund as text and as values. One codec per field serves the CSV import, the
 * JSON body of a change and the stored approval, so that a field is read in one way everywhere.
 */
import {
  type Finding,
  formatAmount,
  formatPrice,
  formatRate,
  formatUnits,
  type LocalDate,
  parseAmount,
  parseLocalDate,
  parsePrice,
  parseRate,
  parseUnits,
} from '@cairn/kernel';
import {
  FUND_STATUSES,
  type FundParameters,
  INVESTMENT_TERMS,
  type RiskLevel,
  VARIETIES,
} from './terms.ts';

/** How one field is read from text, written to it, and described to whoever sent a wrong one. */
interface Codec<T> {
  read(text: string): T | undefined;
  format(value: T): string;
  readonly expects: string;
}

function oneOf<T extends string>(values: readonly T[]): Codec<T> {
  return {
    read: (text) => values.find((value) => value === text),
    format: (value) => value,
    expects: values.join(' | '),
  };
}

function days(max: number): Codec<number> {
  return {
    read: (text) => {
      const value = /^(0|[1-9]\d?)$/.test(text) ? Number.parseInt(text, 10) : undefined;
      return value !== undefined && value <= max ? value : undefined;
    },
    format: (value) => value.toString(),
    expects: `0-${max}`,
  };
}

// Stored quantities end at 17 digits; the checks of the columns say the same.
const STORED_MAX = 99_999_999_999_999_999n;

function stored<T extends bigint>(codec: Codec<T>): Codec<T> {
  const read = (text: string) => {
    const value = codec.read(text);
    return value !== undefined && value <= STORED_MAX ? value : undefined;
  };
  return { ...codec, read };
}

const amountCodec = stored({
  read: (text) => parseAmount(text),
  format: (value: NonNullable<ReturnType<typeof parseAmount>>) => formatAmount(value),
  expects: '0.00',
});
const unitsCodec = stored({
  read: (text) => parseUnits(text),
  format: formatUnits,
  expects: '0.00',
});
const dateCodec: Codec<LocalDate> = {
  read: parseLocalDate,
  format: (value) => value,
  expects: 'YYYY-MM-DD',
};
const riskCodec: Codec<RiskLevel> = {
  read: (text) => ([1, 2, 3, 4, 5] as const).find((level) => level.toString() === text),
  format: (value) => value.toString(),
  expects: '1-5',
};
const cutOffCodec: Codec<string> = {
  read: (text) => (/^([01]\d|2[0-3]):[0-5]\d$/.test(text) ? `${text}:00.000` : undefined),
  format: (value) => value.slice(0, 5),
  expects: 'HH:MM',
};
const priceCodec: Codec<FundParameters['faceValue']> = stored({
  read: (text: string) => {
    const value = parsePrice(text);
    return value === 0n ? undefined : value;
  },
  format: formatPrice,
  expects: '1.0000',
});
const serviceFeeCodec: Codec<FundParameters['serviceFeeRate']> = {
  read: (text) => {
    const value = parseRate(text);
    return value !== undefined && value < 5_000_000n ? value : undefined;
  },
  format: formatRate,
  expects: '0.00-0.05',
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
  serviceFeeRate: serviceFeeCodec,
  faceValue: priceCodec,
  cutOff: cutOffCodec,
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

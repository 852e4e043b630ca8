/** One currency of ISO 4217: letters, three digits (as files carry it), minor-unit decimals. */
export interface Currency {
  readonly code: string;
  readonly numeric: string;
  readonly scale: number;
}

const table = {
  CNY: { code: 'CNY', numeric: '156', scale: 2 },
  HKD: { code: 'HKD', numeric: '344', scale: 2 },
  MOP: { code: 'MOP', numeric: '446', scale: 2 },
  TWD: { code: 'TWD', numeric: '901', scale: 2 },
  USD: { code: 'USD', numeric: '840', scale: 2 },
  EUR: { code: 'EUR', numeric: '978', scale: 2 },
  GBP: { code: 'GBP', numeric: '826', scale: 2 },
  CHF: { code: 'CHF', numeric: '756', scale: 2 },
  SGD: { code: 'SGD', numeric: '702', scale: 2 },
  AUD: { code: 'AUD', numeric: '036', scale: 2 },
  NZD: { code: 'NZD', numeric: '554', scale: 2 },
  CAD: { code: 'CAD', numeric: '124', scale: 2 },
  SEK: { code: 'SEK', numeric: '752', scale: 2 },
  THB: { code: 'THB', numeric: '764', scale: 2 },
  JPY: { code: 'JPY', numeric: '392', scale: 0 },
  KRW: { code: 'KRW', numeric: '410', scale: 0 },
} as const;

/** A currency the program knows, by its ISO 4217 letters. */
export type CurrencyCode = keyof typeof table;

/** Every known currency (ISO 4217 numbers and minor units). */
export const currencies: Readonly<
  Record<CurrencyCode, Currency & { readonly code: CurrencyCode }>
> = table;

function isCurrencyCode(text: string): text is CurrencyCode {
  return Object.hasOwn(table, text);
}

/** The code itself when it is a known currency in upper case, else undefined. */
export function parseCurrency(text: string): CurrencyCode | undefined {
  return isCurrencyCode(text) ? text : undefined;
}

const byNumeric: ReadonlyMap<string, CurrencyCode> = new Map(
  Object.values(table).map((row) => [row.numeric, row.code]),
);

/** The currency of a three-digit ISO 4217 number such as '156', or undefined when unknown. */
export function findCurrencyByNumeric(numeric: string): CurrencyCode | undefined {
  return byNumeric.get(numeric);
}

import { type CurrencyCode, currencies, parseCurrency } from './currency.ts';
import { assert } from './errors.ts';
import { type Amount, add, formatAmount, type ParseOptions, parseAmount } from './fixed.ts';

/** An amount that knows its currency; amount is in minor units of that currency. */
export interface Money {
  readonly currency: CurrencyCode;
  readonly amount: Amount;
}

/** Puts an amount and its currency together. */
export function money(amount: Amount, currency: CurrencyCode): Money {
  assert(Object.hasOwn(currencies, currency), `unknown currency ${currency}`);
  return { currency, amount };
}

/** The sum of two moneys. AssertionError when their currencies differ. */
export function addMoney(a: Money, b: Money): Money {
  assert(a.currency === b.currency, `cannot add ${b.currency} to ${a.currency}`);
  return { currency: a.currency, amount: add(a.amount, b.amount) };
}

/** Currency code, one blank, amount at the currency's decimals: 'CNY 1234.50', 'JPY 150'. */
export function formatMoney(m: Money): string {
  return `${m.currency} ${formatAmount(m.amount, m.currency)}`;
}

/**
 * Reads what `formatMoney` writes. Undefined when the currency is unknown or not in upper case, or
 * the amount is refused at that currency's decimals ('JPY 1.50').
 */
export function parseMoney(text: string, options?: ParseOptions): Money | undefined {
  const blank = text.indexOf(' ');
  if (blank < 0) return undefined;
  const currency = parseCurrency(text.slice(0, blank));
  if (currency === undefined) return undefined;
  const amount = parseAmount(text.slice(blank + 1), currency, options);
  return amount === undefined ? undefined : { currency, amount };
}

/** How fields are read from text: one codec each for CSV cells, JSON bodies and stored approvals. */
import {
  type Amount,
  formatAmount,
  formatPrice,
  formatRate,
  formatUnits,
  type LocalDate,
  type Price,
  parseAmount,
  parseLocalDate,
  parsePrice,
  parseRate,
  parseUnits,
  type Rate,
  type Units,
} from '@cairn/kernel';

/** How one field is read from text, written to it, and described to whoever sent a wrong one. */
export interface Codec<T> {
  read(text: string): T | undefined;
  format(value: T): string;
  readonly expects: string;
}

/** One of a few words. */
export function oneOf<T extends string>(values: readonly T[]): Codec<T> {
  return {
    read: (text) => values.find((value) => value === text),
    format: (value) => value,
    expects: values.join(' | '),
  };
}

/** A whole number of days up to a maximum of two digits. */
export function days(max: number): Codec<number> {
  return {
    read: (text) => {
      const value = /^(0|[1-9]\d?)$/.test(text) ? Number.parseInt(text, 10) : undefined;
      return value !== undefined && value <= max ? value : undefined;
    },
    format: (value) => value.toString(),
    expects: `0-${max}`,
  };
}

/** Text of a fixed shape. */
export function matching(pattern: RegExp, expects: string): Codec<string> {
  return {
    read: (text) => (pattern.test(text) ? text : undefined),
    format: (value) => value,
    expects,
  };
}

/** Free text of one to `lengthMax` characters, kept in Unicode form C. */
export function textUpTo(lengthMax: number): Codec<string> {
  return {
    read: (text) => {
      const kept = text.normalize('NFC');
      return kept.length > 0 && kept.length <= lengthMax ? kept : undefined;
    },
    format: (value) => value,
    expects: `1-${lengthMax} characters`,
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

/** Money of two decimals, zero or more. */
export const amountCodec: Codec<Amount> = stored({
  read: (text: string) => parseAmount(text),
  format: (value: Amount) => formatAmount(value),
  expects: '0.00',
});

/** Fund units of two decimals, zero or more. */
export const unitsCodec: Codec<Units> = stored({
  read: (text: string) => parseUnits(text),
  format: formatUnits,
  expects: '0.00',
});

/** A price above zero. */
export const priceCodec: Codec<Price> = stored({
  read: (text: string) => {
    const value = parsePrice(text);
    return value === 0n ? undefined : value;
  },
  format: formatPrice,
  expects: '0.0001 or more',
});

/** A rate a year below 5 %, as a fraction of one. */
export const yearlyRateCodec: Codec<Rate> = {
  read: (text) => {
    const value = parseRate(text);
    return value !== undefined && value < 5_000_000n ? value : undefined;
  },
  format: formatRate,
  expects: '0.00-0.05',
};

/** A real day. */
export const dateCodec: Codec<LocalDate> = {
  read: parseLocalDate,
  format: (value) => value,
  expects: 'YYYY-MM-DD',
};

/** A time of day in whole minutes, 'HH:MM' as text, 'HH:MM:SS.sss' as value. */
export const minuteCodec: Codec<string> = {
  read: (text) => (/^([01]\d|2[0-3]):[0-5]\d$/.test(text) ? `${text}:00.000` : undefined),
  format: (value) => value.slice(0, 5),
  expects: 'HH:MM',
};

/** 'true' or 'false'. */
export const booleanCodec: Codec<boolean> = {
  read: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
  format: (value) => value.toString(),
  expects: 'true | false',
};

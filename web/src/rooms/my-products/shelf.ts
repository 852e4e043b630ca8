/** What an investor looks for on the shelf; it stands in the address, for it is not personal. */
import { RETURN_PERIODS, type ReturnPeriod } from '../../parts/fund-returns/fund-returns.tsx';
import { codesOf } from '../../texts/term-codes.ts';

export interface Shelf {
  q?: string;
  type?: string;
  risk?: number;
  period?: ReturnPeriod;
}

const QUERY_LENGTH_MAX = 50;

/** Reads the address; what is no filter of ours is left out. */
export function readShelf(search: Record<string, unknown>): Shelf {
  const { q, type, risk, period } = search;
  const text = typeof q === 'string' || typeof q === 'number' ? `${q}`.trim() : '';
  const level = Number.parseInt(String(risk), 10);
  const chosen = RETURN_PERIODS.find((each) => each === period);
  return {
    ...(text === '' ? {} : { q: text.slice(0, QUERY_LENGTH_MAX) }),
    ...(typeof type === 'string' && codesOf('fundType').includes(type) ? { type } : {}),
    ...(level >= 1 && level <= 5 ? { risk: level } : {}),
    ...(chosen === undefined ? {} : { period: chosen }),
  };
}

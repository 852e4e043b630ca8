/** The filters of the shelf as they stand in the address: no personal data, so a link may hold them. */
import { codesOf } from '../../texts/term-codes.ts';

export interface Filters {
  q?: string;
  type?: string;
  risk?: number;
  status?: string;
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? `${value}`.slice(0, 50) : undefined;

function oneOf(value: unknown, codes: readonly string[]): string | undefined {
  const given = text(value);
  return codes.find((code) => code === given);
}

/** Reads what an address says; what it says wrongly is left out. */
export function readFilters(search: Record<string, unknown>): Filters {
  const q = text(search['q']);
  const type = oneOf(search['type'], codesOf('fundType'));
  const risk = oneOf(search['risk'], codesOf('riskLevel'));
  const status = oneOf(search['status'], codesOf('fundStatus'));
  return {
    ...(q === undefined || q === '' ? {} : { q }),
    ...(type === undefined ? {} : { type }),
    ...(risk === undefined ? {} : { risk: Number.parseInt(risk, 10) }),
    ...(status === undefined ? {} : { status }),
  };
}

export const COMPARED_MAX = 4;

/** The funds that are compared: 'codes=990011,990021'. */
export function readCompare(search: Record<string, unknown>): { codes: string } {
  const codes = (text(search['codes']) ?? '')
    .split(',')
    .filter((code) => /^[0-9A-Z]{6}$/.test(code));
  return { codes: [...new Set(codes)].slice(0, COMPARED_MAX).join(',') };
}

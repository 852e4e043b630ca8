import type { Finding } from '@cairn/kernel';

/** A blocking finding; the text of its remedy stands under the same code and `_REMEDY`. */
export function blocked(code: string, details: Record<string, unknown>): Finding {
  return { code, severity: 'block', details, remedy: `${code}_REMEDY` };
}

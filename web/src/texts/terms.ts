import { useMemo } from 'react';
import { usePreferences } from '../app/preferences.ts';
import { type TermKind, termText } from './term-codes.ts';

export { codesOf, type TermKind } from './term-codes.ts';

export type Terms = (kind: TermKind, code: string | number | null | undefined) => string;

/** Codes in the reader's language; what is absent shows a dash. */
export function useTerms(): Terms {
  const { language } = usePreferences();
  return useMemo(
    () => (kind, code) =>
      code === null || code === undefined ? '—' : termText(language, kind, `${code}`),
    [language],
  );
}

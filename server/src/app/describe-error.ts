/** Expected failures as text for a terminal, in both languages. */
import { type AppError, kernelErrors, renderMessage } from '@cairn/kernel';
import { platformErrors } from '../platform/errors.ts';
import { loadErrorTables } from './error-tables.ts';

/** The code with its English and its Chinese sentence, on two lines, without a stack. */
export function describeError(error: AppError): string {
  const sources = [{ errors: kernelErrors }, { errors: platformErrors }, ...loadErrorTables()];
  for (const { errors } of sources) {
    const row = (errors as Record<string, readonly [number, string, string, boolean]>)[error.code];
    if (row === undefined) continue;
    const [, en, zh] = row;
    return `${error.code}: ${renderMessage(en, error.details)}\n${renderMessage(zh, error.details)}`;
  }
  return `${error.code} ${JSON.stringify(error.details)}`;
}

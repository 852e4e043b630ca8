import { AppError } from '@cairn/kernel';

/**
 * Runs a statement whose key may be taken already and turns that one database error into ours; any
 * other error passes unchanged.
 */
export async function refuseDuplicates<T>(
  code: string,
  details: Readonly<Record<string, unknown>>,
  statement: Promise<T>,
): Promise<T> {
  try {
    return await statement;
  } catch (error) {
    throw duplicateAs(error, code, details);
  }
}

/** The refusal that a taken key stands for; any other error unchanged. */
export function duplicateAs(
  error: unknown,
  code: string,
  details: Readonly<Record<string, unknown>>,
): unknown {
  const sqlState = error instanceof Error && 'code' in error ? error.code : undefined;
  return sqlState === '23505' ? new AppError(code, { ...details }, { cause: error }) : error;
}

/** What a freeze that fell short was short of; amounts in fen and units in hundredths, as digits. */
export interface Shortfall {
  readonly assetAccountNo?: string;
  readonly tradingAccountNo?: string;
  readonly fundCode?: string;
  readonly amount?: string;
  readonly units?: string;
  /** Absent or null when there is no such account. */
  readonly available?: string;
}

/** The shortfall that a freeze reported (see migration 0002), if that is what the error is. */
export function findShortfall(error: unknown): Shortfall | undefined {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'CA003') return undefined;
  const detail = 'detail' in error && typeof error.detail === 'string' ? error.detail : '{}';
  return JSON.parse(detail, (_key, value: unknown) => value ?? undefined) as Shortfall;
}

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
    const sqlState = error instanceof Error && 'code' in error ? error.code : undefined;
    if (sqlState === '23505') throw new AppError(code, { ...details }, { cause: error });
    throw error;
  }
}

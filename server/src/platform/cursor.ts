/**
 * Pages of a list: one row more than is shown is read, and the cursor is the place of the last row
 * shown. So a row that comes between two pages neither repeats nor hides another.
 */
import { AppError } from '@cairn/kernel';

type Place = readonly (string | number | bigint)[];

/** What a caller asks of a list by pages; `limit` rows at most. */
export interface PageAsk {
  readonly limit: number;
  /** As the page before gave it. */
  readonly cursor?: string | undefined;
}

/** The rows of a page out of `limit + 1` rows, with the cursor of the next page if there is one. */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  placeOf: (row: Row) => Place,
): { shown: Row[]; next: { nextCursor?: string } } {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  if (last === undefined) return { shown, next: {} };
  const place = placeOf(last).join(' ');
  return { shown, next: { nextCursor: Buffer.from(place).toString('base64url') } };
}

/**
 * The parts of the place that a cursor names, by the groups of its shape; none without a cursor.
 * The named error for a cursor that is not ours.
 */
export function readCursor(cursor: string | undefined, shape: RegExp, errorCode: string): string[] {
  if (cursor === undefined) return [];
  const place = shape.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (place === null) throw new AppError(errorCode);
  return place.slice(1);
}

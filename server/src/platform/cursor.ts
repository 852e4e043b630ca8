/**
 * Pages of a list: one row more than is shown is read, and the cursor is the place of the last row
 * shown. So a row that comes between two pages neither repeats nor hides another.
 */
import { AppError } from '@cairn/kernel';
import { Type } from 'typebox';

type Place = readonly (string | number | bigint)[];

/** What every list by pages takes on the wire. */
export const pageFields = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  cursor: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z_-]{1,140}$' })),
};
/** How many rows a page has when nobody says. */
export const PAGE_DEFAULT = 50;

/** What a caller asks of a list by pages; `limit` rows at most. */
export interface PageAsk {
  readonly limit: number;
  /** As the page before gave it. */
  readonly cursor?: string | undefined;
}

/** The cursor of a place. */
export const cursorOf = (place: Place): string =>
  Buffer.from(place.join(' ')).toString('base64url');

/** The rows of a page out of `limit + 1` rows, with the cursor of the next page if there is one. */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  placeOf: (row: Row) => Place,
): { shown: Row[]; next: { nextCursor?: string } } {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  if (last === undefined) return { shown, next: {} };
  return { shown, next: { nextCursor: cursorOf(placeOf(last)) } };
}

/** What the one code says that has places for a reason. */
const REASON = {
  REQUEST_MALFORMED: {
    reason: 'the cursor is not one of ours',
    reasonZh: '游标不是本系统给出的',
  },
} as Readonly<Record<string, Readonly<Record<string, string>>>>;

const foreign = (errorCode: string): AppError => new AppError(errorCode, REASON[errorCode]);

/**
 * The parts of the place that a cursor names, by the groups of its shape; none without a cursor.
 * The named error for a cursor that is not ours.
 */
export function readCursor(cursor: string | undefined, shape: RegExp, errorCode: string): string[] {
  if (cursor === undefined) return [];
  const place = shape.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (place === null) throw foreign(errorCode);
  return place.slice(1);
}

/**
 * As `readCursor`, for lists in the order of a day or instant and what follows: an id, unless another
 * shape is given.
 */
export function readTimeCursor(
  cursor: string | undefined,
  parse: (text: string) => string | undefined,
  errorCode: string,
  shape: RegExp = /^(\S+) ([0-9A-Z]{1,40})$/,
): string[] {
  const place = readCursor(cursor, shape, errorCode);
  if (place[0] !== undefined && parse(place[0]) === undefined) throw foreign(errorCode);
  return place;
}

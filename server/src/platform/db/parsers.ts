import pg from 'pg';

/*
 * PGlite and node-postgres read the same column differently (int8 as number or text, dates in
 * local time, numeric[] as floats). This one table makes both read alike, and never through a
 * JavaScript number where digits or a day could be lost.
 */
const same = (text: string) => text;
const textArray = pg.types.getTypeParser(1009 as never) as unknown as (
  text: string,
) => (string | null)[];
const mapArray =
  <T>(parse: (text: string) => T) =>
  (text: string) =>
    textArray(text).map((item) => (item === null ? null : parse(item)));

/** '2026-01-05 09:30:00.123+00' (session in UTC) → '2026-01-05T09:30:00.123Z'. */
function instantText(text: string): string {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00$/.exec(text);
  // 'infinity', years beyond 9999 and BC have no place in the books and stay visible as they are.
  if (match === null) return text;
  return `${match[1]}T${match[2]}.${(match[3] ?? '').padEnd(3, '0').slice(0, 3)}Z`;
}

/** PostgreSQL type oid → how its text becomes a value, for both drivers. */
export const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  20: BigInt,
  1016: mapArray(BigInt),
  1700: same,
  1231: textArray,
  1082: same,
  1182: textArray,
  1083: same,
  1114: same,
  1115: textArray,
  1184: instantText,
  1185: mapArray(instantText),
  1009: textArray,
};

/** The type reader for node-postgres with the shared table in front of its own. */
export const pgTypes = {
  getTypeParser(oid: number, format?: string): (value: string) => unknown {
    const own = format === 'binary' ? undefined : PARSERS[oid];
    return own ?? (pg.types.getTypeParser(oid, format as 'text') as (value: string) => unknown);
  },
};

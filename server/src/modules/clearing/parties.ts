/** Registrars of a business day: whom we send to, whom we hear, and whose packages must be there. */
import type { LocalDate } from '@cairn/kernel';
import type { Sql } from '../../platform/db.ts';
import { termsAsOf } from '../products/index.ts';
import { effectiveFiles } from './store.ts';

/** Registrars of the funds that we sell on the date. */
async function sellingRegistrars(sql: Sql, date: LocalDate): Promise<string[]> {
  const book = await termsAsOf(sql, date);
  return book
    .all()
    .filter((terms) => terms.sold)
    .map((terms) => terms.registrarCode);
}

const inOrder = (codes: Iterable<string>): string[] => [...new Set(codes)].sort();

/**
 * The registrars that get a package of the date: those whose funds we sell, with an empty index
 * when there is nothing, and those for whom orders were accepted before their last fund was
 * withdrawn from sale.
 */
export async function registrarsToSend(sql: Sql, date: LocalDate): Promise<string[]> {
  const rows = await sql.query<{ registrar_code: string }>(
    `select distinct registrar_code from (
       select bucket, registrar_code from trading.orders
       where trade_date = $1 and state not in ('refused', 'cancelled')
       union all
       select bucket, registrar_code from trading.account_applications where trade_date = $1) as t`,
    [date],
  );
  const selling = await sellingRegistrars(sql, date);
  return inOrder([...selling, ...rows.map((row) => row.registrar_code)]);
}

/** Registrars that we ever sent to: their answers are read even when nothing of theirs is sold. */
async function knownRegistrars(sql: Sql, until: LocalDate): Promise<string[]> {
  const rows = await sql.query<{ party: string }>(
    `select distinct party from clearing.files
     where direction = 'out' and stream = 'application' and file_date < $1`,
    [until],
  );
  return rows.map((row) => row.party);
}

/** The registrars whose folders are read on the date. */
export async function registrarsToHear(sql: Sql, date: LocalDate): Promise<string[]> {
  return inOrder([...(await sellingRegistrars(sql, date)), ...(await knownRegistrars(sql, date))]);
}

/** The subject of the exception about a missing package, such as '01/confirmation', of a date. */
export const missingSubject = (date: LocalDate, name: string): string => `missing:${date}/${name}`;

/**
 * Packages of the date that are not there and that nobody let pass: NAVs of every registrar whose
 * funds we sell, confirmations of every registrar that we sent to on an earlier day. Named
 * '01/market', '01/confirmation'.
 */
export async function missingPackages(sql: Sql, date: LocalDate): Promise<string[]> {
  const files = await effectiveFiles(sql, 'in', date);
  const waived = await sql.query<{ subject: string }>(
    `select subject from clearing.waivers where business_date = $1 and code = 'PACKAGE_MISSING'`,
    [date],
  );
  const there = new Set(files.map((file) => `${file.party}/${file.stream}`));
  const passed = new Set(waived.map((row) => row.subject));
  const wanted = [
    ...(await sellingRegistrars(sql, date)).map((code) => `${code}/market`),
    ...(await knownRegistrars(sql, date)).map((code) => `${code}/confirmation`),
  ];
  return inOrder(wanted).filter(
    (name) => !there.has(name) && !passed.has(missingSubject(date, name)),
  );
}

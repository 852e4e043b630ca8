/** Tolerances of the checks on confirmations: dated data, read once per version. */
import { amount, assert, type LocalDate, parseFixed, units } from '@cairn/kernel';
import type { Sql } from '../../platform/db.ts';
import type { Tolerances } from './domain/mismatch.ts';

interface RulesRow {
  content: { amountTolerance: string; feeTolerance: string; unitsTolerance: string };
}

function hundredths(text: string): bigint {
  const value = parseFixed(text, 2);
  assert(value !== undefined, `tolerance '${text}' is a decimal with two places`);
  return value;
}

/** The tolerances in force on a date. */
export async function tolerancesOn(sql: Sql, date: LocalDate): Promise<Tolerances> {
  const [row] = await sql.query<RulesRow>(
    `select content from clearing.rules where effective_date <= $1
     order by effective_date desc limit 1`,
    [date],
  );
  assert(row !== undefined, `clearing rules for ${date}`);
  return {
    amount: amount(hundredths(row.content.amountTolerance)),
    fee: amount(hundredths(row.content.feeTolerance)),
    units: units(hundredths(row.content.unitsTolerance)),
  };
}

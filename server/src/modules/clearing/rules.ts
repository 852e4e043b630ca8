/** Tolerances of the checks on confirmations: dated data, read once per version. */
import { amount, assert, type LocalDate, parseFixed, units } from '@cairn/kernel';
import type { Sql } from '../../platform/db.ts';
import type { Tolerances } from './domain/mismatch.ts';

interface RulesRow {
  content: {
    amountTolerance: string;
    feeTolerance: string;
    unitsTolerance: string;
    navFrozenDays: string;
  };
}

function hundredths(text: string): bigint {
  const value = parseFixed(text, 2);
  assert(value !== undefined, `tolerance '${text}' is a decimal with two places`);
  return value;
}

async function rulesOn(sql: Sql, date: LocalDate): Promise<RulesRow['content']> {
  const [row] = await sql.query<RulesRow>(
    `select content from clearing.rules where effective_date <= $1
     order by effective_date desc limit 1`,
    [date],
  );
  assert(row !== undefined, `clearing rules for ${date}`);
  return row.content;
}

/** The tolerances in force on a date. */
export async function tolerancesOn(sql: Sql, date: LocalDate): Promise<Tolerances> {
  const rules = await rulesOn(sql, date);
  return {
    amount: amount(hundredths(rules.amountTolerance)),
    fee: amount(hundredths(rules.feeTolerance)),
    units: units(hundredths(rules.unitsTolerance)),
  };
}

/** After how many NAVs without a move a fund is looked at. */
export async function navFrozenDaysOn(sql: Sql, date: LocalDate): Promise<number> {
  return Number.parseInt((await rulesOn(sql, date)).navFrozenDays, 10);
}

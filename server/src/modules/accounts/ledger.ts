/** The journal and the balances it moves. */
import { amount, AppError, assert, formatAmount } from '@cairn/kernel';
import type { Sql } from '../../platform/db.ts';
import type { Work } from '../../platform/work.ts';
import { refuseDuplicates } from './database-errors.ts';
import { findAssetAccountNo } from './domain/chart.ts';
import { type BalanceChange, type Entry, findEntryFaults, planEntries } from './domain/entries.ts';

/**
 * Writes entries and moves the balances they touch: one statement for the journal, one for the
 * balances. The buckets of the entries are locked by `work`; the caller audits the act.
 *
 * An entry that is not balanced, or that mixes customer and firm money, is a bug and throws
 * AssertionError. AppError, and then nothing is written: ENTRY_EXISTS (an id was used before),
 * CASH_INSUFFICIENT (a customer's cash would fall below what is frozen), LEDGER_ACCOUNT_NOT_FOUND,
 * BALANCE_LIMIT_EXCEEDED.
 */
export async function post(work: Work, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return;
  for (const entry of entries) {
    const faults = findEntryFaults(entry);
    assert(faults.length === 0, `entry ${entry.entryId}: ${faults.join(', ')}`);
  }
  await insertPostings(work, entries);
  await moveBalances(work.tx, planEntries(entries));
}

async function insertPostings(work: Work, entries: readonly Entry[]): Promise<void> {
  const lines = entries.flatMap((entry) =>
    entry.lines.map((line, index) => ({ ...line, entry, number: index + 1 })),
  );
  await refuseDuplicates(
    'ENTRY_EXISTS',
    { entryIds: entries.map((entry) => entry.entryId) },
    work.tx.query(
      `insert into accounts.postings (bucket, entry_id, line, account_code, currency, amount,
         kind, ref, business_date, reverses, posted_at)
       select bucket, entry_id, line, account_code, 'CNY', amount, kind, ref, business_date,
         reverses, $10::timestamptz
       from unnest($1::int2[], $2::text[], $3::int2[], $4::text[], $5::int8[], $6::text[],
         $7::text[], $8::date[], $9::text[])
         as t(bucket, entry_id, line, account_code, amount, kind, ref, business_date, reverses)`,
      [
        lines.map((line) => line.entry.bucket),
        lines.map((line) => line.entry.entryId),
        lines.map((line) => line.number),
        lines.map((line) => line.account),
        lines.map((line) => line.amount),
        lines.map((line) => line.entry.kind),
        lines.map((line) => line.entry.ref),
        lines.map((line) => line.entry.businessDate),
        lines.map((line) => line.entry.reverses ?? null),
        work.now,
      ],
    ),
  );
}

// The WHERE is the last guard against overdrawing: one guarded statement cannot be raced, where
// reading first and writing after overdrew in 59 of 60 rounds.
async function moveBalances(sql: Sql, changes: readonly BalanceChange[]): Promise<void> {
  const columns = [
    changes.map((change) => change.bucket),
    changes.map((change) => change.account),
    changes.map((change) => change.amount),
  ];
  const moved = await sql.affected(
    `update accounts.cash_accounts a
     set balance = a.balance + case a.normal when 'debit' then t.amount else -t.amount end
     from unnest($1::int2[], $2::text[], $3::int8[]) as t(bucket, account_code, amount)
     where a.bucket = t.bucket and a.account_code = t.account_code
       and (a.kind <> 'customerCash' or a.balance - t.amount >= a.frozen)
       and a.balance::numeric + case a.normal when 'debit' then t.amount else -t.amount end
         between -99999999999999999 and 99999999999999999`,
    columns,
  );
  if (moved !== changes.length) await explainUnmoved(sql, changes);
}

// Balances of the accounts that did move already show the new figure; the first account that
// explains the failure is reported, and the caller's transaction is rolled back.
async function explainUnmoved(sql: Sql, changes: readonly BalanceChange[]): Promise<never> {
  const rows = await sql.query<{ found: boolean; short: boolean; free: bigint | null }>(
    `select a.account_code is not null as found, a.balance - a.frozen as free,
       coalesce(a.kind = 'customerCash' and a.balance - t.amount < a.frozen, false) as short
     from unnest($1::int2[], $2::text[], $3::int8[]) with ordinality
       as t(bucket, account_code, amount, position)
     left join accounts.cash_accounts a
       on a.bucket = t.bucket and a.account_code = t.account_code
     order by t.position`,
    [
      changes.map((change) => change.bucket),
      changes.map((change) => change.account),
      changes.map((change) => change.amount),
    ],
  );
  for (const [index, row] of rows.entries()) {
    const change = changes[index];
    assert(change !== undefined, 'one row per change');
    if (!row.found) throw new AppError('LEDGER_ACCOUNT_NOT_FOUND', { account: change.account });
    if (!row.short) continue;
    throw new AppError('CASH_INSUFFICIENT', {
      assetAccountNo: findAssetAccountNo(change.account) ?? change.account,
      available: formatAmount(amount(row.free ?? 0n)),
      amount: formatAmount(change.amount),
    });
  }
  throw new AppError('BALANCE_LIMIT_EXCEEDED', {
    account: changes.map((change) => change.account),
  });
}

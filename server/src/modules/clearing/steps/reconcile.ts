/**
 * The reconcile step: ours against the registrars' file 05 and the bank's statement, and both
 * against what customers are shown. Breaks are recorded with a class, never mended here.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalDate } from '@cairn/kernel';
import { BUCKETS, findBucketInId } from '@cairn/kernel/ids';
import { parseFile } from '@cairn/ofd';
import type { Actor } from '../../../platform/actor.ts';
import { FIRM, work } from '../../../platform/work.ts';
import { bankLedgerOn, holdingTotals, loadBankPositions, lotTotals } from '../../accounts/index.ts';
import { parseStatement, StatementError } from '../domain/bank.ts';
import { type Break, reconcile } from '../domain/reconcile.ts';
import { type RaisedException, raiseExceptions, settleExceptions } from '../exceptions.ts';
import { BANK, bankStatementName, type DayWorld, inFolder } from '../exchange.ts';
import { effectiveFiles, insertFiles } from '../store.ts';

const EVERY_BUCKET = Array.from({ length: BUCKETS }, (_, bucket) => bucket);

type BreakKind = 'units' | 'cash' | 'bankTotal';

/** Registrar, trading account, fund and share class: what file 05 and our holdings have in common. */
const unitsSubject = (registrar: string, account: string, fund: string, shareClass: string) =>
  `${registrar}/${account}/${fund}/${shareClass}`;

/** Units by position as the registrars' files 05 of the date give them, and who sent one. */
async function registrarUnits(
  world: DayWorld,
  date: LocalDate,
): Promise<{ units: Map<string, bigint>; registrars: Set<string> }> {
  const files = (await effectiveFiles(world.db, 'in', date)).filter(
    (file) => file.file_type === '05',
  );
  const units = new Map<string, bigint>();
  for (const file of files) {
    const { records } = parseFile(await world.files.get(file.sha256), { fileName: file.name });
    for (const record of records) {
      const subject = unitsSubject(
        file.party,
        record.text('TransactionAccountID'),
        record.text('FundCode'),
        record.text('ShareClass') || '0',
      );
      const held = units.get(subject) ?? 0n;
      units.set(subject, held + record.number('TotalVolOfDistributorInTA'));
    }
  }
  return { units, registrars: new Set(files.map((file) => file.party)) };
}

/** What exceptions among the confirmations would add to each position. */
async function unappliedUnits(world: DayWorld): Promise<Map<string, bigint>> {
  const rows = await world.db.query<{ subject: string; units: bigint }>(
    `select registrar_code || '/' || trading_account_no || '/' || fund_code || '/' || share_class
         as subject,
       sum(case when business_code = '124' then -confirmed_units
                when business_code in ('122', '130') then confirmed_units else 0 end)::int8 as units
     from clearing.confirmations
     where state = 'exception' and return_code = '0000' group by 1`,
  );
  return new Map(rows.map((row) => [row.subject, row.units]));
}

async function compareUnits(world: DayWorld, date: LocalDate) {
  const { units, registrars } = await registrarUnits(world, date);
  const only = (rows: readonly { registrarCode: string; subject: string; units: bigint }[]) =>
    new Map(
      rows
        .filter((row) => registrars.has(row.registrarCode) && row.units !== 0n)
        .map((row) => [row.subject, row.units]),
    );
  const ours = only(await holdingTotals(world.db));
  const shown = only(await lotTotals(world.db));
  return {
    positions: ours.size,
    registrars,
    breaks: reconcile(ours, units, shown, await unappliedUnits(world)),
  };
}

async function readStatement(world: DayWorld, date: LocalDate): Promise<Buffer | undefined> {
  const [known] = (await effectiveFiles(world.db, 'in', date)).filter(
    (file) => file.party === BANK,
  );
  if (known !== undefined) return world.files.get(known.sha256);
  const path = join(inFolder(world.exchange, BANK), bankStatementName(date));
  return readFile(path).catch(() => undefined);
}

const byBucket = ([bucket, value]: [number, bigint]): [string, bigint] => [
  `bucket:${bucket}`,
  value,
];

/** The sums of accounts by the bucket that their number carries; buckets of zero are left out. */
function sumByBucket(accounts: ReadonlyMap<string, bigint>): Map<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const [assetAccountNo, value] of accounts) {
    const bucket = findBucketInId(assetAccountNo);
    const key = bucket === undefined ? `account:${assetAccountNo}` : `bucket:${bucket}`;
    sums.set(key, (sums.get(key) ?? 0n) + value);
  }
  return sums;
}

async function compareCash(world: DayWorld, date: LocalDate) {
  const bytes = await readStatement(world, date);
  if (bytes === undefined) return undefined;
  const statement = parseStatement(bytes, date);
  const rows = await loadBankPositions(world.db, date, EVERY_BUCKET);
  const ours = new Map<string, bigint>(rows.map((row) => [row.assetAccountNo, row.expected]));
  const theirs = new Map<string, bigint>(statement.closing);
  // What an account has at the bank is what its owner is shown; the ledger's own word for it is
  // the bank account of each bucket, which is the third column one level up.
  const breaks = reconcile(ours, theirs, ours);
  const total = reconcile(
    new Map<string, bigint>([...(await bankLedgerOn(world.db, date))].map(byBucket)),
    sumByBucket(theirs),
    sumByBucket(ours),
  );
  return { bytes, statement, accounts: rows.length, breaks, total };
}

function exceptionOf(kind: BreakKind, item: Break, businessDate: LocalDate): RaisedException {
  return {
    businessDate,
    code: kind === 'units' ? 'UNITS_BREAK' : 'CASH_BREAK',
    severity: 'approve',
    subject: `break:${kind}/${item.subject}`,
    detail: {
      class: item.class,
      ours: String(item.ours),
      theirs: String(item.theirs),
      customerView: String(item.customerView),
    },
    ownerRole: 'operations',
  };
}

/** Compares the three columns and records every break; a run again replaces the day's breaks. */
export async function reconcileDay(
  world: DayWorld,
  actor: Actor,
  date: LocalDate,
): Promise<Record<string, number>> {
  const units = await compareUnits(world, date);
  let cash: Awaited<ReturnType<typeof compareCash>>;
  let statementFault: RaisedException | undefined;
  try {
    cash = await compareCash(world, date);
  } catch (error) {
    if (!(error instanceof StatementError)) throw error;
    statementFault = {
      businessDate: date,
      code: 'STATEMENT_REFUSED',
      severity: 'approve',
      subject: `statement:${date}`,
      detail: { line: error.line, why: error.message },
      ownerRole: 'operations',
    };
  }
  if (cash === undefined && statementFault === undefined) {
    statementFault = {
      businessDate: date,
      code: 'STATEMENT_MISSING',
      severity: 'approve',
      subject: `statement:${date}`,
      detail: { name: bankStatementName(date) },
      ownerRole: 'operations',
    };
  }
  const found: [BreakKind, Break][] = [
    ...units.breaks.map((item): [BreakKind, Break] => ['units', item]),
    ...(cash?.breaks ?? []).map((item): [BreakKind, Break] => ['cash', item]),
    ...(cash?.total ?? []).map((item): [BreakKind, Break] => ['bankTotal', item]),
  ];
  if (cash !== undefined) await world.files.put(cash.bytes);
  await saveBreaks(world, actor, date, found, statementFault, cash);
  return {
    positions: units.positions,
    registrars: units.registrars.size,
    accounts: cash?.accounts ?? 0,
    breaks: found.length,
  };
}

async function saveBreaks(
  world: DayWorld,
  actor: Actor,
  date: LocalDate,
  found: readonly [BreakKind, Break][],
  statementFault: RaisedException | undefined,
  cash: { bytes: Buffer; statement: { lines: number } } | undefined,
): Promise<void> {
  const sha256 = cash === undefined ? undefined : await world.files.put(cash.bytes);
  await work(world, [FIRM], async (unit) => {
    const known = await effectiveFiles(unit.tx, 'in', date);
    if (cash !== undefined && sha256 !== undefined && !known.some((file) => file.party === BANK)) {
      await insertFiles(unit.tx, unit.now, [
        {
          direction: 'in',
          party: BANK,
          stream: 'bank',
          fileType: 'STATEMENT',
          fileDate: date,
          sequence: 0,
          name: bankStatementName(date),
          sha256,
          sizeBytes: cash.bytes.byteLength,
          records: cash.statement.lines,
          state: 'imported',
          businessDate: date,
        },
      ]);
      await settleExceptions(unit.tx, unit.now, [`statement:${date}`], 'imported');
    }
    await unit.tx.query('delete from clearing.breaks where business_date = $1', [date]);
    await unit.tx.query(
      `insert into clearing.breaks
         (business_date, kind, subject, ours, theirs, customer_view, class)
       select $7::date, kind, subject, ours, theirs, customer_view, class
       from unnest($1::text[], $2::text[], $3::int8[], $4::int8[], $5::int8[], $6::text[])
         as t(kind, subject, ours, theirs, customer_view, class)`,
      [
        found.map(([kind]) => kind),
        found.map(([, item]) => item.subject),
        found.map(([, item]) => item.ours),
        found.map(([, item]) => item.theirs),
        found.map(([, item]) => item.customerView),
        found.map(([, item]) => item.class),
        date,
      ],
    );
    await closeMendedBreaks(unit.tx, unit.now, found);
    await raiseExceptions(unit.tx, unit.now, [
      ...found.map(([kind, item]) => exceptionOf(kind, item, date)),
      ...(statementFault === undefined ? [] : [statementFault]),
    ]);
    unit.audit({
      bucket: FIRM,
      actor,
      action: 'clearing.reconcile',
      subject: `day:${date}`,
      result: 'done',
      detail: { breaks: found.length },
    });
  });
}

/** Breaks of earlier runs and days that are gone now close their exceptions. */
async function closeMendedBreaks(
  tx: Parameters<typeof settleExceptions>[0],
  now: Parameters<typeof settleExceptions>[1],
  found: readonly [BreakKind, Break][],
): Promise<void> {
  const still = found.map(([kind, item]) => `break:${kind}/${item.subject}`);
  const rows = await tx.query<{ subject: string }>(
    `select subject from clearing.exceptions
     where state = 'open' and subject like 'break:%' and not subject = any($1::text[])`,
    [still],
  );
  await settleExceptions(
    tx,
    now,
    rows.map((row) => row.subject),
    'the columns agree again',
  );
}

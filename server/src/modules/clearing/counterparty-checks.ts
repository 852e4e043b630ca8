/**
 * Invariants against the newest word of registrars and bank, read again from their files: what the
 * reconcile step once found is not believed here.
 */
import type { LocalDate } from '@cairn/kernel';
import { BUCKETS, findBucketInId } from '@cairn/kernel/ids';
import type { Check, CheckWorld, Violation } from '../../platform/check.ts';
import type { Sql } from '../../platform/db.ts';
import { bankLedgerOn } from '../accounts/index.ts';
import { parseStatement } from './domain/bank.ts';
import { type Break, reconcile } from './domain/reconcile.ts';
import { missingSubject } from './parties.ts';
import { addHoldings } from './steps/holdings-file.ts';
import { findOverdue, overdueSubject } from './steps/overdue.ts';

const LIMIT = 100;

const violationOf = (item: Break): Violation => ({
  subject: item.subject,
  detail: { ours: String(item.ours), theirs: String(item.theirs), class: item.class },
});

interface NewestFile {
  party: string;
  file_date: LocalDate;
  name: string;
  sha256: string;
}

/** The newest files 05 of every registrar; a registrar may send slices. */
async function newestHoldings(sql: Sql): Promise<NewestFile[]> {
  return sql.query<NewestFile>(
    `select f.party, f.file_date, f.name, f.sha256
     from (select party, max(file_date) as file_date from clearing.files
       where direction = 'in' and file_type = '05' and state = 'imported' group by party) as newest
     join clearing.files f on f.party = newest.party and f.file_date = newest.file_date
     where f.direction = 'in' and f.file_type = '05' and f.state = 'imported'
     order by f.party, f.sequence`,
  );
}

/** Our units at a registrar up to a confirmation date, from the movements alone. */
async function movedUnits(
  sql: Sql,
  registrar: string,
  date: LocalDate,
): Promise<Map<string, bigint>> {
  const rows = await sql.query<{ subject: string; units: bigint }>(
    `select m.registrar_code || '/' || m.trading_account_no || '/' || m.fund_code || '/'
       || m.share_class as subject, sum(m.units)::int8 as units
     from (select bucket, registrar_code, trading_account_no, fund_code, share_class, units
           from accounts.holding_movements
           where registrar_code = $1 and confirm_date <= $2) m
     group by 1 having sum(m.units) <> 0`,
    [registrar, date],
  );
  return new Map(rows.map((row) => [row.subject, row.units]));
}

async function findHoldingBreaks(sql: Sql, world: CheckWorld): Promise<Violation[]> {
  const files = await newestHoldings(sql);
  const found: Violation[] = [];
  for (const [party, own] of Map.groupBy(files, (file) => file.party)) {
    const theirs = new Map<string, bigint>();
    for (const file of own) {
      addHoldings(theirs, party, await world.files.get(file.sha256), file.name);
    }
    const [newest] = own;
    if (newest === undefined) continue;
    const ours = await movedUnits(sql, party, newest.file_date);
    found.push(...reconcile(ours, theirs, ours).map(violationOf));
  }
  return found.slice(0, LIMIT);
}

/** SH1: our movements up to its date give what the registrar's newest file 05 says. */
export const heldAtRegistrar: Check = {
  id: 'SH1-file',
  title: 'Units by movements are those of the registrar’s newest holding file, read again',
  titleZh: '按变动累计的份额等于登记机构最新对账文件（重新读取）',
  run: findHoldingBreaks,
};

async function findBankBreaks(sql: Sql, world: CheckWorld): Promise<Violation[]> {
  const [newest] = await sql.query<NewestFile>(
    `select party, file_date, name, sha256 from clearing.files
     where direction = 'in' and stream = 'bank' and state = 'imported'
     order by file_date desc limit 1`,
  );
  if (newest === undefined) return [];
  const statement = parseStatement(await world.files.get(newest.sha256), newest.file_date);
  const theirs = new Map(Array.from({ length: BUCKETS }, (_, bucket) => [`bucket:${bucket}`, 0n]));
  for (const [account, closing] of statement.closing) {
    const bucket = findBucketInId(account);
    const subject = bucket === undefined ? `account:${account}` : `bucket:${bucket}`;
    theirs.set(subject, (theirs.get(subject) ?? 0n) + closing);
  }
  const ledger = await bankLedgerOn(sql, newest.file_date);
  const ours = new Map(
    [...ledger].map(([bucket, value]): [string, bigint] => [`bucket:${bucket}`, value]),
  );
  return reconcile(ours, theirs, ours).map(violationOf).slice(0, LIMIT);
}

/** M5: in every bucket the ledger's bank account is what the newest statement gives. */
export const bankBalances: Check = {
  id: 'M5-bank',
  title: 'Client money at the bank is the newest statement, bucket by bucket, read again',
  titleZh: '各分桶客户资金等于存管银行最新对账单（重新读取）',
  run: findBankBreaks,
};

/** M9: what is under way comes to an end in time, or somebody has it on the list. */
export const answeredInTime: Check = {
  id: 'M9-answers',
  title: 'Every application sent is answered when it is due, or is an open exception',
  titleZh: '已发送申请按期确认，否则列入异常',
  async run(sql, { calendar }) {
    const [last] = await sql.query<{ date: LocalDate | null }>(
      `select max(business_date) as date from clearing.day_steps
       where step = 'confirm' and state = 'done'`,
    );
    if (last?.date == null) return [];
    const open = await sql.query<{ subject: string }>(
      `select subject from clearing.exceptions
       where state = 'open' and code in ('CONFIRMATION_OVERDUE', 'PACKAGE_MISSING')`,
    );
    const listed = new Set(open.map((row) => row.subject));
    return (await findOverdue(sql, calendar, last.date))
      .filter(({ orderId, registrarCode, dueDate }) => {
        const missing = missingSubject(dueDate, `${registrarCode}/confirmation`);
        return !listed.has(overdueSubject(orderId)) && !listed.has(missing);
      })
      .slice(0, LIMIT)
      .map(({ orderId, ...detail }) => ({ subject: overdueSubject(orderId), detail }));
  },
};

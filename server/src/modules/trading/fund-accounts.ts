/** Fund accounts at registrars: applications 001 (open) and 008 (add ours to an account there). */
import {
  type Finding,
  houseCutOffOn,
  type Instant,
  type LocalDate,
  runChecks,
  shanghaiDate,
  type TradingCalendar,
} from '@cairn/kernel';
import { bucketOf } from '@cairn/kernel/ids';
import { type Actor, maySee } from '../../platform/actor.ts';
import type { Tx } from '../../platform/db.ts';
import { type Work, work } from '../../platform/work.ts';
import type { World } from '../../platform/world.ts';
import { openTradingAccounts, type TradingAccount } from '../accounts/index.ts';
import { type CustomerFact, customersFor } from '../customers/index.ts';
import { termsAsOf } from '../products/index.ts';
import { applicantChecks } from './domain/checks.ts';
import type { AccountApplication } from './domain/order.ts';
import { applicationIdFor } from './domain/order-identity.ts';
import { computeTradeDate } from './domain/trade-date.ts';
import { findLastCutOff } from './store.ts';

/** A fund account to apply for. */
export interface OpenFundAccount {
  readonly customerId: string;
  readonly assetAccountNo: string;
  readonly registrarCode: string;
  /** The customer's existing account at the registrar, 1 to 12 characters: then 008, not 001. */
  readonly taAccountId?: string;
}

/** The outcome of one application of a batch. */
export type FundAccountResult =
  | { readonly kind: 'applied'; readonly application: AccountApplication }
  | {
      readonly kind: 'error';
      readonly code: string;
      readonly details: Readonly<Record<string, unknown>>;
    };

interface Keyed extends OpenFundAccount {
  readonly bucket: number;
}

/**
 * Opens trading accounts in state 'opening' and puts their applications into the day's file. Per
 * item: CUSTOMER_NOT_FOUND, FUND_ACCOUNT_REFUSED (with `reasons`: customer not active, not verified,
 * certificate expired, registrar unknown), and the refusals of `openTradingAccounts`
 * (TRADING_ACCOUNT_EXISTS, ASSET_ACCOUNT_NOT_FOUND, ASSET_ACCOUNT_NOT_ACTIVE).
 */
export async function openFundAccounts(
  world: World,
  actor: Actor,
  items: readonly OpenFundAccount[],
): Promise<FundAccountResult[]> {
  const keyed = items.map((item): Keyed => ({ ...item, bucket: bucketOf(item.customerId) }));
  return await work(
    world,
    keyed.map(({ bucket }) => bucket),
    (work) => openInside(world.calendar, work, actor, keyed),
  );
}

async function openInside(
  calendar: TradingCalendar,
  work: Work,
  actor: Actor,
  items: readonly Keyed[],
): Promise<FundAccountResult[]> {
  const { tx, now } = work;
  const customers = await customersFor(tx, items);
  const lastCutOffDate = await findLastCutOff(tx);
  const rule = { now, lastCutOffDate, cutOff: houseCutOffOn(shanghaiDate(now)) };
  const tradeDate = computeTradeDate(calendar, rule);
  const registrars = new Set(
    [...(await termsAsOf(tx, tradeDate)).all()].map((terms) => terms.registrarCode),
  );
  const refusals = items.map((item) =>
    findRefusal(item, actor, customers.get(item.customerId), tradeDate, registrars),
  );
  const wanted = items.filter((_, index) => refusals[index] === undefined);
  const opened = await openTradingAccounts(work, actor, wanted);
  const accounts = new Map(
    opened.done.map((account) => [keyOf(account.customerId, account.registrarCode), account]),
  );
  const refused = new Map(opened.refused.map((one) => [one.item, one]));
  const applications: AccountApplication[] = [];
  const results = items.map((item, index): FundAccountResult => {
    const refusal = refusals[index] ?? refused.get(item);
    if (refusal !== undefined) {
      return { kind: 'error', code: refusal.code, details: refusal.details };
    }
    const account = accounts.get(keyOf(item.customerId, item.registrarCode));
    if (account === undefined) throw new Error('an item is opened or refused');
    const application = applicationOf(item, account, tradeDate, now);
    applications.push(application);
    return { kind: 'applied', application };
  });
  await insertApplications(tx, now, lastCutOffDate, applications);
  for (const application of applications) report(work, actor, application);
  return results;
}

function keyOf(customerId: string, registrarCode: string): string {
  return `${customerId}/${registrarCode}`;
}

interface Refusal {
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;
}

function findRefusal(
  item: Keyed,
  actor: Actor,
  customer: CustomerFact | undefined,
  tradeDate: LocalDate,
  registrars: ReadonlySet<string>,
): Refusal | undefined {
  const { customerId, registrarCode } = item;
  if (customer === undefined || !maySee(actor, customer)) {
    return { code: 'CUSTOMER_NOT_FOUND', details: { customerId } };
  }
  const reasons: Finding[] = runChecks(applicantChecks, { customer, tradeDate });
  if (!registrars.has(registrarCode)) {
    reasons.push({
      code: 'REGISTRAR_UNKNOWN',
      severity: 'block',
      details: { registrarCode },
      remedy: 'REGISTRAR_UNKNOWN_REMEDY',
    });
  }
  return reasons.length === 0 ? undefined : { code: 'FUND_ACCOUNT_REFUSED', details: { reasons } };
}

function applicationOf(
  item: Keyed,
  account: TradingAccount,
  tradeDate: LocalDate,
  acceptedAt: Instant,
): AccountApplication {
  const { bucket, tradingAccountNo } = account;
  return {
    bucket,
    applicationId: applicationIdFor(bucket, tradingAccountNo, account.version),
    businessCode: item.taAccountId === undefined ? '001' : '008',
    customerId: item.customerId,
    assetAccountNo: item.assetAccountNo,
    tradingAccountNo,
    registrarCode: item.registrarCode,
    ...(item.taAccountId === undefined ? {} : { taAccountId: item.taAccountId }),
    tradeDate,
    acceptedAt,
    state: 'accepted',
    version: 1,
  };
}

async function insertApplications(
  tx: Tx,
  at: Instant,
  lastCutOffDate: LocalDate | undefined,
  applications: readonly AccountApplication[],
): Promise<void> {
  if (applications.length === 0) return;
  const column = <T>(of: (application: AccountApplication) => T) => applications.map(of);
  await tx.query(
    `with applied as (
       insert into trading.account_applications (bucket, application_id, business_code,
         customer_id, asset_account_no, trading_account_no, registrar_code, ta_account_id,
         trade_date, after_cut_off_date, accepted_at, state)
       select bucket, application_id, business_code, customer_id, asset_account_no,
         trading_account_no, registrar_code, ta_account_id, trade_date, $10::date,
         $11::timestamptz, 'accepted'
       from unnest($1::int2[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[],
         $7::text[], $8::text[], $9::date[])
         as t(bucket, application_id, business_code, customer_id, asset_account_no,
           trading_account_no, registrar_code, ta_account_id, trade_date)
       returning bucket, application_id, accepted_at)
     insert into trading.order_events (bucket, order_id, seq, from_state, to_state, at)
     select bucket, application_id, 1, 'new', 'accepted', accepted_at from applied`,
    [
      column((a) => a.bucket),
      column((a) => a.applicationId),
      column((a) => a.businessCode),
      column((a) => a.customerId),
      column((a) => a.assetAccountNo),
      column((a) => a.tradingAccountNo),
      column((a) => a.registrarCode),
      column((a) => a.taAccountId ?? null),
      column((a) => a.tradeDate),
      lastCutOffDate ?? null,
      at,
    ],
  );
}

function report({ audit, emit }: Work, actor: Actor, application: AccountApplication): void {
  const { bucket, applicationId, customerId, registrarCode, businessCode, tradeDate } = application;
  const { tradingAccountNo } = application;
  const detail = { customerId, tradingAccountNo, registrarCode, businessCode, tradeDate };
  const subject = `application:${applicationId}`;
  audit({ bucket, actor, action: 'fund-accounts.apply', subject, result: 'done', detail });
  const payload = { applicationId, ...detail };
  emit({ bucket, topic: 'trading.fund-account-applied', key: applicationId, payload });
}

/** For the tests of this module: a broker with funds, rules and customers, made by real commands. */
import {
  amount,
  type Amount,
  assert,
  instant,
  localDate,
  parseAmount,
  parsePrice,
  parseUnits,
  price,
  rate,
  type Units,
} from '@cairn/kernel';
import { bucketOf } from '@cairn/kernel/ids';
import { type Actor, type Role, systemActor } from '../../platform/actor.ts';
import { decideApproval } from '../../platform/approvals.ts';
import type { CheckWorld, Violation } from '../../platform/check.ts';
import type { Sql } from '../../platform/db.ts';
import { FIRM, type Work, work } from '../../platform/work.ts';
import type { World } from '../../platform/world.ts';
import {
  applyMovements,
  confirmTradingAccounts,
  openAssetAccounts,
  openTradingAccounts,
  transferCash,
} from '../accounts/index.ts';
import { openCustomers, reviewKyc } from '../customers/index.ts';
import { importCsv, recordNavs } from '../products/index.ts';
import {
  type Answer,
  installSampleQuestionnaire,
  type Questionnaire,
  questionnaireAt,
  submitAnswers,
} from '../suitability/index.ts';
import { tradingChecks } from './checks.ts';
import type { PlaceOrder } from './domain/order.ts';
import type { PlaceResult } from './place.ts';

function staff(id: string, ...roles: Role[]): Actor {
  return { kind: 'staff', id, roles, requestId: `request-${id}`, from: 'local' };
}

export const maker = staff('li', 'productManager', 'operations');
export const checker = staff('wang', 'reviewer');
export const system = systemActor('test');

/** Tuesday 3 March 2026, 10:00 in Shanghai. */
export const TUESDAY_MORNING = instant('2026-03-03T02:00:00.000Z');
export const TUESDAY = localDate('2026-03-03');

/** Yuan as fen. */
export function yuan(text: string): Amount {
  const value = text === '0' ? amount(0n) : parseAmount(text);
  assert(value !== undefined, `not an amount: ${text}`);
  return value;
}

/** Fund units. */
export function share(text: string): Units {
  const value = parseUnits(text);
  assert(value !== undefined, `not units: ${text}`);
  return value;
}

const FUNDS = `fund_code,name,registrar_code,fund_type,main_code,class_name,sold
000001,聚石成长混合A,01,equityMixed,,A,true
000002,聚石货币A,01,money,,A,true
000003,聚石新发债券,02,bond,,,true
000009,聚石停售股票,01,equity,,,false
`;

const PARAMETERS = `fund_code,effective_date,status,risk_level,term,variety,min_first_purchase,min_next_purchase,purchase_step,max_purchase,day_max_purchase,min_redemption,redemption_step,min_holding,confirm_days,purchase_pay_days,redemption_cash_days,dividend_cash_days,units_rounding,holding_days_rule,fee_rounding,default_dividend_method,service_fee_rate,face_value,cut_off,offer_start,offer_end
000001,2015-01-01,0,3,y1_3,mixed,100,10,0.01,50000000,80000000,10,0.01,10,1,1,3,2,halfUp,applicationDate,perLot,1,0,1,15:00,,
000002,2015-01-01,0,1,d0_90,money,1,1,0.01,0,0,0.01,0.01,0,1,1,1,1,halfUp,applicationDate,perLot,0,0,1,15:00,,
000003,2015-01-01,1,2,y1_3,fixedIncome,100,10,0.01,0,0,10,0.01,10,1,1,3,2,halfUp,applicationDate,perLot,1,0,1,15:00,2026-03-02,2026-03-20
000009,2015-01-01,0,5,y3_plus,equity,100,10,0.01,0,0,10,0.01,10,1,1,3,2,halfUp,applicationDate,perLot,1,0,1,15:00,,
`;

const FEES = `fund_code,kind,effective_date,from_amount,from_days,rate,flat,to_fund_share
000001,purchase,2026-01-01,0,,0.008,,
000001,redemption,2026-01-01,,0,0.015,,1
000001,redemption,2026-01-01,,7,0.01,,1
000001,redemption,2026-01-01,,30,0.005,,1
000001,redemption,2026-01-01,,180,0,,1
000002,purchase,2026-01-01,0,,0,,
000002,redemption,2026-01-01,,0,0,,1
000003,subscription,2026-01-01,0,,0.003,,
000009,purchase,2026-01-01,0,,0.008,,
000009,redemption,2026-01-01,,0,0.015,,1
000009,redemption,2026-01-01,,7,0.01,,1
000009,redemption,2026-01-01,,30,0.005,,1
000009,redemption,2026-01-01,,180,0,,1
`;

/** Imports funds, parameters, fees and NAVs, and the sample rules: a broker that can trade. */
export async function openBroker(world: World): Promise<void> {
  for (const [kind, csv] of [
    ['funds', FUNDS],
    ['parameters', PARAMETERS],
    ['feeSchedules', FEES],
  ] as const) {
    const report = await importCsv(world, maker, { kind, csv, dryRun: false });
    assert(report.errors.length === 0, `${kind}: ${JSON.stringify(report.errors)}`);
    if (report.approvalId !== undefined) {
      await decideApproval(world, checker, report.approvalId, 'approve', 'seen');
    }
  }
  const nav = parsePrice('1.2345') ?? price(0n);
  const row = { navDate: localDate('2026-03-02'), nav, source: 'test' };
  await work(world, [FIRM], (current) =>
    recordNavs(current, maker, [{ fundCode: '000001', ...row }]),
  );
  await installSampleQuestionnaire(world);
}

/** Answers that reach C5 with every term and variety; `meek` gives a lower level. */
export function answersFor(questionnaire: Questionnaire, kind: 'bold' | 'meek'): Answer[] {
  return questionnaire.content.questions.map(({ id, answer, options }) => {
    if (answer === 'multiple') return { questionId: id, optionIds: options.map((one) => one.id) };
    const ranked = options.map((option, index) => ({ option, index }));
    ranked.sort((a, b) => b.option.score - a.option.score || b.index - a.index);
    const chosen = kind === 'bold' ? ranked[0] : ranked.at(-2);
    assert(chosen !== undefined, 'a question has options');
    return { questionId: id, optionIds: [chosen.option.id] };
  });
}

/** A customer who can trade: verified, assessed C5, with cash and an active fund account. */
export interface Trader {
  readonly bucket: number;
  readonly customerId: string;
  readonly assetAccountNo: string;
  /** At registrar 01; empty when none was opened. */
  readonly tradingAccountNo: string;
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** An identity number that agrees with its check character (GB 11643). */
export function idCard(sequence: number, born = '19900101'): string {
  const day = String(1 + (Math.floor(sequence / 1000) % 28)).padStart(2, '0');
  const first17 = `110105${born.slice(0, 6)}${day}${String(sequence % 1000).padStart(3, '0')}`;
  const sum = WEIGHTS.reduce(
    (total, weight, i) => total + weight * (first17.charCodeAt(i) - 48),
    0,
  );
  return first17 + '10X98765432'.charAt(sum % 11);
}

/** What a test wants of its traders. */
export interface TraderWish {
  readonly cash?: string;
  readonly answers?: 'bold' | 'meek' | 'none';
  readonly account?: 'active' | 'none';
  readonly certificateValidUntil?: string;
  readonly branchCode?: string;
}

/** Opens one trader per sequence number, all alike. */
export async function openTraders(
  world: World,
  sequences: readonly number[],
  wish: TraderWish = {},
): Promise<Trader[]> {
  const opened = await openCustomers(
    world,
    system,
    sequences.map((sequence) => ({
      kind: '1',
      name: '张三丰',
      certificateType: '0',
      certificateNo: idCard(sequence),
      certificateValidUntil: wish.certificateValidUntil ?? null,
      phone: '13800000001',
      branchCode: wish.branchCode ?? 'B01',
    })),
  );
  const ids = opened.map((outcome) => {
    assert(outcome.outcome === 'opened', JSON.stringify(outcome));
    return outcome.customerId;
  });
  for (const customerId of ids) {
    await reviewKyc(world, checker, { customerId, decision: 'verify', reason: 'seen' });
  }
  if (wish.answers !== 'none') await assessAll(world, ids, wish.answers ?? 'bold');
  const traders = await work(world, ids.map(bucketOf), (current) =>
    openAccounts(world, current, ids, wish.account ?? 'active'),
  );
  const cash = yuan(wish.cash ?? '100000');
  if (cash > 0n) await deposit(world, traders, cash);
  return traders;
}

async function assessAll(
  world: World,
  customerIds: readonly string[],
  kind: 'bold' | 'meek',
): Promise<void> {
  const questionnaire = await questionnaireAt(world.db, 'person', world.clock.now());
  assert(questionnaire !== undefined, 'the sample questionnaire is in force');
  const answers = answersFor(questionnaire, kind);
  const outcomes = await submitAnswers(
    world,
    maker,
    customerIds.map((customerId) => ({
      customerId,
      clientSubmissionNo: 'first',
      questionnaireVersion: questionnaire.version,
      answers,
      channel: 'counter',
    })),
  );
  for (const outcome of outcomes) {
    assert(outcome.outcome === 'assessed', JSON.stringify(outcome));
  }
}

async function openAccounts(
  world: World,
  current: Work,
  customerIds: readonly string[],
  account: 'active' | 'none',
): Promise<Trader[]> {
  const card = { bankCode: '102', bankAccountNo: '6222020200012345678' };
  const assets = await openAssetAccounts(
    current,
    world.secrets,
    maker,
    customerIds.map((customerId) => ({
      bucket: bucketOf(customerId),
      customerId,
      purpose: 'main' as const,
      ...card,
    })),
  );
  const traders = assets.done.map(({ bucket, customerId, assetAccountNo }) => ({
    bucket,
    customerId,
    assetAccountNo,
    tradingAccountNo: '',
  }));
  assert(traders.length === customerIds.length, 'every asset account opens');
  if (account === 'none') return traders;
  const trading = await openTradingAccounts(
    current,
    maker,
    traders.map((trader) => ({ ...trader, registrarCode: '01' })),
  );
  const numbers = new Map(trading.done.map((one) => [one.customerId, one.tradingAccountNo]));
  const ready = traders.map((trader) => ({
    ...trader,
    tradingAccountNo: numbers.get(trader.customerId) ?? '',
  }));
  await confirmTradingAccounts(
    current,
    system,
    ready.map(({ bucket, tradingAccountNo }, index) => ({
      bucket,
      tradingAccountNo,
      taAccountId: `T${index}`,
      reason: '',
    })),
  );
  return ready;
}

async function deposit(world: World, traders: readonly Trader[], cash: Amount): Promise<void> {
  const outcomes = await transferCash(
    world,
    maker,
    traders.map(({ assetAccountNo }) => ({
      assetAccountNo,
      direction: 'in' as const,
      amount: cash,
      clientTransferNo: 'first',
      idempotencyKey: undefined,
    })),
  );
  for (const outcome of outcomes) assert('transfer' in outcome, 'the deposit is booked');
}

/** Gives a trader confirmed units of a fund, as a registrar would. */
export async function giveUnits(
  world: World,
  trader: Trader,
  fundCode: string,
  held: string,
): Promise<void> {
  await work(world, [trader.bucket], (current) =>
    applyMovements(current, [
      {
        bucket: trader.bucket,
        customerId: trader.customerId,
        tradingAccountNo: trader.tradingAccountNo,
        fundCode,
        shareClass: '0',
        movementId: `given:${trader.customerId}:${fundCode}`,
        kind: 'purchase',
        units: share(held),
        amount: yuan('100'),
        registrarCode: '01',
        taSerial: `given:${trader.customerId}:${fundCode}`,
        businessCode: '122',
        confirmDate: localDate('2026-02-27'),
        ref: 'given',
        defaultDividendMethod: '1',
      },
    ]),
  );
}

/** A purchase of the mixed fund. */
export function purchase(trader: Trader, clientOrderNo: string, yuanText: string): PlaceOrder {
  return {
    customerId: trader.customerId,
    clientOrderNo,
    fundCode: '000001',
    channel: '2',
    businessCode: '022',
    amount: yuan(yuanText),
    discountRate: rate(100_000_000n),
  };
}

/** A redemption of the mixed fund. */
export function redemption(trader: Trader, clientOrderNo: string, unitsText: string): PlaceOrder {
  return {
    customerId: trader.customerId,
    clientOrderNo,
    fundCode: '000001',
    channel: '2',
    businessCode: '024',
    units: share(unitsText),
    largeRedemptionFlag: '1',
  };
}

/** The ids of the checks that find something, each with its first violation, in order. */
export async function failingChecks(
  sql: Sql,
  world: CheckWorld,
): Promise<{ id: string; first: Violation }[]> {
  const failing: { id: string; first: Violation }[] = [];
  for (const check of tradingChecks) {
    const [first] = await check.run(sql, world);
    if (first !== undefined) failing.push({ id: check.id, first });
  }
  return failing;
}

/** The order id of a decided request. */
export function idOf(result: PlaceResult | undefined): string {
  assert(result?.kind === 'decided', 'the order is decided');
  return result.receipt.orderId;
}

/** Outcome and reasons of a decided request. */
export function codesOf(result: PlaceResult | undefined): string[] {
  assert(result?.kind === 'decided', 'the order is decided');
  const { outcome, findings } = result.receipt;
  return [outcome, ...findings.map((finding) => finding.code)];
}

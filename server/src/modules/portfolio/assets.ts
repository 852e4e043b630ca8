/** Everything a customer owns, in one view. */
import {
  addDays,
  type Amount,
  amount,
  formatAmount,
  formatFixed,
  formatPrice,
  formatUnits,
  type LocalDate,
  mulDiv,
  shanghaiDate,
  subtract,
} from '@cairn/kernel';
import { bucketOf } from '@cairn/kernel/ids';
import type { Actor } from '../../platform/actor.ts';
import type { World } from '../../platform/world.ts';
import {
  type CashFact,
  computeValuation,
  type DueFlow,
  loadAssetAccountsOf,
  loadCash,
  loadPositions,
  type Position,
} from '../accounts/index.ts';
import { getVisible } from '../customers/index.ts';
import {
  type Fund,
  fundsOf,
  latestNavs,
  type NavRow,
  type RiskLevel,
  termsAsOf,
} from '../products/index.ts';
import type { Assets } from './contract.ts';
import { loadCurve, type LoadedCurve } from './curve.ts';
import { computeSlices } from './domain/allocation.ts';
import { type CurvePoint, profitOf } from './domain/value-curve.ts';
import { FUND_TYPE_LABELS, RISK_LABELS } from './labels.ts';

const LOOK_BACK_DAYS = 21;
const ZERO = amount(0n);

/** profit ÷ cost in percent, half up to two decimals; undefined without cost. */
function percentOf(profit: Amount, cost: Amount): string | undefined {
  return cost <= 0n ? undefined : formatFixed(mulDiv(profit, 10_000n, cost, 'halfUp'), 2);
}

/** The last point with a NAV of its own, and the one before it. */
function latestNavPoints({
  points,
  navDate,
}: LoadedCurve): readonly [CurvePoint | undefined, CurvePoint | undefined] {
  const index = navDate === undefined ? -1 : points.findLastIndex(({ date }) => date <= navDate);
  return index < 1 ? [undefined, undefined] : [points[index], points[index - 1]];
}

interface AssetFacts {
  readonly cash: readonly CashFact[];
  readonly curve: LoadedCurve;
  readonly holdings: readonly ValuedHolding[];
  readonly byCode: ReadonlyMap<string, Fund>;
  readonly risks: ReadonlyMap<string, RiskLevel | undefined>;
}

async function loadAssetFacts(
  world: World,
  customerId: string,
  today: LocalDate,
): Promise<AssetFacts> {
  const { db, calendar } = world;
  const key = { bucket: bucketOf(customerId), customerId };
  const accounts = await loadAssetAccountsOf(db, [key]);
  const numbers = accounts.map((account) => account.assetAccountNo);
  const [cash, positions, terms, funds] = await Promise.all([
    loadCash(db, [key.bucket], numbers),
    loadPositions(db, [key]),
    termsAsOf(db, today),
    fundsOf(db),
  ]);
  const to = calendar.isTradingDay(today) ? today : calendar.previousTradingDay(today);
  const codes = positions.map((position) => position.fundCode);
  const [curve, navs] = await Promise.all([
    loadCurve(world, customerId, { from: addDays(today, -LOOK_BACK_DAYS), to }),
    latestNavs(db, today, codes),
  ]);
  const byCode = new Map(funds.map((fund) => [fund.fundCode, fund]));
  return {
    cash: [...cash.values()],
    curve,
    holdings: viewHoldings({ positions, navs, byCode, curve }),
    byCode,
    risks: new Map(codes.map((code) => [code, terms.get(code)?.riskLevel])),
  };
}

/** Everything a customer owns today. CUSTOMER_NOT_FOUND. */
export async function getAssets(world: World, actor: Actor, customerId: string): Promise<Assets> {
  await getVisible(world.db, actor, customerId);
  const today = shanghaiDate(world.clock.now());
  const facts = await loadAssetFacts(world, customerId, today);
  const { curve } = facts;
  const last = curve.points.at(-1);
  const [navPoint, navBefore] = latestNavPoints(curve);
  return {
    customerId,
    date: today,
    computedAt: world.clock.now(),
    ...(curve.navDate === undefined ? {} : { navDate: curve.navDate }),
    total: formatAmount(last?.total ?? ZERO),
    cash: {
      balance: sumOf(facts.cash, ({ balance }) => balance),
      frozen: sumOf(facts.cash, ({ frozen }) => frozen),
      available: sumOf(facts.cash, ({ available }) => available),
    },
    holdingsValue: formatAmount(last?.holdings ?? ZERO),
    onTheWay: formatAmount(last?.onTheWay ?? ZERO),
    dues: viewDues(curve.book.dues, last?.onTheWay ?? ZERO),
    netDeposits: formatAmount(last?.netDeposits ?? ZERO),
    totalProfit: formatAmount(profitOf(last)),
    ...(navPoint === undefined
      ? {}
      : { dayProfit: formatAmount(subtract(navPoint.profit, profitOf(navBefore))) }),
    ...totalsOf(facts.holdings),
    ...spreadOf(facts),
  };
}

function sumOf(facts: readonly CashFact[], pick: (fact: CashFact) => Amount): string {
  return formatAmount(amount(facts.reduce((total, fact) => total + pick(fact), 0n)));
}

/** The holdings with their share of the whole, and the whole by type, risk and fund. */
function spreadOf({ holdings, byCode, risks }: AssetFacts) {
  const known = holdings.flatMap(({ position: { fundCode }, value }) =>
    value === undefined ? [] : [{ fundCode, value }],
  );
  const byFund = computeSlices(known.map(({ fundCode, value }) => ({ key: fundCode, value })));
  const weights = new Map(byFund.map((slice) => [slice.key, slice.weight]));
  const byType = computeSlices(
    known.flatMap(({ fundCode, value }) => {
      const fund = byCode.get(fundCode);
      return fund === undefined ? [] : [{ key: fund.fundType, value }];
    }),
  );
  const byRisk = computeSlices(
    known.flatMap(({ fundCode, value }) => {
      const risk = risks.get(fundCode);
      return risk === undefined ? [] : [{ key: String(risk), value }];
    }),
  );
  return {
    holdings: holdings.map(({ view }) => {
      const riskLevel = risks.get(view.fundCode);
      const weight = weights.get(view.fundCode);
      return {
        ...view,
        ...(riskLevel === undefined ? {} : { riskLevel }),
        ...(weight === undefined ? {} : { weight }),
      };
    }),
    byType: byType.map((slice) => viewSlice(slice, FUND_TYPE_LABELS[slice.key])),
    byRisk: byRisk.map((slice) => viewSlice(slice, riskLabel(slice.key))),
    byFund: byFund.map((slice) => {
      const name = byCode.get(slice.key)?.name ?? slice.key;
      return viewSlice(slice, [name, name]);
    }),
  };
}

function riskLabel(key: string): readonly [string, string] {
  return Object.entries(RISK_LABELS).find(([level]) => level === key)?.[1] ?? [key, key];
}

function viewSlice(
  slice: { readonly key: string; readonly value: Amount; readonly weight: string },
  [label, labelZh]: readonly [string, string],
) {
  return { key: slice.key, label, labelZh, value: formatAmount(slice.value), weight: slice.weight };
}

interface ValuedHolding {
  readonly position: Position;
  readonly value: Amount | undefined;
  readonly profit: Amount | undefined;
  readonly view: Omit<Assets['holdings'][number], 'riskLevel' | 'weight'>;
}

function viewHoldings(of: {
  readonly positions: readonly Position[];
  readonly navs: ReadonlyMap<string, NavRow>;
  readonly byCode: ReadonlyMap<string, Fund>;
  readonly curve: LoadedCurve;
}): ValuedHolding[] {
  const last = of.curve.points.at(-1);
  const [navPoint, navBefore] = latestNavPoints(of.curve);
  return of.positions.map((position): ValuedHolding => {
    const { fundCode, cost } = position;
    const nav = of.navs.get(fundCode);
    const fund = of.byCode.get(fundCode);
    const { value, profit } = computeValuation(position, nav?.nav);
    const rate = profit === undefined ? undefined : percentOf(profit, cost);
    const earned = last?.funds.get(fundCode)?.profit;
    const now = navPoint?.funds.get(fundCode)?.profit;
    const before = navBefore?.funds.get(fundCode)?.profit;
    return {
      position,
      value,
      profit,
      view: {
        assetAccountNo: position.assetAccountNo,
        tradingAccountNo: position.tradingAccountNo,
        registrarCode: position.registrarCode,
        fundCode,
        fundName: fund?.name ?? fundCode,
        fundType: fund?.fundType ?? '',
        units: formatUnits(position.units),
        available: formatUnits(subtract(position.units, position.frozen)),
        frozen: formatUnits(position.frozen),
        dividendMethod: position.dividendMethod === '0' ? 'reinvest' : 'cash',
        ...(nav === undefined ? {} : { nav: formatPrice(nav.nav), navDate: nav.navDate }),
        cost: formatAmount(cost),
        ...(value === undefined ? {} : { value: formatAmount(value) }),
        ...(profit === undefined ? {} : { profit: formatAmount(profit) }),
        ...(rate === undefined ? {} : { profitPercent: rate }),
        ...(earned === undefined ? {} : { totalProfit: formatAmount(earned) }),
        ...(now === undefined || before === undefined
          ? {}
          : { dayProfit: formatAmount(subtract(now, before)) }),
      },
    };
  });
}

function totalsOf(holdings: readonly ValuedHolding[]): { cost: string; profit?: string } {
  const cost = holdings.reduce((total, { position }) => total + position.cost, 0n);
  const profits = holdings.map(({ profit }) => profit);
  const isWhole = profits.every((profit) => profit !== undefined);
  const profit = profits.reduce<bigint>((total, one) => total + (one ?? 0n), 0n);
  return {
    cost: formatAmount(amount(cost)),
    ...(isWhole ? { profit: formatAmount(amount(profit)) } : {}),
  };
}

/** What is owed and not paid; what else is on its way stands in one line, so that all adds up. */
function viewDues(dues: readonly DueFlow[], onTheWay: Amount): Assets['dues'] {
  const open = dues.filter(
    ({ kind, settledDate }) =>
      settledDate === undefined &&
      (kind === 'redemption' || kind === 'dividend' || kind === 'refund'),
  );
  const rest = onTheWay - open.reduce((total, due) => total + due.amount, 0n);
  const listed = open.map(({ kind, amount: value, dueDate, ref }) => ({
    kind,
    amount: formatAmount(value),
    dueDate,
    ref,
  }));
  return rest === 0n
    ? listed
    : [...listed, { kind: 'unitsToCome', amount: formatAmount(amount(rest)), ref: '' }];
}

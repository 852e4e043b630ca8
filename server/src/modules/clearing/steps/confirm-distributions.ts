/** Books the waiting distributions of file 06: cash on its pay date, or a new lot. */
import { assert, type LocalDate, type Price, type Units, units } from '@cairn/kernel';
import type { Tx } from '../../../platform/db.ts';
import { FIRM, type Work } from '../../../platform/work.ts';
import {
  applyMovements,
  type HoldingKey,
  holdingKeyOf,
  loadTradingAccounts,
  type Movement,
  openSettlements,
  type SettlementItem,
  type TradingAccount,
  unitsOn,
} from '../../accounts/index.ts';
import { dividendsOn, termsAsOf, type TermsBook } from '../../products/index.ts';
import type { Mismatch, Tolerances } from '../domain/mismatch.ts';
import { decideDistribution, type DistributionFacts } from '../domain/distribution.ts';
import type { Distribution } from '../domain/file-rows.ts';
import { behind, findMissingOn, type Outstanding } from '../domain/turn.ts';
import { type BookedDifference, differencesOf, insertDifferences } from '../differences.ts';
import { setRecordStates } from '../store.ts';
import { type BookedRecords, loadBooked, serialKey } from './booked-serials.ts';
import { loadOutstanding } from './outstanding.ts';

export interface UnbookedDistribution {
  readonly confirmation: Distribution;
  readonly customerId: string | undefined;
  readonly reasons: readonly Mismatch[];
}

export interface ConfirmDistributionsResult {
  readonly applied: number;
  readonly unbooked: readonly UnbookedDistribution[];
  /** Records that stay waiting until what came before them is booked. */
  readonly behind: readonly UnbookedDistribution[];
  /** What differed in the booked ones. */
  readonly differences: readonly BookedDifference[];
}

interface Facts {
  readonly accounts: ReadonlyMap<string, TradingAccount>;
  readonly units: ReadonlyMap<string, Units>;
  readonly terms: Map<LocalDate, TermsBook>;
  readonly perUnit: Map<string, Price>;
  readonly booked: BookedRecords;
  readonly outstanding: ReadonlyMap<string, readonly Outstanding[]>;
}

const holdingOf = (d: Distribution): HoldingKey => ({
  bucket: d.bucket,
  tradingAccountNo: d.tradingAccountNo,
  fundCode: d.fundCode,
  shareClass: d.shareClass,
});

const factKey = (d: Distribution) => `${holdingKeyOf(holdingOf(d))}/${d.recordDate}`;

async function loadFacts(tx: Tx, rows: readonly Distribution[]): Promise<Facts> {
  const ours = rows.filter((d) => d.bucket !== FIRM);
  const terms = new Map<LocalDate, TermsBook>();
  const perUnit = new Map<string, Price>();
  for (const date of new Set(rows.map((d) => d.exDate))) terms.set(date, await termsAsOf(tx, date));
  for (const date of new Set(rows.map((d) => d.recordDate))) {
    for (const dividend of await dividendsOn(tx, 'record', date)) {
      perUnit.set(`${dividend.fundCode}/${date}`, dividend.perUnit);
    }
  }
  const held = new Map<string, Units>();
  for (const date of new Set(ours.map((d) => d.recordDate))) {
    const keys = ours.filter((d) => d.recordDate === date).map(holdingOf);
    for (const [key, units] of await unitsOn(tx, keys, date)) held.set(`${key}/${date}`, units);
  }
  const booked = await loadBooked(tx, 'distributions', ours);
  const accounts = await loadTradingAccounts(
    tx,
    ours.map((d) => ({ bucket: d.bucket, tradingAccountNo: d.tradingAccountNo })),
  );
  return {
    accounts,
    units: held,
    terms,
    perUnit,
    booked,
    outstanding: await loadOutstanding(tx, ours),
  };
}

function factsOf(facts: Facts, d: Distribution): DistributionFacts {
  const terms = facts.terms.get(d.exDate)?.get(d.fundCode);
  const account = facts.accounts.get(d.tradingAccountNo);
  const isKnown = account?.registrarCode === d.registrarCode;
  return {
    unitsOnRecordDate: isKnown ? (facts.units.get(factKey(d)) ?? units(0n)) : undefined,
    perUnitOnFile: facts.perUnit.get(`${d.fundCode}/${d.recordDate}`),
    unitsRounding: terms?.unitsRounding ?? 'halfUp',
  };
}

function movementOf(d: Distribution, account: TradingAccount): Movement {
  return {
    ...holdingOf(d),
    movementId: `${d.registrarCode}-${d.taSerial}-${d.businessCode}`,
    customerId: account.customerId,
    kind: 'reinvestment',
    units: d.reinvestedUnits,
    amount: d.grossAmount,
    registrarCode: d.registrarCode,
    taSerial: d.taSerial,
    businessCode: d.businessCode,
    confirmDate: d.confirmDate,
    ref: `dividend:${d.fundCode}:${d.recordDate}`,
    defaultDividendMethod: d.dividendMethod,
  };
}

function itemOf(d: Distribution, account: TradingAccount): SettlementItem {
  return {
    bucket: d.bucket,
    itemId: `dividend:${serialKey(d)}`,
    kind: 'dividend',
    assetAccountNo: account.assetAccountNo,
    amount: d.cashAmount,
    dueDate: d.payDate,
    ref: `dividend:${d.fundCode}:${d.recordDate}`,
  };
}

/** What our units of the record date lack, when they are not those of the registrar. */
function waitsFor(facts: Facts, d: Distribution, reasons: readonly Mismatch[]) {
  if (!reasons.some(({ code }) => code === 'BASIS_DIFFERS')) return undefined;
  const outstanding = facts.outstanding.get(holdingKeyOf(holdingOf(d))) ?? [];
  return findMissingOn(
    d.recordDate,
    outstanding.filter(({ what }) => what !== `dividend ${d.taSerial}`),
  );
}

/** Decides and books distributions of locked buckets in file order. */
export async function confirmDistributions(
  work: Work,
  rows: readonly Distribution[],
  context: { businessDate: LocalDate; tolerances: Tolerances },
): Promise<ConfirmDistributionsResult> {
  if (rows.length === 0) return { applied: 0, unbooked: [], behind: [], differences: [] };
  const facts = await loadFacts(work.tx, rows);
  const unbooked: UnbookedDistribution[] = [];
  const waiting: UnbookedDistribution[] = [];
  const applied: Distribution[] = [];
  const differences: BookedDifference[] = [];
  const movements: Movement[] = [];
  const items: SettlementItem[] = [];
  for (const d of rows) {
    const account = facts.accounts.get(d.tradingAccountNo);
    const decision = facts.booked.has(d)
      ? ({ kind: 'exception', reasons: [{ code: 'CONFIRMED_TWICE' }] } as const)
      : decideDistribution(d, factsOf(facts, d), context.tolerances);
    if (decision.kind === 'exception') {
      const { reasons } = decision;
      const before = waitsFor(facts, d, reasons);
      const left = { confirmation: d, customerId: account?.customerId };
      if (before === undefined) unbooked.push({ ...left, reasons });
      else waiting.push({ ...left, reasons: [behind(before)] });
      continue;
    }
    assert(account !== undefined, 'a booked distribution has its trading account');
    facts.booked.add(d);
    applied.push(d);
    differences.push(...differencesOf('distribution', d, decision.tolerated));
    if (decision.kind === 'reinvest') movements.push(movementOf(d, account));
    if (decision.kind === 'cash') items.push(itemOf(d, account));
  }
  const moved = await applyMovements(work, movements);
  assert(moved.refused.length === 0, 'units that come in are never refused');
  const opened = await openSettlements(work, items, context.businessDate);
  assert(opened.refused.length === 0, 'dividends are owed to customers that we know');
  await insertDifferences(work.tx, context.businessDate, differences);
  await setRecordStates(work.tx, 'distributions', [
    ...applied.map((d) => ({ ...d, state: 'applied' as const })),
    ...unbooked.map(({ confirmation: d }) => ({ ...d, state: 'exception' as const })),
  ]);
  return { applied: applied.length, unbooked, behind: waiting, differences };
}

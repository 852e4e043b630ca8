import {
  AppError,
  addDays,
  assert,
  formatAmount,
  formatPrice,
  formatRate,
  formatUnits,
  type LocalDate,
  localDate,
  parseAmount,
  parseInstant,
  parseRate,
  parseUnits,
  unitsFor,
} from '@cairn/kernel';
import { cursorOf, readCursor } from '../../platform/cursor.ts';
import type { Sql } from '../../platform/db.ts';
import type {
  FundDetail,
  FundItem,
  ListQuery,
  NavQuery,
  QuoteAnswer,
  QuoteQuery,
} from './contract.ts';
import { findInForce } from './domain/catalogue.ts';
import { formatParameters } from './domain/parameters.ts';
import { computePurchaseFee } from './domain/purchase-fee.ts';
import { computeRedemption } from './domain/redemption-fee.ts';
import type { Fund, FundTerms } from './domain/terms.ts';
import { FEE_KINDS, formatTiers } from './domain/tiers.ts';
import { performanceOf } from './performance.ts';
import { loadFeeVersions, loadParameterVersions } from './store.ts';
import { latestNavs, loadDividends, loadNavs } from './series.ts';
import { fundsOf, type TermsBook, termsAsOf } from './terms-book.ts';

const PAGE = 50;
const NAV_PAGE = 250;
const FIRST_DATE = localDate('1900-01-01');
const LAST_DATE = localDate('2999-12-31');

/** The registrars of the funds that are sold on a date, by code, with how many each keeps. */
export async function listRegistrars(
  sql: Sql,
  date: LocalDate,
): Promise<{ registrarCode: string; funds: number }[]> {
  const counts = new Map<string, number>();
  for (const { registrarCode, sold } of (await termsAsOf(sql, date)).all()) {
    if (sold) counts.set(registrarCode, (counts.get(registrarCode) ?? 0) + 1);
  }
  return [...counts]
    .map(([registrarCode, funds]) => ({ registrarCode, funds }))
    .toSorted((a, b) => (a.registrarCode < b.registrarCode ? -1 : 1));
}

function matches(fund: Fund, query: ListQuery, terms: FundTerms | undefined): boolean {
  const text = query.q?.normalize('NFC').toLowerCase();
  if (text !== undefined) {
    const isFound =
      fund.fundCode.toLowerCase().includes(text) || fund.name.toLowerCase().includes(text);
    if (!isFound) return false;
  }
  return (
    (query.fundType === undefined || fund.fundType === query.fundType) &&
    (query.sold === undefined || fund.sold === query.sold) &&
    (query.riskLevel === undefined || terms?.riskLevel === query.riskLevel) &&
    (query.status === undefined || terms?.status === query.status)
  );
}

/** Adds how each fund of a page did, when it was asked for. */
async function withPerformance<T extends { items: FundItem[] }>(
  sql: Sql,
  today: LocalDate,
  query: ListQuery,
  page: T,
): Promise<T> {
  if (query.performance !== true) return page;
  const codes = page.items.map(({ fundCode }) => fundCode);
  const known = await performanceOf(sql, today, codes);
  const items = page.items.map((item) => {
    const performance = known.get(item.fundCode);
    return performance === undefined ? item : { ...item, performance };
  });
  return { ...page, items };
}

/**
 * A page of funds by code, filtered by what holds today. REQUEST_MALFORMED for a cursor that is not
 * ours.
 */
export async function listFunds(
  sql: Sql,
  today: LocalDate,
  query: ListQuery,
): Promise<{ items: FundItem[]; nextCursor?: string }> {
  const book = await termsAsOf(sql, today);
  const [after = ''] = readCursor(query.cursor, /^([0-9A-Z]{6})$/, 'REQUEST_MALFORMED');
  const limit = query.limit ?? PAGE;
  const items: FundItem[] = [];
  for (const fund of await fundsOf(sql)) {
    if (fund.fundCode <= after) continue;
    const terms = book.get(fund.fundCode);
    if (!matches(fund, query, terms)) continue;
    if (items.length === limit) {
      const nextCursor = cursorOf([items.at(-1)?.fundCode ?? '']);
      return withPerformance(sql, today, query, { items, nextCursor });
    }
    const { riskLevel, status } = terms ?? {};
    items.push({
      ...fund,
      ...(riskLevel === undefined ? {} : { riskLevel }),
      ...(status === undefined ? {} : { status }),
    });
  }
  return withPerformance(sql, today, query, { items });
}

async function getFund(sql: Sql, fundCode: string): Promise<Fund> {
  const fund = (await fundsOf(sql)).find((one) => one.fundCode === fundCode);
  if (fund === undefined) throw new AppError('PRODUCT_NOT_FOUND', { fundCode });
  return fund;
}

async function getTerms(sql: Sql, fundCode: string, date: LocalDate): Promise<FundTerms> {
  await getFund(sql, fundCode);
  const book: TermsBook = await termsAsOf(sql, date);
  const terms = book.get(fundCode);
  if (terms === undefined) throw new AppError('PRODUCT_NO_TERMS', { fundCode, date });
  return terms;
}

/** A fund with its terms on a date. Errors: PRODUCT_NOT_FOUND, PRODUCT_NO_TERMS. */
export async function getFundDetail(
  sql: Sql,
  fundCode: string,
  date: LocalDate,
): Promise<FundDetail> {
  const terms = await getTerms(sql, fundCode, date);
  const fund = await getFund(sql, fundCode);
  return {
    ...fund,
    date,
    closed: terms.closed,
    parameterVersion: terms.parameterVersion,
    parameters: formatParameters(terms),
    fees: {
      subscription: formatTiers({ kind: 'subscription', tiers: terms.subscriptionFees }),
      purchase: formatTiers({ kind: 'purchase', tiers: terms.purchaseFees }),
      redemption: formatTiers({ kind: 'redemption', tiers: terms.redemptionFees }),
    },
  };
}

/** Every version of a fund's parameters and fees, the newest first. PRODUCT_NOT_FOUND. */
export async function listFundVersions(sql: Sql, fundCode: string, date: LocalDate) {
  await getFund(sql, fundCode);
  const parameters = (await loadParameterVersions(sql, [fundCode])).get(fundCode) ?? [];
  const fees = (await loadFeeVersions(sql, [fundCode])).get(fundCode) ?? [];
  const inForce = findInForce(parameters, date);
  return {
    fundCode,
    date,
    parameters: parameters.toReversed().map((one) => ({
      version: one.version,
      effectiveDate: one.effectiveDate,
      isInForce: one === inForce,
      values: formatParameters(one.parameters),
    })),
    fees: FEE_KINDS.flatMap((kind) => {
      const ofKind = fees.filter((one) => one.fee.kind === kind);
      const current = findInForce(ofKind, date);
      return ofKind.toReversed().map((one) => ({
        kind,
        version: one.version,
        effectiveDate: one.effectiveDate,
        isInForce: one === current,
        tiers: formatTiers(one.fee),
      }));
    }),
  };
}

/** NAVs of a fund in rising order, as known now or at an instant. Errors: PRODUCT_NOT_FOUND. */
export async function listNavs(sql: Sql, fundCode: string, query: NavQuery) {
  await getFund(sql, fundCode);
  const knownAt = query.knownAt === undefined ? undefined : parseInstant(query.knownAt);
  const rows = await loadNavs(sql, {
    from: query.from === undefined ? FIRST_DATE : localDate(query.from),
    to: query.to === undefined ? LAST_DATE : localDate(query.to),
    codes: [fundCode],
    ...(knownAt === undefined ? {} : { knownAt }),
  });
  const limit = query.limit ?? NAV_PAGE;
  const items = rows.slice(0, limit).map(({ navDate, nav, accumulated, version, source }) => ({
    navDate,
    nav: formatPrice(nav),
    ...(accumulated === undefined ? {} : { accumulated: formatPrice(accumulated) }),
    version,
    source,
  }));
  const next = rows[limit];
  return next === undefined ? { items } : { items, nextFrom: next.navDate };
}

/** Dividends of a fund by record date. Errors: PRODUCT_NOT_FOUND. */
export async function listDividends(sql: Sql, fundCode: string) {
  await getFund(sql, fundCode);
  const rows = await loadDividends(sql, [fundCode]);
  const items = rows.map(({ recordDate, exDate, payDate, perUnit, source }) => ({
    recordDate,
    exDate,
    payDate,
    perUnit: formatPrice(perUnit),
    source,
  }));
  return { items };
}

function need<T>(field: keyof QuoteQuery, value: T | undefined): T {
  if (value === undefined) throw new AppError('PRODUCT_INPUT_INVALID', { field, value: '' });
  return value;
}

/** A field that has no meaning for what was asked is refused, not overlooked. */
function refuseOthers(query: QuoteQuery, fields: readonly (keyof QuoteQuery)[]): void {
  for (const field of fields) {
    const value = query[field];
    if (value !== undefined) throw new AppError('PRODUCT_INPUT_INVALID', { field, value });
  }
}

async function quoteMoneyIn(
  sql: Sql,
  terms: FundTerms,
  query: QuoteQuery,
  date: LocalDate,
): Promise<QuoteAnswer> {
  refuseOthers(query, ['units', 'holdingDays']);
  const paid = need('amount', parseAmount(query.amount ?? ''));
  const discount = query.discount === undefined ? undefined : parseRate(query.discount);
  const isOffer = query.kind === 'subscription';
  const tiers = isOffer ? terms.subscriptionFees : terms.purchaseFees;
  const result = computePurchaseFee(tiers, paid, discount);
  const latest = (await latestNavs(sql, date, [terms.fundCode])).get(terms.fundCode);
  const nav = isOffer ? terms.faceValue : latest?.nav;
  const answer: QuoteAnswer = {
    kind: query.kind,
    date,
    gross: formatAmount(paid),
    fee: formatAmount(result.fee),
    net: formatAmount(result.net),
    ...(result.rate === undefined ? {} : { rate: formatRate(result.rate) }),
    ...(result.flat === undefined ? {} : { flat: formatAmount(result.flat) }),
  };
  if (nav === undefined) return answer;
  answer.units = formatUnits(unitsFor(result.net, nav, terms.unitsRounding));
  answer.nav = formatPrice(nav);
  if (!isOffer && latest !== undefined) answer.navDate = latest.navDate;
  return answer;
}

async function quoteRedemption(
  sql: Sql,
  terms: FundTerms,
  query: QuoteQuery,
  date: LocalDate,
): Promise<QuoteAnswer> {
  refuseOthers(query, ['amount', 'discount']);
  const wanted = need('units', parseUnits(query.units ?? ''));
  const held = need('holdingDays', query.holdingDays);
  const latest = (await latestNavs(sql, date, [terms.fundCode])).get(terms.fundCode);
  if (latest === undefined) throw new AppError('PRODUCT_NAV_MISSING', { fundCode: terms.fundCode });
  const { nav, navDate } = latest;
  const lot = { lotId: 'quote', units: wanted, confirmDate: addDays(date, -held) };
  const result = computeRedemption({
    lots: [lot],
    units: wanted,
    nav,
    tiers: terms.redemptionFees,
    onDate: date,
    feeRounding: terms.feeRounding,
  });
  const part = result?.parts[0];
  assert(result !== undefined && part !== undefined, 'one lot holds all the units asked for');
  return {
    kind: query.kind,
    date,
    gross: formatAmount(result.gross),
    fee: formatAmount(result.fee),
    net: formatAmount(result.net),
    rate: formatRate(part.rate),
    feeToFund: formatAmount(result.feeToFund),
    units: formatUnits(wanted),
    nav: formatPrice(nav),
    navDate,
  };
}

/**
 * The fee of a purchase, subscription or redemption by what is known on a date; the NAV is the
 * latest known. Errors: PRODUCT_NOT_FOUND, PRODUCT_NO_TERMS, PRODUCT_FEE_SCHEDULE_MISSING,
 * PRODUCT_NAV_MISSING, PRODUCT_INPUT_INVALID.
 */
export async function quoteFee(
  sql: Sql,
  fundCode: string,
  query: QuoteQuery,
  date: LocalDate,
): Promise<QuoteAnswer> {
  const terms = await getTerms(sql, fundCode, date);
  if (query.kind === 'redemption') return quoteRedemption(sql, terms, query, date);
  return quoteMoneyIn(sql, terms, query, date);
}

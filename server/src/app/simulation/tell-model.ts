/** Terms, fees and NAVs in the words of the model. */
import { assert, parseFixed } from '@cairn/kernel';
import type { FeeSpec, Market, ParameterSpec } from '../sandbox/market.ts';
import type { ModelQuestionnaire } from './model/assessing.ts';
import type { FeeKind, ModelFees, ModelMarket, ModelTerms } from './model/market.ts';

const hundredths = (text: string): bigint => {
  const value = parseFixed(text, 2);
  assert(value !== undefined, `${text} has two decimals`);
  return value;
};
const eighths = (text: string): bigint => {
  const value = parseFixed(text, 8);
  assert(value !== undefined, `${text} has eight decimals`);
  return value;
};

/** Parameters of a fund from a date on. */
export function termsFor(spec: ParameterSpec): ModelTerms {
  return {
    effective: spec.effectiveDate,
    status: spec.status,
    risk: spec.riskLevel,
    term: spec.term,
    variety: spec.variety,
    minFirst: hundredths(spec.minFirstPurchase),
    minNext: hundredths(spec.minNextPurchase),
    step: hundredths(spec.purchaseStep),
    max: hundredths(spec.maxPurchase),
    dayMax: hundredths(spec.dayMaxPurchase),
    minRedemption: hundredths(spec.minRedemption),
    redemptionStep: hundredths(spec.redemptionStep),
    minHolding: hundredths(spec.minHolding),
    cutOff: spec.cutOff,
    ...(spec.offerStart === undefined ? {} : { offerStart: spec.offerStart }),
    ...(spec.offerEnd === undefined ? {} : { offerEnd: spec.offerEnd }),
  };
}

/** Fee rows as the schedules that they make up. */
export function feesFor(fees: readonly FeeSpec[]): ModelFees[] {
  const groups = Map.groupBy(fees, (fee) => `${fee.kind} ${fee.effectiveDate}`);
  return [...groups.values()].map((rows) => {
    const [first] = rows;
    assert(first !== undefined, 'a group has a row');
    const kind: FeeKind = first.kind;
    return {
      kind,
      effective: first.effectiveDate,
      byAmount: rows
        .filter(() => kind !== 'redemption')
        .map((row) => ({
          from: hundredths(row.fromAmount ?? '0'),
          ...(row.flat === undefined
            ? { rate: eighths(row.rate ?? '0') }
            : { flat: hundredths(row.flat) }),
        })),
      byDays: rows
        .filter(() => kind === 'redemption')
        .map((row) => ({
          fromDays: row.fromDays ?? 0,
          rate: eighths(row.rate ?? '0'),
          toFund: eighths(row.toFundShare ?? '1'),
        })),
    };
  });
}

/** The parts of a questionnaire that count. */
interface Questions {
  readonly questions: readonly {
    readonly id: string;
    readonly options: readonly {
      readonly id: string;
      readonly score: number;
      readonly isLowest?: true;
      readonly levelMax?: number;
      readonly term?: string;
      readonly varieties?: readonly string[];
    }[];
  }[];
  readonly scoreMin: Readonly<Record<'2' | '3' | '4' | '5', number>>;
  readonly validityDays: number;
}

interface RetestRules {
  readonly termOrder: readonly string[];
  readonly retest: {
    readonly perDayMax: number;
    readonly windowDays: number;
    readonly perWindowMax: number;
  };
}

/** A questionnaire with the rules on repeated tests. */
export function questionnaireFor(content: Questions, rules: RetestRules): ModelQuestionnaire {
  const { scoreMin, validityDays } = content;
  return {
    questions: content.questions.map(({ id, options }) => ({
      id,
      options: options.map((option) => ({
        id: option.id,
        score: option.score,
        isLowest: option.isLowest === true,
        levelMax: option.levelMax ?? 5,
        term: option.term,
        varieties: option.varieties ?? [],
      })),
    })),
    scoreMin: [scoreMin['2'], scoreMin['3'], scoreMin['4'], scoreMin['5']],
    validityDays,
    termOrder: rules.termOrder,
    ...rules.retest,
  };
}

/** Tells the model the market: what the registrars have, and what our house was told. */
export function tellModel(
  model: ModelMarket,
  theirs: Market,
  ours: Market,
  interestRate: string,
): void {
  for (const fund of theirs.funds) {
    const [rules] = fund.parameters;
    assert(rules !== undefined, 'a fund has parameters');
    const offer = fund.parameters.find((one) => one.offerStart !== undefined);
    model.funds.set(fund.fundCode, {
      code: fund.fundCode,
      registrar: fund.registrarCode,
      unitsRounding: rules.unitsRounding,
      feeRounding: rules.feeRounding,
      heldTo: rules.holdingDaysRule,
      confirmDays: rules.confirmDays,
      purchasePayDays: rules.purchasePayDays,
      redemptionCashDays: rules.redemptionCashDays,
      dividendCashDays: rules.dividendCashDays,
      defaultMethod: rules.defaultDividendMethod,
      faceValue: hundredths(rules.faceValue) * 100n,
      failing: fund.failing === true,
      allotment: eighths(fund.allotment ?? '1'),
      ...(fund.setUpDate === undefined ? {} : { setUpDate: fund.setUpDate }),
      ...(offer?.offerStart === undefined ? {} : { offerStart: offer.offerStart }),
      ...(offer?.offerEnd === undefined ? {} : { offerEnd: offer.offerEnd }),
    });
    for (const spec of fund.parameters) model.addTerms(fund.fundCode, termsFor(spec));
    const known = ours.funds.find(({ fundCode }) => fundCode === fund.fundCode)?.fees ?? [];
    for (const fees of feesFor(known)) {
      model.addFees('here', fund.fundCode, fees);
      model.addFees('there', fund.fundCode, fees);
    }
    for (const { date, nav } of theirs.navs.get(fund.fundCode) ?? []) {
      model.navs.set(`${fund.fundCode} ${date}`, BigInt(nav.replace('.', '')));
    }
  }
  for (const { fundCode: fund, recordDate, exDate, payDate, perUnit } of theirs.dividends) {
    model.dividends.push({ fund, recordDate, exDate, payDate, perUnit: eighths(perUnit) });
  }
  for (const { fundCode, date } of theirs.closedDays) model.closedThere.add(`${fundCode} ${date}`);
  model.interestRate = eighths(interestRate);
}

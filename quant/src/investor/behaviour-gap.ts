/** What investors lost, or won, by when they bought and sold. */
import { type Answer, type Figure, figure } from '../figure.ts';
import { type AccountFlows, type Uniqueness, moneyWeightedReturn } from './money-weighted.ts';

export interface BehaviourInput extends AccountFlows {
  /** Time-weighted total return of the fund over the same time, dividends reinvested. */
  readonly fundReturn: number;
}

export interface BehaviourGap {
  /** Money-weighted return of the investor over the whole time, not annualised. */
  readonly investor: Figure;
  readonly investorAnnual: number;
  readonly fund: number;
  readonly fundAnnual: Figure;
  /** investor − fund over the whole time. Negative: bought high, sold low. */
  readonly gap: Figure;
  /** The same per year. */
  readonly gapAnnual: Figure;
  readonly uniqueness: Uniqueness;
}

/**
 * Behaviour gap: money-weighted return of the investor minus time-weighted return of the fund,
 * over the same time. An investor who pays in once and waits has a gap of zero. For all holders of
 * a fund, sum their flows and values.
 *
 * Absent as `moneyWeightedReturn`. Below one year the annual figures extrapolate; read the others.
 * Source: Dichev (2007), "What are stock investors' actual historical returns?"; Morningstar,
 * Mind the Gap.
 */
export function behaviourGap(input: BehaviourInput): Answer<BehaviourGap> {
  const answer = moneyWeightedReturn(input);
  if (answer.value === null) return answer;
  const { annual, period, uniqueness } = answer.value;
  const { fundReturn, startDay, endDay, daysPerYear = 365 } = input;
  const years = (endDay - startDay) / daysPerYear;
  const fundAnnual = figure((1 + fundReturn) ** (1 / years) - 1, 'TOTAL_LOSS');
  return {
    value: {
      investor: period,
      investorAnnual: annual,
      fund: fundReturn,
      fundAnnual,
      gap: period.value === null ? period : figure(period.value - fundReturn),
      gapAnnual: fundAnnual.value === null ? fundAnnual : figure(annual - fundAnnual.value),
      uniqueness,
    },
  };
}

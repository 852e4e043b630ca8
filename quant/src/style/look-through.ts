/** What an investor holds through funds: securities, industries and concepts behind the units. */
import type { Numbers } from '../numeric/moments.ts';

/**
 * Lists of different length in two flat arrays: list i stands in `starts[i]` … `starts[i + 1] − 1`.
 */
export interface Lists {
  /** One more than there are lists, ascending, the first 0. */
  readonly starts: Numbers;
  /** What each entry refers to. */
  readonly items: Numbers;
}

/** The disclosed holdings of F funds: lists of securities, with a weight of fund assets each. */
export interface FundHoldings extends Lists {
  readonly weights: Numbers;
}

export interface LookThroughInput {
  /** F weights of funds in the portfolio. */
  readonly fundWeights: Numbers;
  readonly holdings: FundHoldings;
  /** Number S of securities. */
  readonly securities: number;
  /** S weights of securities held directly. Default none. */
  readonly direct?: Numbers;
}

export interface LookThrough {
  /** S weights of the portfolio in each security. */
  readonly securities: Float64Array;
  /** Σ fund weight · (1 − disclosed weight): cash, and what the reports do not list. */
  readonly undisclosed: number;
  /** F parts of `undisclosed`, by fund. */
  readonly undisclosedByFund: Float64Array;
}

/**
 * Exposure of security s = direct + Σ fund weight · weight of s in the fund. Exposures and the
 * undisclosed part sum to the sum of all weights given. Quarterly reports list ten stocks, so a
 * large undisclosed part is the rule; it is reported and never spread over what is known.
 *
 * @throws RangeError when lengths do not fit or a holding is not one of the securities.
 */
export function lookThrough(input: LookThroughInput): LookThrough {
  const { fundWeights, holdings, securities, direct } = input;
  checkLists(holdings, { lists: fundWeights.length, kinds: securities });
  if (holdings.weights.length !== holdings.items.length) {
    throw new RangeError(`${holdings.weights.length} weights, ${holdings.items.length} holdings`);
  }
  if (direct !== undefined && direct.length !== securities) {
    throw new RangeError(`${direct.length} direct weights for ${securities} securities`);
  }
  const exposures = direct === undefined ? new Float64Array(securities) : Float64Array.from(direct);
  const undisclosedByFund = new Float64Array(fundWeights.length);
  let undisclosed = 0;
  for (let fund = 0; fund < fundWeights.length; fund++) {
    const fundWeight = fundWeights[fund] as number;
    let shown = 0;
    const end = holdings.starts[fund + 1] as number;
    for (let at = holdings.starts[fund] as number; at < end; at++) {
      const weight = holdings.weights[at] as number;
      const security = holdings.items[at] as number;
      exposures[security] = (exposures[security] as number) + fundWeight * weight;
      shown += weight;
    }
    const hidden = fundWeight * (1 - shown);
    undisclosedByFund[fund] = hidden;
    undisclosed += hidden;
  }
  return { securities: exposures, undisclosed, undisclosedByFund };
}

export interface GroupExposure {
  /** G weights. */
  readonly groups: Float64Array;
  /** Weight of securities in no group. */
  readonly ungrouped: number;
}

/**
 * Exposure to groups of which each security has one at most, e.g. industries.
 *
 * @param exposures S weights.
 * @param groupOf S group numbers, 0 … G − 1; −1 for none.
 * @throws RangeError on another number.
 */
export function groupExposure(
  exposures: Numbers,
  { groupOf, groups }: { readonly groupOf: Numbers; readonly groups: number },
): GroupExposure {
  if (groupOf.length !== exposures.length) {
    throw new RangeError(`${groupOf.length} groups for ${exposures.length} securities`);
  }
  const sums = new Float64Array(groups);
  let ungrouped = 0;
  for (let security = 0; security < exposures.length; security++) {
    const group = groupOf[security] as number;
    const weight = exposures[security] as number;
    if (group === -1) ungrouped += weight;
    else if (Number.isInteger(group) && group >= 0 && group < groups) {
      sums[group] = (sums[group] as number) + weight;
    } else throw new RangeError(`security ${security} is in group ${group} of ${groups}`);
  }
  return { groups: sums, ungrouped };
}

/**
 * Exposure to groups of which a security can have several, e.g. concepts. The groups may sum to
 * more than the whole; `ungrouped` is the weight of securities without any.
 *
 * @param exposures S weights.
 * @param members S lists of group numbers, each group at most once in a list.
 */
export function conceptExposure(
  exposures: Numbers,
  { members, groups }: { readonly members: Lists; readonly groups: number },
): GroupExposure {
  checkLists(members, { lists: exposures.length, kinds: groups });
  const sums = new Float64Array(groups);
  let ungrouped = 0;
  for (let security = 0; security < exposures.length; security++) {
    const weight = exposures[security] as number;
    const [start, end] = [members.starts[security], members.starts[security + 1]] as [
      number,
      number,
    ];
    if (start === end) ungrouped += weight;
    for (let at = start; at < end; at++) {
      const group = members.items[at] as number;
      sums[group] = (sums[group] as number) + weight;
    }
  }
  return { groups: sums, ungrouped };
}

function checkLists(
  { starts, items }: Lists,
  { lists, kinds }: { lists: number; kinds: number },
): void {
  if (starts.length !== lists + 1 || starts[0] !== 0 || starts[lists] !== items.length) {
    throw new RangeError(`${starts.length} starts for ${lists} lists`);
  }
  for (let list = 0; list < lists; list++) {
    if ((starts[list + 1] as number) < (starts[list] as number)) {
      throw new RangeError('starts are not ascending');
    }
  }
  for (let at = 0; at < items.length; at++) {
    const item = items[at] as number;
    if (!Number.isInteger(item) || item < 0 || item >= kinds) {
      throw new RangeError(`item ${item} is not one of ${kinds}`);
    }
  }
}

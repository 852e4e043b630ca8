/**
 * Allocation through factors: what assets share is their exposure to a few factors, so a covariance
 * of thousands of assets needs the covariance of those only, and a portfolio is steered by its
 * exposures. `factorCovariance`, `specificRisk` and `fitCrossSection` estimate the parts;
 * `decomposeRisk` says what each factor brings to the risk of the result.
 * Source: Grinold and Kahn, Active Portfolio Management (1999), ch. 3.
 */
import { matrix, type Matrix } from '../linear-algebra/matrix.ts';
import type { Numbers } from '../numeric/moments.ts';
import type { LinearLimit } from './problem.ts';

export interface FactorStructure {
  /** Names of the F factors, each once. */
  readonly factors: readonly string[];
  /** For each factor the exposures of the N assets. */
  readonly exposures: readonly Numbers[];
  /** F × F covariance of the factors' returns, row by row, a year. */
  readonly covariance: Numbers;
  /** N deviations a year of what no factor explains. */
  readonly specific: Numbers;
}

/**
 * The covariance of the assets, N × N, a year: XᵀFX + diag(s²).
 *
 * @throws RangeError when lengths do not fit, or for a number that is missing: an asset without an
 *   exposure has no covariance that could be made up.
 */
export function factorModelCovariance(structure: FactorStructure): Matrix {
  const assets = checkStructure(structure);
  const { exposures, covariance, specific } = structure;
  const factors = exposures.length;
  const out = matrix(assets, assets);
  // F·X first: F × N.
  const pulls = exposures.map((_, k) => {
    const pull = new Float64Array(assets);
    for (let l = 0; l < factors; l++) {
      const weight = covariance[k * factors + l]!;
      for (let i = 0; i < assets; i++) pull[i] = pull[i]! + weight * exposures[l]![i]!;
    }
    return pull;
  });
  for (let i = 0; i < assets; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = i === j ? specific[i]! ** 2 : 0;
      for (let k = 0; k < factors; k++) sum += exposures[k]![i]! * pulls[k]![j]!;
      out.data[i * assets + j] = sum;
      out.data[j * assets + i] = sum;
    }
  }
  return out;
}

/**
 * Limits on the exposure of a portfolio to factors, for `AllocationProblem.limits`; with a
 * benchmark's weights on the difference to its exposure. Equal `least` and `most` fix it.
 *
 * @throws RangeError for a factor that is none, and as `factorModelCovariance`.
 */
export function exposureLimits(
  structure: FactorStructure,
  ranges: Readonly<Record<string, { readonly least?: number; readonly most?: number }>>,
  benchmark?: Numbers,
): LinearLimit[] {
  const assets = checkStructure(structure);
  if (benchmark !== undefined && benchmark.length !== assets) {
    throw new RangeError(`${assets} assets meet ${benchmark.length} weights`);
  }
  return Object.entries(ranges).map(([name, { least, most }]) => {
    const loadings = structure.exposures[structure.factors.indexOf(name)];
    if (loadings === undefined) throw new RangeError(`no factor ${name}`);
    let from = 0;
    for (let i = 0; i < assets; i++) from += (benchmark?.[i] ?? 0) * loadings[i]!;
    return {
      name,
      loadings,
      ...(least === undefined ? {} : { least: least + from }),
      ...(most === undefined ? {} : { most: most + from }),
    };
  });
}

function checkStructure({ factors, exposures, covariance, specific }: FactorStructure): number {
  const assets = specific.length;
  const faults = [
    new Set(factors).size === factors.length ? '' : 'two factors have one name',
    exposures.length === factors.length ? '' : `${exposures.length} rows of exposures`,
    exposures.every((row) => row.length === assets) ? '' : `exposures of other than ${assets}`,
    covariance.length === factors.length ** 2 ? '' : `${covariance.length} covariances`,
    [covariance, specific, ...exposures].every((row) => Array.from(row).every(Number.isFinite))
      ? ''
      : 'a number is missing',
    Array.from(specific).every((each) => each >= 0) ? '' : 'a specific deviation is negative',
  ].filter((fault) => fault !== '');
  if (faults.length > 0) throw new RangeError(faults.join('; '));
  return assets;
}

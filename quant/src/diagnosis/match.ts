/** Managers who invest like a customer. */
import type { Numbers } from '../numeric/moments.ts';

export interface MatchInput {
  /** F features of the customer, e.g. mean weights by sector and style box, scores, turnover. */
  readonly features: Numbers;
  /** M × F features of managers, manager by manager. */
  readonly managers: Numbers;
  /** How many of the nearest to name. Default 5. */
  readonly count?: number;
}

export interface Match {
  readonly manager: number;
  /** Root mean square difference over the shared features, in deviations among managers. */
  readonly distance: number;
  /** Features that both have. */
  readonly shared: number;
}

/**
 * The nearest managers, nearest first; of those alike the first in order.
 *
 * Each feature is divided by its sample deviation among managers, so that units do not matter; one
 * that does not vary says nothing and is left out. A missing feature (NaN) is left out for that
 * manager; a manager who shares fewer than half of the features is not named.
 *
 * @throws RangeError when the managers are not rows of F features.
 */
export function matchManagers({ features, managers, count = 5 }: MatchInput): readonly Match[] {
  const width = features.length;
  if (width === 0 || managers.length % width !== 0) {
    throw new RangeError(`${managers.length} numbers are not managers of ${width} features`);
  }
  const rows = managers.length / width;
  const scales = Array.from({ length: width }, (_, feature) =>
    deviationOf(
      Array.from({ length: rows }, (__, row) => managers[row * width + feature] as number),
    ),
  );
  const usable = scales.filter((scale) => scale > 0).length;
  const found: Match[] = [];
  for (let manager = 0; manager < rows; manager++) {
    let squares = 0;
    let shared = 0;
    scales.forEach((scale, feature) => {
      const gap = (managers[manager * width + feature] as number) - (features[feature] as number);
      if (!(scale > 0) || !Number.isFinite(gap)) return;
      squares += (gap / scale) ** 2;
      shared += 1;
    });
    if (shared > 0 && 2 * shared >= usable) {
      found.push({ manager, distance: Math.sqrt(squares / shared), shared });
    }
  }
  found.sort((a, b) => a.distance - b.distance || a.manager - b.manager);
  return found.slice(0, count);
}

/** Sample deviation of the finite values; 0 of fewer than two or of equal ones. */
function deviationOf(values: readonly number[]): number {
  const known = values.filter((value) => Number.isFinite(value));
  if (known.length < 2) return 0;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / (known.length - 1));
  return deviation > 1e-12 * Math.abs(mean) ? deviation : 0;
}

/** Hierarchical risk parity: weights from a tree of what moves together, no matrix is inverted. */
import { type Answer, absent } from '../figure.ts';
import { matrix, type Matrix, requireSquare } from '../linear-algebra/matrix.ts';

/** How far apart two clusters are: their nearest, their average or their farthest members. */
export type Linkage = 'single' | 'average' | 'complete';

/** A merge of two clusters: 0 to N − 1 are assets, N + k is the cluster of merge k. left < right. */
export interface Merge {
  readonly left: number;
  readonly right: number;
  readonly distance: number;
}

export interface HierarchicalResult {
  /** N weights, above 0, that sum to one. */
  readonly weights: Float64Array;
  /** N − 1 merges, nearest first. */
  readonly tree: readonly Merge[];
  /** The assets in the order of the tree, so that neighbours move together. */
  readonly order: readonly number[];
}

/**
 * Hierarchical risk parity (López de Prado 2016): distance √((1 − ρ)/2), agglomerative clustering,
 * the assets in the order of the tree, then halves of that order share weight by the inverse of
 * their variance, each half weighted within by inverse variances.
 *
 * Absent: `NOT_FINITE`, `ZERO_VARIANCE` (an asset that does not vary has no correlation).
 *
 * @throws RangeError for a matrix that is not square.
 */
export function hierarchicalWeights(
  covariance: Matrix,
  { linkage = 'single' }: { readonly linkage?: Linkage } = {},
): Answer<HierarchicalResult> {
  requireSquare(covariance);
  const { rows: n, data } = covariance;
  if (n === 0 || !data.every(Number.isFinite)) return absent('NOT_FINITE');
  for (let i = 0; i < n; i++) if (!(data[i * n + i]! > 0)) return absent('ZERO_VARIANCE');
  const tree = clusterTree(correlationDistance(covariance), linkage);
  const order = orderOf(tree, n);
  return { value: { weights: bisect(covariance, order), tree, order } };
}

/** √((1 − ρ)/2) of every pair, 0 to 1. */
export function correlationDistance({ rows: n, data }: Matrix): Matrix {
  const out = matrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (i === j) continue;
      const correlation = data[i * n + j]! / Math.sqrt(data[i * n + i]! * data[j * n + j]!);
      out.data[i * n + j] = Math.sqrt(Math.min(1, Math.max(0, (1 - correlation) / 2)));
    }
  }
  return out;
}

/**
 * Agglomerative clustering of a symmetric matrix of distances: the two nearest clusters merge, until
 * one is left. Each cluster remembers its nearest, so the usual cost is N² instead of N³. Of equal
 * distances the pair with the smaller numbers goes first.
 */
export function clusterTree(distances: Matrix, linkage: Linkage): Merge[] {
  const { rows: n } = distances;
  const d = distances.data.slice();
  const label = Int32Array.from({ length: n }, (_, i) => i);
  const size = new Int32Array(n).fill(1);
  const alive = new Uint8Array(n).fill(1);
  const nearest = new Int32Array(n).fill(-1);
  const find = (i: number) => {
    nearest[i] = -1;
    for (let j = 0; j < n; j++) {
      if (j === i || alive[j] === 0) continue;
      if (nearest[i] === -1 || isCloser(i, j, nearest[i]!)) nearest[i] = j;
    }
  };
  const isCloser = (i: number, j: number, than: number) =>
    d[i * n + j]! < d[i * n + than]! ||
    (d[i * n + j] === d[i * n + than] && label[j]! < label[than]!);
  for (let i = 0; i < n; i++) find(i);
  const merges: Merge[] = [];
  while (merges.length < n - 1) {
    const a = nearestPair(d, n, { alive, nearest, label });
    const b = nearest[a]!;
    const [left = 0, right = 0] = [label[a]!, label[b]!].sort((x, y) => x - y);
    merges.push({ left, right, distance: d[a * n + b]! });
    for (let k = 0; k < n; k++) {
      if (alive[k] === 0 || k === a || k === b) continue;
      const joined = join(linkage, d[k * n + a]!, d[k * n + b]!, size[a]!, size[b]!);
      d[k * n + a] = joined;
      d[a * n + k] = joined;
    }
    alive[b] = 0;
    size[a]! += size[b]!;
    label[a] = n + merges.length - 1;
    // Whoever had one of the two as nearest looks again; others may have got a nearer one.
    for (let k = 0; k < n; k++) {
      if (alive[k] === 0) continue;
      if (k === a || nearest[k] === a || nearest[k] === b) find(k);
      else if (isCloser(k, a, nearest[k]!)) nearest[k] = a;
    }
  }
  return merges;
}

function nearestPair(
  d: Float64Array,
  n: number,
  { alive, nearest, label }: { alive: Uint8Array; nearest: Int32Array; label: Int32Array },
): number {
  let best = -1;
  const key = (i: number): [number, number, number] => {
    const [low = 0, high = 0] = [label[i]!, label[nearest[i]!]!].sort((x, y) => x - y);
    return [d[i * n + nearest[i]!]!, low, high];
  };
  for (let i = 0; i < n; i++) {
    if (alive[i] === 0) continue;
    if (best === -1 || isBefore(key(i), key(best))) best = i;
  }
  return best;
}

function isBefore(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at >= 0 && a[at]! < b[at]!;
}

function join(linkage: Linkage, a: number, b: number, sizeA: number, sizeB: number): number {
  if (linkage === 'single') return Math.min(a, b);
  if (linkage === 'complete') return Math.max(a, b);
  return (sizeA * a + sizeB * b) / (sizeA + sizeB);
}

/** The leaves of the tree from left to right. */
function orderOf(tree: readonly Merge[], n: number): number[] {
  const order: number[] = [];
  const open = [tree.length === 0 ? 0 : n + tree.length - 1];
  for (let cluster = open.pop(); cluster !== undefined; cluster = open.pop()) {
    const merge = tree[cluster - n];
    if (merge === undefined) order.push(cluster);
    else open.push(merge.right, merge.left);
  }
  return order;
}

/** Halves the order again and again; each half gets the part that the other's variance leaves it. */
function bisect(covariance: Matrix, order: readonly number[]): Float64Array {
  const weights = new Float64Array(covariance.rows).fill(1);
  const open: (readonly number[])[] = [order];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (part.length < 2) continue;
    const middle = part.length >> 1;
    const [first, second] = [part.slice(0, middle), part.slice(middle)];
    const variance = clusterVariance(covariance, first);
    const other = clusterVariance(covariance, second);
    const share = 1 - variance / (variance + other);
    for (const i of first) weights[i]! *= share;
    for (const i of second) weights[i]! *= 1 - share;
    open.push(first, second);
  }
  return weights;
}

/** The variance of some assets, weighted by the inverse of their variances. */
export function clusterVariance({ rows: n, data }: Matrix, assets: readonly number[]): number {
  const inverse = assets.map((i) => 1 / data[i * n + i]!);
  const sum = inverse.reduce((total, value) => total + value, 0);
  let variance = 0;
  for (const [a, i] of assets.entries()) {
    for (const [b, j] of assets.entries()) {
      variance += (inverse[a]! / sum) * (inverse[b]! / sum) * data[i * n + j]!;
    }
  }
  return variance;
}

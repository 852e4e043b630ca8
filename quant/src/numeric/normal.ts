/** The standard normal distribution, to about fifteen digits. */

const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

/** φ(x), the density. */
export function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x) / ROOT_TWO_PI;
}

/**
 * Φ(x), the probability of a value at most x. Hart's rational approximation as arranged by West,
 * “Better approximations to cumulative normal functions” (Wilmott, 2005); far out the continued
 * fraction of Laplace.
 */
export function normalCumulative(x: number): number {
  const size = Math.abs(x);
  if (Number.isNaN(x)) return Number.NaN;
  if (size > 37) return x > 0 ? 1 : 0;
  const tail = size < 7.07106781186547 ? hart(size) : continuedFraction(size);
  return x > 0 ? 1 - tail : tail;
}

const HART_NUMERATOR = [
  0.0352624965998911, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871,
  221.213596169931, 220.206867912376,
];
const HART_DENOMINATOR = [
  0.0883883476483184, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674,
  637.333633378831, 793.826512519948, 440.413735824752,
];

function hart(x: number): number {
  const bell = Math.exp((-x * x) / 2);
  return (bell * horner(HART_NUMERATOR, x)) / horner(HART_DENOMINATOR, x);
}

function continuedFraction(x: number): number {
  let build = x;
  for (let step = 30; step >= 1; step--) build = x + step / build;
  return normalDensity(x) / build;
}

/** A polynomial by Horner's rule, highest power first. */
function horner(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (const coefficient of coefficients) value = value * x + coefficient;
  return value;
}

/**
 * Φ⁻¹(p), the value that is not exceeded with probability p. Wichura's algorithm AS 241
 * (PPND16, Applied Statistics 37, 1988): relative error about 1e-16. ±Infinity at 1 and 0,
 * NaN outside.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0) return Number.NEGATIVE_INFINITY;
  if (p === 1) return Number.POSITIVE_INFINITY;
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * horner(CENTRE_A, r)) / horner(CENTRE_B, r);
  }
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const size =
    r <= 5
      ? horner(MIDDLE_C, r - 1.6) / horner(MIDDLE_D, r - 1.6)
      : horner(TAIL_E, r - 5) / horner(TAIL_F, r - 5);
  return q < 0 ? -size : size;
}

const CENTRE_A = [
  2509.080928730122, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946,
  1971.590950306551, 133.1416678917844, 3.3871328727963665,
];
const CENTRE_B = [
  5226.495278852545, 28729.08573572194, 39307.89580009271, 21213.79430158661, 5394.196021424751,
  687.1870074920579, 42.31333070160091, 1,
];
const MIDDLE_C = [
  0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684,
  3.6478483247632045, 5.769497221460691, 4.630337846156546, 1.4234371107496837,
];
const MIDDLE_D = [
  1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008,
  0.6897673349851, 1.6763848301838038, 2.053191626637759, 1,
];
const TAIL_E = [
  2.0103343992922881e-7, 0.000027115555687434876, 0.0012426609473880784, 0.026532189526576124,
  0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103,
];
const TAIL_F = [
  2.0442631033899397e-15, 1.421511758316446e-7, 0.000018463183175100548, 0.0007868691311456133,
  0.014875361290850615, 0.1369298809227358, 0.5998322065558879, 1,
];

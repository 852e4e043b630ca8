/** A stream of numbers that a seed determines: the same seed, the same stream, on any machine. */
export interface RandomStream {
  /** Uniform in [0, 1) with 53 bits. */
  uniform(): number;
  /** A whole number in [0, bound). */
  integer(bound: number): number;
  /** Standard normal (Marsaglia's polar method). */
  normal(): number;
}

/**
 * Seeds sfc32 (Doty-Humphrey's small fast counting generator, passes PractRand) and warms it up.
 * `stream` gives independent streams of one seed, for instance one for each path of a simulation.
 */
export function seededRandom(seed: number, stream = 0): RandomStream {
  let a = seed >>> 0;
  let b = Math.trunc(seed / 0x1_0000_0000) >>> 0;
  let c = stream >>> 0;
  let counter = 1;
  const next = (): number => {
    const mixed = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + mixed) | 0;
    return mixed >>> 0;
  };
  for (let round = 0; round < 20; round++) next();

  const uniform = (): number => ((next() >>> 5) * 0x400_0000 + (next() >>> 6)) / 2 ** 53;
  let spare = Number.NaN;
  return {
    uniform,
    integer: (bound) => Math.floor(uniform() * bound),
    normal: () => {
      if (!Number.isNaN(spare)) {
        const value = spare;
        spare = Number.NaN;
        return value;
      }
      for (;;) {
        const x = 2 * uniform() - 1;
        const y = 2 * uniform() - 1;
        const square = x * x + y * y;
        if (square >= 1 || square === 0) continue;
        const factor = Math.sqrt((-2 * Math.log(square)) / square);
        spare = y * factor;
        return x * factor;
      }
    },
  };
}

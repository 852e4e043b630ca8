/**
 * Rows in the order of their values, by a radix sort of the bits of the doubles. It costs as much
 * as sorting the values themselves, but the rows come with them, so that the order of every window
 * of the rows is one pass over the order of the whole.
 */

const DIGIT_BITS = 11;
const BUCKETS = 1 << DIGIT_BITS;
const MASK = BUCKETS - 1;
/** 64 bits in digits of eleven: three from the low word, three from the high word. */
const SHIFTS = [0, 11, 22] as const;

/** Buffers of one thread; they grow with the longest array. */
export interface OrderBuffers {
  keys: Uint32Array;
  rows: Int32Array;
  other: Int32Array;
  readonly counts: Int32Array;
}

export function createOrderBuffers(): OrderBuffers {
  return {
    keys: new Uint32Array(0),
    rows: new Int32Array(0),
    other: new Int32Array(0),
    counts: new Int32Array(BUCKETS),
  };
}

/**
 * The rows 0 … values.length − 1 in ascending order of their values, −0 before 0. The answer lies
 * in the buffers and is valid until the next call. Values that are not numbers stand at an end.
 */
export function orderRows(values: Float64Array, buffers: OrderBuffers): Int32Array {
  const count = values.length;
  if (buffers.rows.length < count) {
    buffers.keys = new Uint32Array(4 * count);
    buffers.rows = new Int32Array(2 * count);
    buffers.other = new Int32Array(2 * count);
  }
  const keys = fillKeys(values, buffers.keys);
  let rows = buffers.rows.subarray(0, count);
  let other = buffers.other.subarray(0, count);
  for (let row = 0; row < count; row++) rows[row] = row;
  for (let word = 0; word < 2; word++) {
    for (const shift of SHIFTS) {
      scatter({ keys, word, shift, counts: buffers.counts }, rows, other);
      [rows, other] = [other, rows];
    }
  }
  return rows;
}

/** The bits of each value as two words, low first, changed so that they order as numbers do. */
function fillKeys(values: Float64Array, keys: Uint32Array): Uint32Array {
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length);
  for (let at = 0; at < words.length; at += 2) {
    const high = words[at + 1] as number;
    // A negative number orders by its inverted bits, a positive one above all negative ones.
    const flip = high >>> 31 === 1 ? 0xffff_ffff : 0;
    keys[at] = (words[at] as number) ^ flip;
    keys[at + 1] = high ^ (flip | 0x8000_0000);
  }
  return keys;
}

interface Digit {
  readonly keys: Uint32Array;
  readonly word: number;
  readonly shift: number;
  readonly counts: Int32Array;
}

/** One pass: rows in the order of one digit, equal digits as they stood. */
function scatter({ keys, word, shift, counts }: Digit, from: Int32Array, into: Int32Array): void {
  counts.fill(0);
  for (let at = 0; at < from.length; at++) {
    const digit = ((keys[2 * at + word] as number) >>> shift) & MASK;
    counts[digit] = (counts[digit] as number) + 1;
  }
  let total = 0;
  for (let digit = 0; digit < BUCKETS; digit++) {
    const here = counts[digit] as number;
    counts[digit] = total;
    total += here;
  }
  for (let at = 0; at < from.length; at++) {
    const row = from[at] as number;
    const digit = ((keys[2 * row + word] as number) >>> shift) & MASK;
    const place = counts[digit] as number;
    counts[digit] = place + 1;
    into[place] = row;
  }
}

/**
 * Puts the element that would stand at `place` of the ascending array there, nothing larger before
 * it and nothing smaller after it, and answers it (Hoare’s quickselect, middle of three as pivot).
 */
export function selectPlace(values: Float64Array, place: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = middleOfThree(values, low, high);
    let left = low - 1;
    let right = high + 1;
    for (;;) {
      do left++;
      while ((values[left] as number) < pivot);
      do right--;
      while ((values[right] as number) > pivot);
      if (left >= right) break;
      const kept = values[left] as number;
      values[left] = values[right] as number;
      values[right] = kept;
    }
    if (place <= right) high = right;
    else low = right + 1;
  }
  return values[place] as number;
}

/** Values in ascending order, each with its row. */
export interface OrderedRows {
  readonly rows: Int32Array;
  readonly values: Float64Array;
}

/** Writes the values of rows [from, to) in ascending order into an array of that length. */
export function orderWindow(
  { rows, values }: OrderedRows,
  { from, to }: { readonly from: number; readonly to: number },
  into: Float64Array,
): void {
  const width = to - from;
  let place = 0;
  // Written and overwritten until a row of the window comes: no branch to guess wrong.
  for (let at = 0; at < rows.length && place < width; at++) {
    into[place] = values[at] as number;
    place += Number(((rows[at] as number) - from) >>> 0 < width);
  }
}

function middleOfThree(values: Float64Array, low: number, high: number): number {
  const a = values[low] as number;
  const b = values[(low + high) >>> 1] as number;
  const c = values[high] as number;
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

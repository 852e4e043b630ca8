/** Changes of bytes and of lines that readers of files are known to stumble over. */
import type { Draws, Subject } from './target.ts';

const BYTES = [
  0x00, 0x09, 0x0a, 0x0d, 0x20, 0x22, 0x2b, 0x2c, 0x2d, 0x2e, 0x30, 0x39, 0x3b, 0x41, 0x5c, 0x7b,
  0x7d, 0x7f, 0x80, 0x81, 0xa1, 0xbf, 0xc2, 0xd6, 0xe4, 0xed, 0xef, 0xf0, 0xfe, 0xff,
];
const LENGTH_MAX = 65_536;

type Change = (random: Draws, bytes: Buffer) => Buffer;

const splice = (bytes: Buffer, at: number, gone: number, by: Buffer): Buffer =>
  Buffer.concat([bytes.subarray(0, at), by, bytes.subarray(at + gone)]);

function range(random: Draws, bytes: Buffer): [at: number, length: number] {
  const at = random.int(0, bytes.length);
  const most = random.chance(0.8) ? 16 : 512;
  return [at, random.int(0, Math.min(most, bytes.length - at))];
}

const setByte: Change = (random, bytes) => {
  const copy = Buffer.from(bytes);
  if (copy.length > 0) {
    const at = random.int(0, copy.length - 1);
    copy[at] = random.chance(0.7) ? random.pick(BYTES) : random.int(0, 255);
  }
  return copy;
};

const flipBit: Change = (random, bytes) => {
  const copy = Buffer.from(bytes);
  if (copy.length > 0) {
    const at = random.int(0, copy.length - 1);
    copy[at] = (copy[at] ?? 0) ^ (1 << random.int(0, 7));
  }
  return copy;
};

const insert: Change = (random, bytes) => {
  const piece = Buffer.from(Array.from({ length: random.int(1, 4) }, () => random.pick(BYTES)));
  return splice(bytes, random.int(0, bytes.length), 0, piece);
};

const cutOut: Change = (random, bytes) => {
  const [at, length] = range(random, bytes);
  return splice(bytes, at, length, Buffer.alloc(0));
};

const repeat: Change = (random, bytes) => {
  const [at, length] = range(random, bytes);
  const piece = bytes.subarray(at, at + length);
  return splice(bytes, at, 0, Buffer.concat(Array.from({ length: random.int(1, 3) }, () => piece)));
};

const copyOver: Change = (random, bytes) => {
  const [from, length] = range(random, bytes);
  const to = random.int(0, bytes.length - length);
  return splice(bytes, to, length, bytes.subarray(from, from + length));
};

const cutShort: Change = (random, bytes) => bytes.subarray(0, random.int(0, bytes.length));

/** Another digit in the place of one: numbers stay numbers. */
const otherDigit: Change = (random, bytes) => {
  const from = random.int(0, Math.max(0, bytes.length - 1));
  const at = bytes.findIndex((byte, index) => index >= from && byte >= 0x30 && byte <= 0x39);
  if (at < 0) return setByte(random, bytes);
  const copy = Buffer.from(bytes);
  copy[at] = random.int(0x30, 0x39);
  return copy;
};

/** The lines with one deleted, doubled, swapped or moved, whatever ends them. */
const changeLines: Change = (random, bytes) => {
  const text = bytes.toString('latin1');
  const lines = text.split(/(?<=\n)/);
  const at = random.int(0, lines.length - 1);
  const to = random.int(0, lines.length - 1);
  const line = lines[at] ?? '';
  const kind = random.int(0, 3);
  if (kind === 0) lines.splice(at, 1);
  else if (kind === 1) lines.splice(to, 0, line);
  else if (kind === 2) [lines[at], lines[to]] = [lines[to] ?? '', line];
  else
    lines[at] = line.replace(/\r?\n$/, random.pick(['', '\n', '\r', '\r\n\r\n', '\n\r', ' \r\n']));
  return Buffer.from(lines.join(''), 'latin1');
};

const CHANGES = [
  setByte,
  setByte,
  flipBit,
  insert,
  cutOut,
  repeat,
  copyOver,
  cutShort,
  otherDigit,
  otherDigit,
  changeLines,
  changeLines,
];

/** A mutant: one to four changes of bytes, of the structure, or with pieces of another input. */
export function mutantOf(
  random: Draws,
  subject: Pick<Subject, 'words' | 'change'>,
  input: Buffer,
  other: Buffer,
): Buffer {
  let bytes = input;
  const times = random.chance(0.6) ? 1 : random.int(2, 4);
  for (let i = 0; i < times; i += 1) {
    if (subject.change !== undefined && random.chance(0.5)) bytes = subject.change(random, bytes);
    else if (subject.words.length > 0 && random.chance(0.1)) {
      const word = Buffer.from(random.pick(subject.words));
      const gone = random.chance(0.5) ? 0 : Math.min(word.length, bytes.length);
      bytes = splice(bytes, random.int(0, bytes.length - gone), gone, word);
    } else if (random.chance(0.05)) {
      const [at, length] = range(random, other);
      const place = random.int(0, bytes.length);
      bytes = splice(bytes, place, 0, other.subarray(at, at + length));
    } else bytes = random.pick(CHANGES)(random, bytes);
  }
  return Buffer.from(bytes.subarray(0, LENGTH_MAX));
}

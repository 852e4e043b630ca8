/** Secrets that are known, looked for wherever they might have been written. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** A secret under the name that a finding has. */
export interface Canary {
  readonly name: string;
  readonly value: string;
}

/** Base64 of the value wherever it stands in what was encoded: without the characters its neighbours share. */
function base64Forms(value: string): string[] {
  return [0, 1, 2].map((before) => {
    const whole = Buffer.from(`${'\0'.repeat(before)}${value}`);
    const from = Math.ceil((before * 8) / 6);
    return whole.toString('base64').slice(from, Math.floor((whole.length * 8) / 6));
  });
}

/** The value as it stands, and as programs write it: escaped, percent-encoded, in hexadecimal, base64, UTF-16. */
function formsOf(value: string): Buffer[] {
  const escaped = JSON.stringify(value).slice(1, -1);
  const ascii = escaped.replaceAll(
    /[^ -~]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const bytes = Buffer.from(value);
  const percent = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  const hex = bytes.toString('hex');
  const base64 = base64Forms(value);
  const texts = [
    value,
    escaped,
    ascii,
    encodeURIComponent(value),
    percent,
    percent.toUpperCase(),
    hex,
    hex.toUpperCase(),
    ...base64,
    ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ];
  return [...[...new Set(texts)].map((text) => Buffer.from(text)), Buffer.from(value, 'utf16le')];
}

/** The names of the canaries that stand in the bytes, in whatever form. */
export function canariesIn(bytes: Buffer, canaries: readonly Canary[]): string[] {
  return canaries
    .filter(({ value }) => formsOf(value).some((form) => bytes.includes(form)))
    .map(({ name }) => name);
}

/** Every file of a folder that holds a canary, as 'file: names'. */
export function canariesUnder(folder: string, canaries: readonly Canary[]): string[] {
  const all = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) =>
    join(folder, name),
  );
  return all
    .filter((path) => statSync(path).isFile())
    .flatMap((path) => {
      const found = canariesIn(readFileSync(path), canaries);
      return found.length === 0 ? [] : [`${relative(folder, path)}: ${found.join(', ')}`];
    });
}

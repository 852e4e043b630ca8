/**
 * The corpus of bad inputs as data: one JSON file a group, each a list of sets that share a row of the
 * list of bad inputs, what they are put into and what must be answered.
 */
import { readdirSync, readFileSync } from 'node:fs';
import type { FileChange } from './change-file.ts';
import type { Json } from './mutations.ts';

/** A text as it stands, one too long to write out, or bytes in base64. */
export type Input =
  | string
  | { readonly bytes: string }
  | {
      readonly before?: string;
      readonly repeat: string;
      readonly times: number;
      readonly after?: Input;
    };

/** Inputs with the code that their refusal names. */
interface CodedInput {
  readonly text: Input;
  readonly code: string;
}

/** A change of a good file, and the code of the first fault where every importer names one. */
export interface CorpusChange {
  readonly what: string;
  readonly do: FileChange;
  readonly code?: string;
}

/** Inputs of one kind. */
export interface CorpusSet {
  readonly id: string;
  /** The row of docs/operations/bad-input.md. */
  readonly row: number;
  readonly what: string;
  /** The places of requests and files that the runner puts them into; none where a test of its own does. */
  readonly into: readonly string[];
  /** Statuses, or 'taken', 'the same', 'nobody', 'refused' whole. */
  readonly answer: readonly (number | string)[];
  /** The codes one of which the refusal has, when the row says so. */
  readonly codes?: readonly string[];
  readonly inputs?: readonly (Input | CodedInput)[];
  /** Values that are no texts. */
  readonly values?: readonly Json[];
  readonly changes?: readonly CorpusChange[];
}

const FOLDER = new URL('./corpus/', import.meta.url);

/** Every set of every group. */
export const CORPUS: readonly CorpusSet[] = readdirSync(FOLDER).flatMap(
  (name) => JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8')) as CorpusSet[],
);

/** The set of this id. Throws when there is none. */
export function setOf(id: string): CorpusSet {
  const found = CORPUS.find((set) => set.id === id);
  if (found === undefined) throw new Error(`the corpus has no set '${id}'`);
  return found;
}

/** The sets that are put into a place. */
export function setsInto(place: string): CorpusSet[] {
  return CORPUS.filter(({ into }) => into.includes(place));
}

/** An input as it is sent. */
export function written(input: Input): string | Buffer {
  if (typeof input === 'string') return input;
  if ('bytes' in input) return Buffer.from(input.bytes, 'base64');
  const { before = '', repeat, times, after = '' } = input;
  return `${before}${repeat.repeat(times)}${String(written(after))}`;
}

/** The inputs of a set as they are sent, bytes and texts. */
export function inputsOf(set: CorpusSet): (string | Buffer)[] {
  return (set.inputs ?? []).map((input) =>
    written(typeof input === 'object' && 'text' in input ? input.text : input),
  );
}

/** The texts of sets, by id. */
export function texts(...ids: readonly string[]): string[] {
  return ids.flatMap((id) => inputsOf(setOf(id)).filter((input) => typeof input === 'string'));
}

/** The texts of a set with the code that each is refused with. */
export function codedTexts(id: string): [string, string][] {
  return (setOf(id).inputs ?? []).flatMap((input) =>
    typeof input === 'object' && 'code' in input
      ? [[String(written(input.text)), input.code] as [string, string]]
      : [],
  );
}

/** How many inputs a set has. */
export function countOf(set: CorpusSet): number {
  return (set.inputs ?? []).length + (set.values ?? []).length + (set.changes ?? []).length;
}

/** The pairs of letters by which a part of a name is found. */
import { graphemesOf, nameKey } from './text.ts';

/** The rule by which pairs are made; a customer whose pairs are of an older one is made up again. */
export const NAME_PAIRS_VERSION = 1;

/** Longer texts are cut: nobody types more, and the rest is compared with the name itself. */
const PAIRS_MAX = 64;

/** Every two letters side by side in the comparison copy of a text, without repetition. */
export function pairsOf(text: string): string[] {
  const letters = graphemesOf(nameKey(text));
  const pairs = letters.slice(1).map((letter, index) => `${letters[index] ?? ''}${letter}`);
  return [...new Set(pairs)].slice(0, PAIRS_MAX);
}

/** Whether a name holds a text, both by their comparison copies. */
export function holdsText(name: string, text: string): boolean {
  return nameKey(name).includes(nameKey(text));
}

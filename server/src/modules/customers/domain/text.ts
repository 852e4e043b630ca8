/**
 * What text a field may hold. Three policies: a `name` is strict, because it is compared and written
 * into registrar files; a `line` (address) is one visible line; a `note` (a reason) is anything the
 * database keeps exactly. Accepted text is kept as it was given, never trimmed or folded: comparison
 * happens on a copy (`nameKey`).
 */
import type { Finding } from '@cairn/kernel';
import { byteLengthGb18030 } from '@cairn/ofd';
import { blocked } from './finding.ts';

/** How strict a text field is. */
export type TextPolicy = 'name' | 'line' | 'note';

/** One text field: its name on the wire, its policy, and the widths it must fit. */
export interface TextRule {
  readonly field: string;
  readonly policy: TextPolicy;
  /** Width of the registrar field in GB18030 bytes. */
  readonly bytesMax: number;
}

const MARKS_IN_A_ROW_MAX = 3;

// U+FEFF is lost by the embedded database, NUL is refused by PostgreSQL, a lone surrogate turns
// into U+FFFD: three characters that cannot come back as they went in.
function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\u0000') && !text.includes('\uFEFF');
}

const CONTROL = /\p{Cc}/u;
// Format characters (bidirectional overrides, zero-width, tags), line and paragraph separators,
// and letters that print as nothing.
const INVISIBLE = /[\p{Cf}\u2028\u2029\u115F\u1160\u3164\uFFA0]|\u034F/u;
const EMOJI = /[\p{Extended_Pictographic}\p{Regional_Indicator}\u20E3\uFE0F]/u;
const MARKS_IN_A_ROW = new RegExp(`\\p{M}{${MARKS_IN_A_ROW_MAX + 1},}`, 'u');
const UNASSIGNED = /[\p{Cn}\p{Co}]/u;

// Latin, Greek and Cyrillic hold look-alike letters; a name is written in one of them.
const LOOK_ALIKE = [/\p{Script=Latin}/u, /\p{Script=Greek}/u, /\p{Script=Cyrillic}/u];

function mixesScripts(text: string): boolean {
  return LOOK_ALIKE.filter((script) => script.test(text)).length > 1;
}

/** Every reason why the text may not stand in the field; none when it may. */
export function checkText(rule: TextRule, text: string): Finding[] {
  const { field, policy, bytesMax } = rule;
  if (!isStorable(text)) return [blocked('TEXT_NOT_STORABLE', { field })];
  const findings: Finding[] = [];
  if (text.trim() === '') findings.push(blocked('TEXT_EMPTY', { field }));
  if (policy !== 'note') {
    if (CONTROL.test(text)) findings.push(blocked('TEXT_CONTROL_CHARACTER', { field }));
    if (INVISIBLE.test(text)) findings.push(blocked('TEXT_INVISIBLE_CHARACTER', { field }));
    if (MARKS_IN_A_ROW.test(text)) {
      findings.push(blocked('TEXT_TOO_MANY_MARKS', { field, marksMax: MARKS_IN_A_ROW_MAX }));
    }
    // A private-use character has no agreed shape, so the registrar would print another one.
    if (UNASSIGNED.test(text)) findings.push(blocked('TEXT_UNASSIGNED_CHARACTER', { field }));
  }
  if (policy === 'name') {
    if (EMOJI.test(text)) findings.push(blocked('TEXT_EMOJI', { field }));
    if (mixesScripts(text)) findings.push(blocked('TEXT_MIXED_SCRIPTS', { field }));
  }
  const bytes = byteLengthGb18030(text);
  if (bytes > bytesMax) findings.push(blocked('TEXT_TOO_LONG', { field, bytes, bytesMax }));
  return findings;
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The characters of a text as a reader counts them. */
export function graphemesOf(text: string): string[] {
  return Array.from(graphemes.segment(text), (part) => part.segment);
}

// The dot inside a transliterated name is typed in many ways; GB 18030 names U+00B7.
const NAME_DOTS = /[\u2022\u2027\u22C5\u30FB\uFF65\u0387]/g;

/**
 * The copy of a name that comparison uses: compatibility form (so full-width letters and composed
 * accents agree), one kind of middle dot, single blanks, no blanks at the ends, lower case.
 */
export function nameKey(name: string): string {
  return name
    .normalize('NFKC')
    .replace(NAME_DOTS, '\u00B7')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

import {
  type ErrorRow,
  type ErrorTable,
  type Finding,
  kernelErrors,
  renderMessage,
  type Speech,
} from '@cairn/kernel';
import { type MessageTable, platformErrors, platformMessages, type WordTable } from '../errors.ts';

/** What a module brings to the catalogue. */
export interface CatalogSource {
  readonly name: string;
  readonly errors: ErrorTable;
  readonly messages?: MessageTable;
  readonly words?: WordTable;
}

/** Every error code and every finding text of the program. */
export interface Catalog {
  readonly errors: ReadonlyMap<string, ErrorRow>;
  readonly messages: MessageTable;
  /** How each language says the codes in details. */
  readonly speech: { readonly en: Speech; readonly zh: Speech };
}

/** A finding as it stands on the wire, with both texts. */
export interface WireFinding {
  code: string;
  severity: string;
  message: string;
  messageZh: string;
  remedy?: string;
  remedyZh?: string;
  details: Record<string, unknown>;
}

const CODE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;

/**
 * Joins the tables of kernel and platform with those of the modules. Throws at start when a code stands twice,
 * is not UPPER_SNAKE or its status is no error: one code, one meaning, one owner.
 */
export function composeCatalog(modules: readonly CatalogSource[]): Catalog {
  const errors = new Map<string, ErrorRow>();
  const messages: Record<string, readonly [string, string]> = Object.create(null);
  const platform = { name: 'platform', errors: platformErrors, messages: platformMessages };
  const kernel: CatalogSource = { name: 'kernel', errors: kernelErrors };
  for (const source of [kernel, platform, ...modules]) {
    for (const [code, row] of Object.entries<ErrorRow>(source.errors)) {
      if (!CODE.test(code)) throw new Error(`error code ${code} of ${source.name} is misspelt`);
      if (errors.has(code)) throw new Error(`error code ${code} of ${source.name} stands twice`);
      if (row[0] < 400 || row[0] > 599) throw new Error(`error code ${code} has status ${row[0]}`);
      errors.set(code, row);
    }
    for (const [code, texts] of Object.entries(source.messages ?? {})) {
      if (code in messages) throw new Error(`message ${code} of ${source.name} stands twice`);
      messages[code] = texts;
    }
  }
  return { errors, messages, speech: speechOf(modules) };
}

/** The words of every module together; throws when a code would have two in one detail. */
function speechOf(modules: readonly CatalogSource[]): Catalog['speech'] {
  const words = new Map<string, readonly [en: string, zh: string]>();
  for (const source of modules) {
    for (const [name, codes] of Object.entries(source.words ?? {})) {
      for (const [code, texts] of Object.entries(codes)) {
        const known = words.get(`${name} ${code}`);
        if (known !== undefined && known.join() !== texts.join()) {
          throw new Error(`the word for ${code} in ${name} of ${source.name} stands twice`);
        }
        words.set(`${name} ${code}`, texts);
      }
    }
  }
  return {
    en: { wordOf: (name, code) => words.get(`${name} ${code}`)?.[0], comma: ', ' },
    zh: { wordOf: (name, code) => words.get(`${name} ${code}`)?.[1], comma: '、' },
  };
}

/** JSON-safe copy of details: exact integers as their digits, other values as they are. */
export function wireDetails(details: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return JSON.parse(
    JSON.stringify(details, (_key, value: unknown) =>
      typeof value === 'bigint' ? value.toString() : value,
    ),
  );
}

/**
 * Renders findings for the wire. The way out is the text of `remedy`, or of the finding's code with
 * `_REMEDY`. A code without a text is shown as the code itself.
 */
export function renderFindings(catalog: Catalog, findings: readonly Finding[]): WireFinding[] {
  return findings.map((finding) => {
    const details = wireDetails(finding.details ?? {});
    const [message, messageZh] = textsOf(catalog, finding.code, details);
    const wire: WireFinding = {
      code: finding.code,
      severity: finding.severity,
      message,
      messageZh,
      details,
    };
    const remedy = finding.remedy ?? `${finding.code}_REMEDY`;
    if (finding.remedy !== undefined || remedy in catalog.messages) {
      [wire.remedy, wire.remedyZh] = textsOf(catalog, remedy, details);
    }
    return wire;
  });
}

function textsOf(
  catalog: Catalog,
  code: string,
  details: Record<string, unknown>,
): readonly [string, string] {
  const [en, zh] = catalog.messages[code] ?? catalog.errors.get(code)?.slice(1, 3) ?? [code, code];
  return renderBoth(catalog, [String(en), String(zh)], details);
}

/** A text in both languages with its details, codes said as words. */
export function renderBoth(
  { speech }: Pick<Catalog, 'speech'>,
  [en, zh]: readonly [en: string, zh: string],
  details: Readonly<Record<string, unknown>>,
): readonly [en: string, zh: string] {
  return [renderMessage(en, details, speech.en), renderMessage(zh, details, speech.zh)];
}

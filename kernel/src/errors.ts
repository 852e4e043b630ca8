/**
 * One row of an error table: HTTP status, English message, Chinese message, and whether the same
 * request may succeed when sent again. Messages may hold `{name}` places for details.
 */
export type ErrorRow = readonly [
  status: number,
  messageEn: string,
  messageZh: string,
  retryable: boolean,
];

/** Stable error codes and their rows. */
export type ErrorTable = Readonly<Record<string, ErrorRow>>;

/**
 * The one exception class for expected failures: a stable code of an error table, and details that
 * fill its message. Everything else that is thrown is a bug.
 */
export class AppError extends Error {
  readonly code: string;
  readonly details: Record<string, unknown>;

  constructor(code: string, details: Record<string, unknown> = {}, options?: { cause?: unknown }) {
    super(code, options);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}

/** A broken assumption of the program itself: always a bug, never an answer to bad input. */
export class AssertionError extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'AssertionError';
  }
}

/** Throws AssertionError with `why` unless the condition holds. */
export function assert(condition: unknown, why: string): asserts condition {
  if (!condition) throw new AssertionError(why);
}

/** How a language says what stands in a detail: a code as a word, and what parts a list. */
export interface Speech {
  /** The word for a code in the detail of a name; undefined when there is none. */
  wordOf(name: string, code: string): string | undefined;
  readonly comma: string;
}

const AS_IT_IS: Speech = { wordOf: () => undefined, comma: ', ' };

/**
 * Fills the `{name}` places of a message with details. A missing detail shows as the bare name, so
 * a message is always readable; text inside a detail is never expanded again. With `speech` a code
 * is said as its word.
 */
export function renderMessage(
  template: string,
  details: Readonly<Record<string, unknown>>,
  speech: Speech = AS_IT_IS,
): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(details, name) ? details[name] : undefined;
    return value === undefined ? name : show(name, value, speech);
  });
}

function show(name: string, value: unknown, speech: Speech): string {
  if (typeof value === 'string') return speech.wordOf(name, value) ?? value;
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return value.map((one) => show(name, one, speech)).join(speech.comma);
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'bigint' ? inner.toString() : inner,
  );
}

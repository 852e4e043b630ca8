/** An expected outcome as a value: what was decided, or why not. */
export type Result<T, E> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

/** A success. */
export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

/** A refusal. */
export function err<E>(error: E): { readonly ok: false; readonly error: E } {
  return { ok: false, error };
}

/** What one check found: a stable code, how grave it is, facts for the message, and the way out. */
export interface Finding {
  readonly code: string;
  readonly severity: 'block' | 'warn' | 'info';
  readonly details?: Record<string, unknown>;
  readonly remedy?: string;
}

/** One rule: nothing, one finding or several. Give it a name, which a failure reports. */
export type Check<C> = (context: C) => Finding | undefined | readonly Finding[];

/**
 * Runs every check and returns every finding, in the order of the checks. A check that throws is
 * a blocking RULE_NOT_EVALUATED with the check's name and the reason: a rule that could not be
 * evaluated never counts as passed.
 */
export function runChecks<C>(checks: readonly Check<C>[], context: C): Finding[] {
  const findings: Finding[] = [];
  for (const check of checks) {
    try {
      const found = check(context);
      if (found !== undefined) findings.push(...('code' in found ? [found] : found));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const details = { check: check.name === '' ? 'unnamed' : check.name, reason };
      findings.push({ code: 'RULE_NOT_EVALUATED', severity: 'block', details });
    }
  }
  return findings;
}

import { STATUS_CODES } from 'node:http';
import { AppError, type Finding } from '@cairn/kernel';
import {
  type Catalog,
  renderBoth,
  renderFindings,
  type WireFinding,
  wireDetails,
} from './catalog.ts';

/** One field that was refused: JSON pointer into the body, query or path, and why. */
export interface FieldError {
  path: string;
  message: string;
  messageZh: string;
}

/** Problem details (RFC 9457) as every refused request gets them. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  detailZh: string;
  traceId: string;
  errors?: FieldError[];
  reasons?: WireFinding[];
  details?: Record<string, unknown>;
}

/** A problem with what belongs into the headers. */
export interface ProblemReply {
  readonly problem: Problem;
  readonly retryAfterSeconds?: number;
}

// Written to their own members, or to a header, instead of `details`.
const OWN_MEMBERS = new Set(['errors', 'reasons', 'retryAfterSeconds']);

/**
 * The problem of an error. `details.errors` (FieldError[]) and `details.reasons` (Finding[]) become
 * their own members; `details.retryAfterSeconds` the header. A code that stands in no table is
 * INTERNAL and shows nothing else.
 */
export function problemOf(catalog: Catalog, error: AppError, traceId: string): ProblemReply {
  const row = catalog.errors.get(error.code);
  if (row === undefined) return problemOf(catalog, new AppError('INTERNAL'), traceId);
  const [status, en, zh, isRetryable] = row;
  const { details } = error;
  const [detail, detailZh] = renderBoth(catalog, [en, zh], details);
  const problem: Problem = {
    type: `urn:cairn:error:${error.code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code: error.code,
    detail,
    detailZh,
    traceId,
  };
  if (Array.isArray(details['errors'])) problem.errors = details['errors'] as FieldError[];
  if (Array.isArray(details['reasons'])) {
    problem.reasons = renderFindings(catalog, details['reasons'] as Finding[]);
  }
  const rest = Object.entries(details).filter(([name]) => !OWN_MEMBERS.has(name));
  if (rest.length > 0 && status < 500) problem.details = wireDetails(Object.fromEntries(rest));
  if (!isRetryable) return { problem };
  const seconds = details['retryAfterSeconds'];
  return { problem, retryAfterSeconds: typeof seconds === 'number' ? seconds : 1 };
}

/** What is known about a right request. */
import type { Role } from '../../server/src/platform/actor.ts';
import type { Json, Shape } from './mutations.ts';

/** A right request and what is known about it. */
export interface Endpoint extends Shape {
  /** 'POST /orders', as the API document names it. */
  readonly route: string;
  readonly as: Role;
  readonly url: string;
  readonly body?: Json;
  /** A body that is not JSON. */
  readonly file?: { readonly type: string; readonly text: string };
  /** Text fields that take any text. */
  readonly free?: readonly string[];
  /** Passwords: any text, and each costs a slow hash. */
  readonly secret?: readonly string[];
  /** The answer to the right request. */
  readonly answer: number;
}

/** An id of the right form that nothing has. */
export const NOBODY = {
  customerId: 'C0N0B0DY0N0B0DY0',
  assetAccountNo: '00N0B0DY0N0B0D',
  orderId: '00ABSENTABSENTABSENTABSE',
  warningId: '000000000000000000000000',
  staffId: 'S00000000000000000000',
  sessionId: 'Z00000000000000000000',
  keyId: 'K00000000000000000000',
  exceptionId: 'X0000000000000000000',
  approvalId: 'A0000000000000000000',
  runId: 'D00000000000000000000',
  draftId: 'D00000000000000000000',
} as const;

/** What reasons say. */
export const reason = 'checked against the original';

/** One right request. */
export function of(route: string, as: Role, url: string, rest: Partial<Endpoint> = {}): Endpoint {
  return { route, as, url, answer: 200, ...rest };
}

/** One right request that posts. */
export function posts(route: string, as: Role, rest: Partial<Endpoint>): Endpoint {
  return of(`POST ${route}`, as, rest.url ?? route, rest);
}

/**
 * Who sits there. The server says it; this keeps the answer for the pages and knows what the
 * session still lacks: the second factor, its enrolment, a new password.
 */
import { useState, useSyncExternalStore } from 'react';
import { api, ask, setCsrfToken } from '../api/client.ts';
import { asProblem, type Problem } from '../api/problem.ts';
import type { paths } from '../api/schema.ts';

type CurrentSession =
  paths['/auth/session']['get']['responses'][200]['content']['application/json'];
export type Role = CurrentSession['user']['roles'][number];
export type Stage = CurrentSession['stage'];

/** What is known of the session; 'asking' until the first answer, 'unreachable' when there is none. */
export type SessionState =
  | { readonly kind: 'asking' }
  | { readonly kind: 'none' }
  | { readonly kind: 'unreachable'; readonly problem: Problem }
  | ({ readonly kind: 'known' } & CurrentSession);

let current: SessionState = { kind: 'asking' };
const listeners = new Set<() => void>();

function set(state: SessionState): void {
  current = state;
  for (const tell of listeners) tell();
}

// Whether this browser had a session: without one, nothing is asked and no refusal is caused. It
// says nothing about whose it was; a browser that keeps nothing simply asks.
const HINT = 'cairn.session';

function mayHaveSession(): boolean {
  try {
    return localStorage.getItem(HINT) !== null;
  } catch {
    return true;
  }
}

function keepHint(isThere: boolean): void {
  try {
    if (isThere) localStorage.setItem(HINT, '1');
    else localStorage.removeItem(HINT);
  } catch {
    // Then the server is asked at the next visit.
  }
}

/**
 * Finds out whose session this is, where that is not known yet. Throws `Problem` when the server
 * does not say: nobody is sent to log in because of that.
 */
export async function findSession(): Promise<void> {
  if (current.kind === 'known' || current.kind === 'none') return;
  if (!mayHaveSession()) {
    set({ kind: 'none' });
    return;
  }
  const found = await refreshSession();
  if (found.kind === 'unreachable') throw found.problem;
}

/** Asks the server whose session this is. */
export async function refreshSession(): Promise<SessionState> {
  try {
    const session = await ask(() => api.GET('/auth/session'));
    setCsrfToken(session.csrfToken);
    keepHint(true);
    set({ kind: 'known', ...session });
  } catch (error) {
    const problem = asProblem(error);
    const isOver = problem.code === 'UNAUTHENTICATED';
    if (isOver) keepHint(false);
    set(isOver ? { kind: 'none' } : { kind: 'unreachable', problem });
  }
  return current;
}

/** The session is over: nothing of it stays in the page. */
export function forgetSession(): void {
  setCsrfToken(undefined);
  keepHint(false);
  if (current.kind !== 'none') set({ kind: 'none' });
}

/** Ends the session at the server and here. */
export async function logOut(): Promise<void> {
  await ask(() => api.POST('/auth/logout'));
  forgetSession();
}

export const getSession = (): SessionState => current;

export function subscribeSession(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

export function useSession(): SessionState {
  return useSyncExternalStore(subscribeSession, getSession);
}

/**
 * The open session; for pages that only an open session reaches. What it was when the page came holds
 * from its end until the page is left.
 */
export function useKnownSession(): CurrentSession {
  const [atFirst] = useState(getSession);
  const now = useSession();
  const session = now.kind === 'known' ? now : atFirst;
  if (session.kind !== 'known') throw new Error('this page needs a session');
  return session;
}

export const isOpen = (
  session: SessionState,
): session is Extract<SessionState, { kind: 'known' }> =>
  session.kind === 'known' && session.stage === 'open';

/** Whether it is an investor who sits there: he has pages of his own. */
export const isInvestor = (session: SessionState): boolean =>
  session.kind === 'known' && session.user.kind === 'investor';

/** The customer whom the investor is; for pages that only investors reach. */
export function useMyCustomerId(): string {
  const { user } = useKnownSession();
  if (user.customerId === undefined) throw new Error('this page needs an investor');
  return user.customerId;
}

/** Whether the reader has one of the roles; the server decides again at every request. */
export function useHasRole(...roles: readonly Role[]): boolean {
  const session = useSession();
  return session.kind === 'known' && roles.some((role) => session.user.roles.includes(role));
}

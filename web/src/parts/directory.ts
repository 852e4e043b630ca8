/** Who works in the house, asked for once by everyone who acts for it. */
import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client.ts';
import type { Got } from '../api/types.ts';
import { useSession } from '../app/session.ts';

export type Person = Got<'/directory'>['people'][number];

const FRESH_MS = 300_000;

/** What the directory says in the form that a page needs; `select` is a function of its own. */
export function useDirectory<T>(select: (people: readonly Person[]) => T) {
  const session = useSession();
  const isStaff = session.kind === 'known' && session.user.kind === 'staff';
  return useQuery({
    queryKey: ['directory'],
    enabled: isStaff,
    staleTime: FRESH_MS,
    queryFn: async () => (await ask(() => api.GET('/directory'))).people,
    select,
  });
}

/** Advisers who may be given a customer of a branch. */
export const advisersOf = (people: readonly Person[], branch: string): Person[] =>
  people.filter(
    ({ roles, state, branchCode }) =>
      roles.includes('adviser') &&
      state === 'active' &&
      (branchCode === undefined || branchCode === branch),
  );

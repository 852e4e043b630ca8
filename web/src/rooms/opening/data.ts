/** What the form asks the server: checks as one types, drafts, and the opening itself. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, ask } from '../../api/client.ts';
import type { Got } from '../../api/types.ts';
import { useDebounced } from '../../parts/debounced.ts';
import type { Person } from '../../parts/directory.ts';
import { bodyOf, type CustomerKind, type Typed } from './typed.ts';

export type Draft = Got<'/opening-drafts'>['drafts'][number];

const SETTLE_MS = 250;

/**
 * What the server says of the form as it stands. What was typed is kept in no cache: it is asked
 * anew, and the answer before stays on the screen until the next has come.
 */
export function useCheck(typed: Typed) {
  const body = bodyOf(typed);
  const text = JSON.stringify(body);
  const settled = useDebounced(text, SETTLE_MS);
  const query = useQuery({
    queryKey: ['opening', 'check', settled],
    gcTime: 0,
    placeholderData: keepPreviousData,
    queryFn: () =>
      ask(() => api.POST('/customers/opening-check', { body: JSON.parse(settled) as typeof body })),
  });
  const isCurrent = settled === text && !query.isPlaceholderData && query.data !== undefined;
  return { check: query.data, isCurrent, error: query.isError ? query.error : undefined };
}

export type Check = NonNullable<ReturnType<typeof useCheck>['check']>;

const draftsKey = ['opening', 'drafts'] as const;

/** One's own drafts. */
export function useDrafts() {
  return useQuery({
    queryKey: draftsKey,
    queryFn: () => ask(() => api.GET('/opening-drafts')),
  });
}

/** A draft with what was typed; read once, and in no cache afterwards. */
export function useWholeDraft(draftId: string) {
  return useQuery({
    queryKey: [...draftsKey, draftId],
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () =>
      ask(() => api.GET('/opening-drafts/{draftId}', { params: { path: { draftId } } })),
  });
}

/** Keeps the form on the server: a new draft the first time, over the version seen afterwards. */
export function useKeep() {
  const queries = useQueryClient();
  return useMutation({
    scope: { id: 'opening draft' },
    mutationFn: ({
      draft,
      typed,
      step,
    }: {
      draft: Draft | undefined;
      typed: Typed;
      step: number;
    }) => {
      const content = { ...bodyOf(typed), step };
      if (draft === undefined) return ask(() => api.POST('/opening-drafts', { body: { content } }));
      const { draftId, version: expectedVersion } = draft;
      const params = { path: { draftId } };
      return ask(() =>
        api.PUT('/opening-drafts/{draftId}', { params, body: { expectedVersion, content } }),
      );
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: draftsKey, exact: true }),
  });
}

/** Throws a draft away. */
export function useDiscard() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (draftId: string) =>
      ask(() => api.DELETE('/opening-drafts/{draftId}', { params: { path: { draftId } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: draftsKey, exact: true }),
  });
}

/** Opens the customer; the draft goes with it. Gives the customer's number. */
export function useOpen() {
  const discard = useDiscard();
  return useMutation({
    mutationFn: async ({ typed, draft }: { typed: Typed; draft: Draft | undefined }) => {
      const { customerId } = await ask(() => api.POST('/customers', { body: bodyOf(typed) }));
      // The customer is there: a draft that stays for some days is no reason to say otherwise.
      if (draft !== undefined) await discard.mutateAsync(draft.draftId).catch(() => undefined);
      return customerId;
    },
  });
}

/** The people of the house, and the branches that they belong to. */
export const houseOf = (people: readonly Person[]) => {
  const branches = people.flatMap(({ branchCode }) => branchCode ?? []);
  return { people, branches: [...new Set(branches)].toSorted((a, b) => (a < b ? -1 : 1)) };
};

export const KINDS: readonly CustomerKind[] = ['1', '0', '2'];

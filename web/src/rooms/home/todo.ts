/** What waits for the reader, from what his roles may see. */
import { useQuery } from '@tanstack/react-query';
import { api, ask, BACKGROUND } from '../../api/client.ts';
import { useHasRole, useKnownSession } from '../../app/session.ts';

const ANEW_MS = 30_000;
const COUNTED_MAX = 50;

export type TodoKind = 'approvals' | 'block' | 'approve' | 'remind' | 'refused' | 'rejected';

export interface Todo {
  readonly kind: TodoKind;
  readonly count: number;
  readonly isMore: boolean;
}

function useApprovalsForMe(): number {
  const { user } = useKnownSession();
  const mayDecide = useHasRole('reviewer', 'compliance', 'productManager', 'operations');
  const { data } = useQuery({
    queryKey: ['approvals', 'waiting', 'home'],
    enabled: mayDecide,
    refetchInterval: ANEW_MS,
    queryFn: () =>
      ask(() =>
        api.GET('/approvals', {
          params: { query: { state: 'waiting', limit: 200 } },
          headers: BACKGROUND,
        }),
      ),
  });
  return (data?.approvals ?? []).filter(({ maker }) => maker !== `staff:${user.id}`).length;
}

/** The board of the day that is due, for those who watch the day. */
export function useHomeBoard() {
  const mayWatch = useHasRole('operations', 'compliance', 'auditor', 'reviewer');
  return useQuery({
    queryKey: ['operations', 'due'],
    enabled: mayWatch,
    refetchInterval: ANEW_MS,
    queryFn: () => ask(() => api.GET('/business-days/due/board', { headers: BACKGROUND })),
  });
}

/** Every open exception, of whatever day. */
function useExceptionCounts(): Record<'block' | 'approve' | 'remind', number> {
  const isOwner = useHasRole('operations');
  const { data } = useQuery({
    queryKey: ['operations', 'exceptions', undefined],
    enabled: isOwner,
    refetchInterval: ANEW_MS,
    queryFn: () => ask(() => api.GET('/exceptions', { headers: BACKGROUND })),
  });
  const of = (severity: string) =>
    (data ?? []).filter((exception) => exception.severity === severity).length;
  return { block: of('block'), approve: of('approve'), remind: of('remind') };
}

function useOrdersIn(state: 'refused' | 'rejected'): number {
  const isAdviser = useHasRole('adviser');
  const { data } = useQuery({
    queryKey: ['orders', 'home', state],
    enabled: isAdviser,
    refetchInterval: ANEW_MS,
    queryFn: () =>
      ask(() =>
        api.GET('/orders', {
          params: { query: { state, limit: COUNTED_MAX } },
          headers: BACKGROUND,
        }),
      ),
  });
  return data?.orders.length ?? 0;
}

/** Everything that waits, the most urgent first; what is empty is left out. */
export function useTodos(): readonly Todo[] {
  const approvals = useApprovalsForMe();
  const exceptions = useExceptionCounts();
  const refused = useOrdersIn('refused');
  const rejected = useOrdersIn('rejected');
  const all: readonly [TodoKind, number][] = [
    ['block', exceptions.block],
    ['approvals', approvals],
    ['approve', exceptions.approve],
    ['rejected', rejected],
    ['refused', refused],
    ['remind', exceptions.remind],
  ];
  return all
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => ({
      kind,
      count,
      isMore: (kind === 'refused' || kind === 'rejected') && count >= COUNTED_MAX,
    }));
}

/** What waits for the reader: the server knows his roles and counts. */
import { useQuery } from '@tanstack/react-query';
import { api, ask, BACKGROUND } from '../../api/client.ts';
import type { Got } from '../../api/types.ts';
import { useHasRole } from '../../app/session.ts';

const ANEW_MS = 30_000;

export type Todo = Got<'/todo'>['items'][number];

/** Everything that waits, the most urgent first. */
export function useTodos() {
  return useQuery({
    queryKey: ['todo'],
    refetchInterval: ANEW_MS,
    queryFn: () => ask(() => api.GET('/todo', { headers: BACKGROUND })),
  });
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

import { useQuery } from '@tanstack/react-query';
import { api, ask, BACKGROUND } from '../../api/client.ts';
import type { Got } from '../../api/types.ts';
import { download } from '../../parts/download.ts';

export type Run = Got<'/document-runs'>['runs'][number];

const WATCH_MS = 2_000;

const isOpen = (run: Run): boolean => run.state === 'running';

/** The reader's own runs, looked at again while one is under way. */
export function useRuns() {
  return useQuery({
    queryKey: ['documents', 'runs'],
    queryFn: () => ask(() => api.GET('/document-runs', { headers: BACKGROUND })),
    refetchInterval: ({ state }) => (state.data?.runs.some(isOpen) === true ? WATCH_MS : false),
  });
}

/** One run, looked at again while it is under way. */
export function useRun(runId: string) {
  return useQuery({
    queryKey: ['documents', 'run', runId],
    queryFn: () =>
      ask(() =>
        api.GET('/document-runs/{runId}', { params: { path: { runId } }, headers: BACKGROUND }),
      ),
    refetchInterval: ({ state }) =>
      state.data !== undefined && isOpen(state.data) ? WATCH_MS : false,
  });
}

/** Saves every document of a run as one archive. */
export function fetchArchive(runId: string): Promise<void> {
  return download(() =>
    api.GET('/document-runs/{runId}/archive', { params: { path: { runId } }, parseAs: 'blob' }),
  );
}

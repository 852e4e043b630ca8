import { useQuery } from '@tanstack/react-query';
import { api, ask, BACKGROUND } from '../../api/client.ts';
import type { Got } from '../../api/types.ts';
import { download } from '../../parts/download.ts';
import { useCursorPages } from '../../parts/table/cursor-pages.tsx';

export type Run = Got<'/document-runs'>['runs'][number];

const WATCH_MS = 2_000;

const isOpen = (run: Run): boolean => run.state === 'running';

/** The reader's own runs, page by page, looked at again while one is under way. */
export function useRuns() {
  return useCursorPages(
    ['documents', 'runs'],
    ({ limit, cursor }) =>
      ask(() =>
        api.GET('/document-runs', {
          params: { query: { limit, ...(cursor === undefined ? {} : { cursor }) } },
          headers: BACKGROUND,
        }),
      ),
    (data) => data.nextCursor,
    ({ runs }) => (runs.some(isOpen) ? WATCH_MS : false),
  );
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

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { api, ask, BACKGROUND } from '../../api/client.ts';
import type { Got } from '../../api/types.ts';
import { useCursorPages } from '../../parts/table/cursor-pages.tsx';

export type DayItem = Got<'/business-days'>[number];
export type Board = Got<'/business-days/{businessDate}/board'>;
export type Step = Board['steps'][number];
export type StepName = Step['step'];
export type Exception = Got<'/exceptions/search'>['exceptions'][number];
export type DayFile = Got<'/business-days/{businessDate}/files'>['files'][number];
export type Columns = Got<'/business-days/{businessDate}/reconciliation/columns'>;
export type ColumnRow = Columns['rows'][number];
export type Break = Got<'/business-days/{businessDate}/reconciliation'>['breaks'][number];

const DAYS_SHOWN_MAX = 200;
const IDLE_MS = 5_000;

/** The days there are, the newest first. */
export function useDays() {
  return useQuery({
    queryKey: ['operations', 'days'],
    queryFn: () =>
      ask(() => api.GET('/business-days', { params: { query: { limit: DAYS_SHOWN_MAX } } })),
  });
}

/** The board of the day that is due. */
export function useDueBoard() {
  return useQuery({
    queryKey: ['operations', 'due'],
    queryFn: () => ask(() => api.GET('/business-days/due/board')),
  });
}

/**
 * The board of a day, followed live: the server tells every change, whoever made it. Where the
 * stream cannot be had the board is asked for again from time to time.
 */
export function useBoard(businessDate: string) {
  const queries = useQueryClient();
  const [isLive, setLive] = useState(false);
  const key = useMemo(() => ['operations', 'board', businessDate], [businessDate]);
  const query = useQuery({
    queryKey: key,
    refetchInterval: isLive ? false : IDLE_MS,
    queryFn: () =>
      ask(() =>
        api.GET('/business-days/{businessDate}/board', {
          params: { path: { businessDate } },
          headers: BACKGROUND,
        }),
      ),
  });
  const isFinal = query.data?.state === 'closed';
  const isThere = query.data !== undefined;
  useEffect(() => {
    if (isFinal || !isThere) return undefined;
    const stream = new EventSource(`/business-days/${businessDate}/live`);
    stream.addEventListener('open', () => setLive(true));
    stream.addEventListener('state', (event) => {
      const told = JSON.parse(event.data as string) as Omit<Board, 'clock'>;
      queries.setQueryData<Board>(key, (old) => (old === undefined ? old : { ...old, ...told }));
    });
    const end = () => {
      setLive(false);
      stream.close();
    };
    stream.addEventListener('end', end);
    stream.addEventListener('error', end);
    return end;
  }, [businessDate, isFinal, isThere, key, queries]);
  return query;
}

/** Runs the steps that are left, or those until one of them; answers as soon as it runs. */
export function useRun(businessDate: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (until?: StepName) =>
      ask(() =>
        api.POST('/business-days/{businessDate}/background-runs', {
          params: { path: { businessDate } },
          body: until === undefined ? {} : { until },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['operations'] }),
  });
}

/** Asks the run to stop after the step that it is in. */
export function usePause(businessDate: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      ask(() =>
        api.POST('/business-days/{businessDate}/pause', { params: { path: { businessDate } } }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['operations', 'board'] }),
  });
}

/** What is open, of one day or of all, the newest first. */
export function useExceptions(businessDate: string | undefined) {
  return useCursorPages(
    ['operations', 'exceptions', businessDate],
    ({ limit, cursor }) =>
      ask(() =>
        api.GET('/exceptions/search', {
          params: {
            query: {
              state: 'open',
              limit,
              ...(businessDate === undefined ? {} : { businessDate }),
              ...(cursor === undefined ? {} : { cursor }),
            },
          },
        }),
      ),
    (data) => data.nextCursor,
  );
}

/** The files of a day, page by page. */
export function useFiles(businessDate: string) {
  return useCursorPages(
    ['operations', 'files', businessDate],
    ({ limit, cursor }) =>
      ask(() =>
        api.GET('/business-days/{businessDate}/files', {
          params: {
            path: { businessDate },
            query: { limit, ...(cursor === undefined ? {} : { cursor }) },
          },
        }),
      ),
    (data) => data.nextCursor,
  );
}

/** What did not agree on a day, page by page. */
export function useBreaks(businessDate: string) {
  return useCursorPages(
    ['operations', 'breaks', businessDate],
    ({ limit, cursor }) =>
      ask(() =>
        api.GET('/business-days/{businessDate}/reconciliation', {
          params: {
            path: { businessDate },
            query: { limit, ...(cursor === undefined ? {} : { cursor }) },
          },
        }),
      ),
    (data) => data.nextCursor,
  );
}

/** A page of all that was compared on a day, whether it agreed or not. */
export function useColumnsOf(
  businessDate: string,
  page: { readonly after: number; readonly subject: string },
) {
  const { after, subject } = page;
  return useQuery({
    queryKey: ['operations', 'columns', businessDate, after, subject],
    placeholderData: (before) => before,
    queryFn: () =>
      ask(() =>
        api.GET('/business-days/{businessDate}/reconciliation/columns', {
          params: {
            path: { businessDate },
            query: { after, ...(subject === '' ? {} : { subject }) },
          },
        }),
      ),
  });
}

import { exchangeCalendar, localDate } from '@cairn/kernel';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, ask, BACKGROUND } from '../../api/client.ts';
import type { Got, PostBody } from '../../api/types.ts';

export type DayItem = Got<'/business-days'>[number];
export type Day = Got<'/business-days/{businessDate}'>;
export type Step = Day['steps'][number];
export type StepName = Step['step'];
export type Exception = Got<'/exceptions'>[number];
export type DayFile = Got<'/business-days/{businessDate}/files'>[number];
export type Break = Got<'/business-days/{businessDate}/reconciliation'>[number];

const DAYS_SHOWN_MAX = 200;
const WATCH_MS = 1_000;
const IDLE_MS = 15_000;

/** Every step of a day in its order, also those that have not run. */
export const STEPS: readonly StepName[] = [
  'open',
  'collect',
  'cutOff',
  'send',
  'receive',
  'confirm',
  'value',
  'settle',
  'reconcile',
  'report',
  'close',
];

/** The days there are, the newest first. A day that is being opened soon stands among them. */
export function useDays(isRunning = false) {
  return useQuery({
    queryKey: ['operations', 'days'],
    refetchInterval: isRunning ? WATCH_MS : IDLE_MS,
    queryFn: () =>
      ask(() =>
        api.GET('/business-days', {
          params: { query: { limit: DAYS_SHOWN_MAX } },
          headers: BACKGROUND,
        }),
      ),
  });
}

/** The day that comes next: the open one, else the trading day after the last. */
export function dueDayOf(days: readonly DayItem[]): string | undefined {
  const [last] = days;
  if (last === undefined) return undefined;
  if (last.state !== 'closed') return last.businessDate;
  return exchangeCalendar.nextTradingDay(localDate(last.businessDate));
}

/** A day with its steps; asked only for one that somebody has opened. */
export function useDay(businessDate: string, { isThere, isRunning }: Watch) {
  return useQuery({
    queryKey: ['operations', 'day', businessDate],
    enabled: isThere,
    refetchInterval: isRunning ? WATCH_MS : IDLE_MS,
    queryFn: () =>
      ask(() =>
        api.GET('/business-days/{businessDate}', {
          params: { path: { businessDate } },
          headers: BACKGROUND,
        }),
      ),
  });
}

interface Watch {
  readonly isThere: boolean;
  readonly isRunning: boolean;
}

/** Runs the steps that are left, or those until one of them. */
export function useRun(businessDate: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (until?: PostBody<'/business-days/{businessDate}/runs'>['until']) =>
      ask(() =>
        api.POST('/business-days/{businessDate}/runs', {
          params: { path: { businessDate } },
          body: until === undefined ? {} : { until },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['operations'] }),
  });
}

export function useExceptions(businessDate: string | undefined) {
  return useQuery({
    queryKey: ['operations', 'exceptions', businessDate],
    queryFn: () =>
      ask(() =>
        api.GET('/exceptions', {
          params: { query: businessDate === undefined ? {} : { businessDate } },
        }),
      ),
  });
}

export function useFiles(businessDate: string) {
  return useQuery({
    queryKey: ['operations', 'files', businessDate],
    queryFn: () =>
      ask(() =>
        api.GET('/business-days/{businessDate}/files', { params: { path: { businessDate } } }),
      ),
  });
}

export function useBreaks(businessDate: string) {
  return useQuery({
    queryKey: ['operations', 'breaks', businessDate],
    queryFn: () =>
      ask(() =>
        api.GET('/business-days/{businessDate}/reconciliation', {
          params: { path: { businessDate } },
        }),
      ),
  });
}

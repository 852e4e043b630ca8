/** What a customer owns and has earned: the same questions for staff and for the investor. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api, ask } from '../../api/client.ts';
import type { Got } from '../../api/types.ts';

export type Assets = Got<'/customers/{customerId}/assets'>;
export type Holding = Assets['holdings'][number];
export type Slice = Assets['byType'][number];
export type Curve = Got<'/customers/{customerId}/value-curve'>;
export type Calendar = Got<'/customers/{customerId}/profit-calendar'>;

const key = (customerId: string, ...rest: readonly unknown[]) =>
  ['customers', 'one', customerId, ...rest] as const;

export function useAssets(customerId: string) {
  return useQuery({
    queryKey: key(customerId, 'assets'),
    queryFn: () =>
      ask(() => api.GET('/customers/{customerId}/assets', { params: { path: { customerId } } })),
  });
}

export function useCurve(customerId: string, period: { from?: string; to?: string }) {
  return useQuery({
    queryKey: key(customerId, 'curve', period),
    placeholderData: keepPreviousData,
    queryFn: () =>
      ask(() =>
        api.GET('/customers/{customerId}/value-curve', {
          params: { path: { customerId }, query: period },
        }),
      ),
  });
}

export function useCalendar(customerId: string, month: string | undefined) {
  return useQuery({
    queryKey: key(customerId, 'calendar', month),
    placeholderData: keepPreviousData,
    queryFn: () =>
      ask(() =>
        api.GET('/customers/{customerId}/profit-calendar', {
          params: { path: { customerId }, query: month === undefined ? {} : { month } },
        }),
      ),
  });
}

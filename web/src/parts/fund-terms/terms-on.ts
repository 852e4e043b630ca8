import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../../api/client.ts';

/** The terms that are in force on a day. */
export function useTermsOn(fundCode: string, date: string, isAsked = true) {
  return useQuery({
    queryKey: ['products', 'terms', fundCode, date],
    enabled: isAsked,
    queryFn: () =>
      ask(() =>
        api.GET('/products/{fundCode}', { params: { path: { fundCode }, query: { date } } }),
      ),
  });
}

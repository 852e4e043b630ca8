/** What pages about one customer ask the server for, each once. */
import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client.ts';
import type { Got } from '../api/types.ts';

export type Customer = Got<'/customers/{customerId}'>;
export type AccountTree = Got<'/customers/{customerId}/accounts'>;
export type AssetAccount = AccountTree['assetAccounts'][number];
export type Movements = Got<'/customers/{customerId}/movements'>;
export type UnitMovement = Movements['units'][number];
export type Profile = Got<'/customers/{customerId}/suitability-profile'>;
/** One version of it; there is none before the first assessment. */
export type ProfileVersion = NonNullable<Profile['profile']>;

export const customerKey = (customerId: string) => ['customers', 'one', customerId] as const;

export function useCustomer(customerId: string) {
  return useQuery({
    queryKey: [...customerKey(customerId), 'self'],
    queryFn: () =>
      ask(() => api.GET('/customers/{customerId}', { params: { path: { customerId } } })),
  });
}

export function useAccountTree(customerId: string) {
  return useQuery({
    queryKey: [...customerKey(customerId), 'accounts'],
    queryFn: () =>
      ask(() => api.GET('/customers/{customerId}/accounts', { params: { path: { customerId } } })),
  });
}

export function useProfile(customerId: string) {
  return useQuery({
    queryKey: [...customerKey(customerId), 'profile'],
    queryFn: () =>
      ask(() =>
        api.GET('/customers/{customerId}/suitability-profile', {
          params: { path: { customerId } },
        }),
      ),
  });
}

/** What moved in the last 90 days, or since a day. */
export function useMovements(customerId: string, from?: string) {
  return useQuery({
    queryKey: [...customerKey(customerId), 'movements', from],
    queryFn: () =>
      ask(() =>
        api.GET('/customers/{customerId}/movements', {
          params: { path: { customerId }, query: from === undefined ? {} : { from } },
        }),
      ),
  });
}

/** What the tabs of one customer ask the server for, each once. */
import { useQueries, useQuery } from '@tanstack/react-query';
import { api, ask } from '../../api/client.ts';
import type { Got } from '../../api/types.ts';

export type Customer = Got<'/customers/{customerId}'>;
export type AccountTree = Got<'/customers/{customerId}/accounts'>;
export type AssetAccount = AccountTree['assetAccounts'][number];
export type Positions = Got<'/asset-accounts/{assetAccountNo}/positions'>;
export type Profile = Got<'/customers/{customerId}/suitability-profile'>;

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

const positionsQuery = (customerId: string, assetAccountNo: string) => ({
  queryKey: [...customerKey(customerId), 'positions', assetAccountNo],
  queryFn: () =>
    ask(() =>
      api.GET('/asset-accounts/{assetAccountNo}/positions', {
        params: { path: { assetAccountNo } },
      }),
    ),
});

export function usePositions(customerId: string, assetAccountNo: string) {
  return useQuery(positionsQuery(customerId, assetAccountNo));
}

/** The holdings of every asset account, in the order of the accounts. */
export function useAllPositions(customerId: string, accounts: readonly AssetAccount[]) {
  return useQueries({
    queries: accounts.map(({ assetAccountNo }) => positionsQuery(customerId, assetAccountNo)),
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

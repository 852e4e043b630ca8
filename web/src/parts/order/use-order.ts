/** Asking what an order would do, and placing it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, ask } from '../../api/client.ts';
import { useDebounced } from '../debounced.ts';
import { type Draft, type OrderBody, OrderNumbers, previewOf } from './draft.ts';

const SETTLE_MS = 300;

/** What would happen to the draft now; asked anew a moment after it changed. */
export function usePreview(draft: Draft) {
  const body = useDebounced(previewOf(draft), SETTLE_MS);
  return useQuery({
    queryKey: ['orders', 'preview', body],
    enabled: body !== undefined,
    staleTime: 0,
    gcTime: 0,
    queryFn: () =>
      ask(() => {
        if (body === undefined) throw new Error('asked without a draft');
        return api.POST('/orders/preview', { body });
      }),
  });
}

/** Sends the order; the same draft sent again is the same order. */
export function usePlace(draft: Draft, onPlaced: () => void) {
  const queries = useQueryClient();
  const numbers = useMemo(() => new OrderNumbers(), []);
  return useMutation({
    mutationFn: () => {
      const asked = previewOf(draft);
      if (asked === undefined) throw new Error('sent without a whole draft');
      const clientOrderNo = numbers.of(asked);
      const body = { ...asked, clientOrderNo } as OrderBody;
      return ask(() =>
        api.POST('/orders', { body, headers: { 'idempotency-key': clientOrderNo } }),
      );
    },
    onSuccess: async () => {
      numbers.next();
      onPlaced();
      await queries.invalidateQueries({ queryKey: ['orders', 'list'] });
      await queries.invalidateQueries({ queryKey: ['customers', 'one', draft.customerId ?? ''] });
    },
  });
}

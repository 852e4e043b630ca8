import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { useMemo } from 'react';
import { api, ask } from '../../api/client.ts';
import { Data } from '../../parts/figure.tsx';
import { Panel } from '../../parts/page.tsx';
import { ProblemNote } from '../../parts/problem.tsx';
import { useText } from '../../texts/texts.ts';
import { type Draft, type OrderBody, OrderNumbers, previewOf } from './draft.ts';
import type { Preview } from './preview-panel.tsx';
import { texts } from './texts.ts';
import { WarningPanel } from './warning-panel.tsx';

/** Sends the order; the same draft sent again is the same order. */
function usePlace(draft: Draft, onPlaced: () => void) {
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

const needsWarning = (preview: Preview): boolean =>
  preview.findings.some(({ code }) => code === 'WARNING_NOT_CONFIRMED');

/** The last step: the warning when one is needed, and sending. */
export function SubmitPanel({
  draft,
  preview,
  onWarned,
  onPlaced,
}: {
  draft: Draft;
  preview: Preview | undefined;
  onWarned: (warningId: string) => void;
  onPlaced: () => void;
}) {
  const t = useText(texts);
  const place = usePlace(draft, onPlaced);
  const { customerId, fundCode } = draft;
  const canSend = preview?.outcome === 'accepted' && previewOf(draft) !== undefined;
  return (
    <>
      {preview !== undefined &&
      needsWarning(preview) &&
      customerId !== undefined &&
      fundCode !== undefined ? (
        <WarningPanel
          key={`${customerId} ${fundCode}`}
          customerId={customerId}
          fundCode={fundCode}
          channel={draft.channel}
          onConfirmed={onWarned}
        />
      ) : null}
      {place.isError ? <ProblemNote error={place.error} /> : null}
      {place.isSuccess ? (
        <Alert
          type="success"
          showIcon
          title={t('desk.placed')}
          description={
            <Link to="/orders/$orderId" params={{ orderId: place.data.orderId }}>
              <Data isCode>{place.data.orderId}</Data>
            </Link>
          }
        />
      ) : null}
      <Panel>
        <div className="desk-send">
          <p className="quiet">{t('desk.sendHint')}</p>
          <Button
            type="primary"
            size="large"
            disabled={!canSend}
            loading={place.isPending}
            onClick={() => place.mutate()}
          >
            {t('desk.send')}
          </Button>
        </div>
      </Panel>
    </>
  );
}

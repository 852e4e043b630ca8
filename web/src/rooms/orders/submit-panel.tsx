import { Link } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { Data } from '../../parts/figure.tsx';
import { Panel } from '../../parts/page.tsx';
import { ProblemNote } from '../../parts/problem.tsx';
import { useText } from '../../texts/texts.ts';
import { type Draft, previewOf } from '../../parts/order/draft.ts';
import type { Preview } from '../../parts/order/preview-panel.tsx';
import { texts } from './texts.ts';
import { usePlace } from '../../parts/order/use-order.ts';
import { needsWarning } from '../../parts/order/warning.ts';
import { late } from '../../parts/late.tsx';

const WarningPanel = late(
  async () => (await import('../../parts/order/warning-panel.tsx')).WarningPanel,
);

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
        <div className="order-send">
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

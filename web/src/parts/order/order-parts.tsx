import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Popconfirm } from 'antd';
import { api, ask } from '../../api/client.ts';
import type { Got } from '../../api/types.ts';
import { isInvestor, useHasRole, useSession } from '../../app/session.ts';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { Data, Money, Nav, Units } from '../figure.tsx';
import { Figures } from '../figure-place.tsx';
import { Facts, Panel } from '../page.tsx';
import { ProblemNote } from '../problem.tsx';
import { instantText } from '../time.ts';
import { Timeline } from '../timeline.tsx';
import { toneOf } from '../tones.ts';
import { texts } from './texts.ts';

export type OrderDetail = Got<'/orders/{orderId}'>;

/** What came of an order, once the registrar has said so. */
export function Outcome({ order }: { order: OrderDetail['order'] }) {
  const t = useText(texts);
  if (order.confirmDate === undefined) return null;
  return (
    <Panel title={t('outcome.title')}>
      <Figures asOf={order.confirmDate}>
        <Facts
          columns={3}
          items={[
            { name: t('outcome.date'), value: <span className="num">{order.confirmDate}</span> },
            {
              name: t('outcome.amount'),
              value: <Money of="confirmedAmount" value={order.confirmedAmount} />,
            },
            {
              name: t('outcome.units'),
              value: <Units of="confirmedUnits" value={order.confirmedUnits} />,
            },
            { name: t('outcome.nav'), value: <Nav of="confirmedNav" value={order.nav} /> },
            { name: t('outcome.fee'), value: <Money of="confirmedFee" value={order.fee} /> },
          ]}
        />
      </Figures>
    </Panel>
  );
}

/** The states that an order went through, each with its evidence. */
export function Life({ events }: { events: OrderDetail['events'] }) {
  const t = useText(texts);
  const term = useTerms();
  // Files and records are the house's own business.
  const isSelf = isInvestor(useSession());
  return (
    <Timeline
      label={t('life.title')}
      items={events.map(({ seq, to, at, detail }) => ({
        key: `${seq}`,
        at: instantText(at, true),
        tone: toneOf('orderState', to),
        title: term('orderState', to),
        ...(isSelf || typeof detail?.['ref'] !== 'string'
          ? {}
          : {
              detail: (
                <>
                  {t('life.evidence')} <Data isCode>{detail['ref']}</Data>
                </>
              ),
            }),
      }))}
    />
  );
}

/** Takes an order back while it has not been sent. */
export function CancelButton({ order }: { order: OrderDetail['order'] }) {
  const t = useText(texts);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const mayCancel = useHasRole('operations', 'adviser', 'investor');
  const { orderId } = order;
  const cancel = useMutation({
    mutationFn: () =>
      ask(() => api.POST('/orders/{orderId}/cancellation', { params: { path: { orderId } } })),
    onSuccess: () => void message.success(t('cancel.done')),
    onSettled: () => queries.invalidateQueries({ queryKey: ['orders'] }),
  });
  if (!mayCancel || order.state !== 'accepted') return null;
  return (
    <>
      <Popconfirm title={t('cancel.sure')} onConfirm={() => cancel.mutate()}>
        <Button danger loading={cancel.isPending}>
          {t('cancel')}
        </Button>
      </Popconfirm>
      {cancel.isError ? <ProblemNote error={cancel.error} /> : null}
    </>
  );
}

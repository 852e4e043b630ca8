import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Page, Panel } from '../../parts/page.tsx';
import { useText } from '../../texts/texts.ts';
import { DraftForm } from './draft-form.tsx';
import type { Draft } from '../../parts/order/draft.ts';
import './orders.css';
import { PreviewPanel } from '../../parts/order/preview-panel.tsx';
import { usePreview } from '../../parts/order/use-order.ts';
import { SubmitPanel } from './submit-panel.tsx';
import { texts } from './texts.ts';

const route = getRouteApi('/staff/orders/new');

const EMPTY: Draft = {
  customerId: undefined,
  fundCode: undefined,
  kind: 'purchase',
  quantity: '',
  largeRedemption: 'defer',
  dividendMethod: 'reinvest',
  channel: '0',
  warningId: undefined,
};

/** Writing an order: everything that would happen stands beside it while it is written. */
export function DeskPage() {
  const t = useText(texts);
  const search = route.useSearch();
  const [draft, setDraft] = useState<Draft>({
    ...EMPTY,
    customerId: search.customerId,
    fundCode: search.fundCode,
  });
  const preview = usePreview(draft);
  // A warning belongs to one customer and one product, and holds for nothing else.
  const change = (next: Partial<Draft>) => {
    const isOther = 'customerId' in next || 'fundCode' in next;
    setDraft({ ...draft, ...(isOther ? { warningId: undefined } : {}), ...next });
  };
  return (
    <Page
      title={t('desk.title')}
      lead={t('desk.lead')}
      before={<Link to="/orders">{t('back')}</Link>}
    >
      <div className="desk">
        <Panel title={t('desk.order')}>
          <DraftForm draft={draft} onChange={change} />
        </Panel>
        <div className="stack">
          <PreviewPanel draft={draft} preview={preview} />
          <SubmitPanel
            draft={draft}
            preview={preview.data}
            onWarned={(warningId) => setDraft({ ...draft, warningId })}
            onPlaced={() => setDraft({ ...draft, quantity: '', warningId: undefined })}
          />
        </div>
      </div>
    </Page>
  );
}

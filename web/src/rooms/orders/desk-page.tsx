import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import { useDebounced } from '../../parts/debounced.ts';
import { Page, Panel } from '../../parts/page.tsx';
import { useText } from '../../texts/texts.ts';
import { DraftForm } from './draft-form.tsx';
import { type Draft, previewOf } from './draft.ts';
import './orders.css';
import { PreviewPanel } from './preview-panel.tsx';
import { SubmitPanel } from './submit-panel.tsx';
import { texts } from './texts.ts';

const route = getRouteApi('/staff/orders/new');

const SETTLE_MS = 300;

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

/** What would happen to the draft now; asked anew a moment after it changed. */
function usePreview(draft: Draft) {
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

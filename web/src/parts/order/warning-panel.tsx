import { useMutation } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import type { Posted } from '../../api/types.ts';
import { usePreferences } from '../../app/preferences.ts';
import { Panel } from '../page.tsx';
import { ProblemNote } from '../problem.tsx';
import { instantText } from '../time.ts';
import { inLanguage, useText } from '../../texts/texts.ts';
import type { Draft } from './draft.ts';
import './order.css';
import { texts } from './texts.ts';
import { WarningText } from './warning-text.tsx';

const CHANNELS = { '0': 'counter', '1': 'telephone', '2': 'internet' } as const;

type Warning = Posted<'/customers/{customerId}/warnings'>;

/** The whole text; one can insist only after its end was seen. */
function ReadAndInsist({
  warning,
  isSelf,
  isPending,
  onInsist,
}: {
  warning: Warning;
  isSelf: boolean;
  isPending: boolean;
  onInsist: () => void;
}) {
  const t = useText(texts);
  const { language } = usePreferences();
  const [hasSeenEnd, setSeenEnd] = useState(false);
  const [hasRead, setRead] = useState(false);
  return (
    <div className="stack">
      <WarningText onEnd={() => setSeenEnd(true)}>
        {inLanguage(language, { en: warning.textEn, zh: warning.textZh })}
      </WarningText>
      <p className="quiet">{t('warning.expires', { at: instantText(warning.expiresAt) })}</p>
      {hasSeenEnd ? null : <p className="quiet">{t('warning.readOn')}</p>}
      <Checkbox
        checked={hasRead}
        disabled={!hasSeenEnd}
        onChange={(event) => setRead(event.target.checked)}
      >
        {t(isSelf ? 'warning.insistSelf' : 'warning.insist')}
      </Checkbox>
      <Button type="primary" disabled={!hasRead} loading={isPending} onClick={onInsist}>
        {t(isSelf ? 'warning.confirmSelf' : 'warning.confirm')}
      </Button>
    </div>
  );
}

/** The special warning: shown in full, read, and confirmed by the customer himself. */
export function WarningPanel({
  customerId,
  fundCode,
  channel,
  isSelf = false,
  onConfirmed,
}: {
  customerId: string;
  fundCode: string;
  channel: Draft['channel'];
  /** The customer himself sits there, and not staff on his behalf. */
  isSelf?: boolean;
  onConfirmed: (warningId: string) => void;
}) {
  const t = useText(texts);
  const show = useMutation({
    mutationFn: () =>
      ask(() =>
        api.POST('/customers/{customerId}/warnings', {
          params: { path: { customerId } },
          body: { fundCode, channel: CHANNELS[channel] },
        }),
      ),
  });
  const confirm = useMutation({
    mutationFn: (warningId: string) =>
      ask(() =>
        api.POST('/customers/{customerId}/warnings/{warningId}/confirmation', {
          params: { path: { customerId, warningId } },
          body: { hasReadAndInsists: true, channel: CHANNELS[channel] },
        }),
      ),
    onSuccess: ({ warningId }) => onConfirmed(warningId),
  });
  const warning = show.data;
  return (
    <Panel title={t('warning.title')} className="warning">
      {show.isError ? <ProblemNote error={show.error} /> : null}
      {confirm.isError ? <ProblemNote error={confirm.error} /> : null}
      {warning === undefined ? (
        <div className="order-send">
          <p>{t(isSelf ? 'warning.leadSelf' : 'warning.lead')}</p>
          <Button loading={show.isPending} onClick={() => show.mutate()}>
            {t(isSelf ? 'warning.showSelf' : 'warning.show')}
          </Button>
        </div>
      ) : (
        <ReadAndInsist
          warning={warning}
          isSelf={isSelf}
          isPending={confirm.isPending}
          onInsist={() => confirm.mutate(warning.warningId)}
        />
      )}
    </Panel>
  );
}

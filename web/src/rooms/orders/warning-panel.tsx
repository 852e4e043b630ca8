import { useMutation } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import { usePreferences } from '../../app/preferences.ts';
import { Panel } from '../../parts/page.tsx';
import { ProblemNote } from '../../parts/problem.tsx';
import { instantText } from '../../parts/time.ts';
import { inLanguage, useText } from '../../texts/texts.ts';
import type { Draft } from './draft.ts';
import { texts } from './texts.ts';

const CHANNELS = { '0': 'counter', '1': 'telephone', '2': 'internet' } as const;

/** The special warning: shown in full, read, and confirmed by the customer himself. */
export function WarningPanel({
  customerId,
  fundCode,
  channel,
  onConfirmed,
}: {
  customerId: string;
  fundCode: string;
  channel: Draft['channel'];
  onConfirmed: (warningId: string) => void;
}) {
  const t = useText(texts);
  const { language } = usePreferences();
  const [hasRead, setRead] = useState(false);
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
        <div className="desk-send">
          <p>{t('warning.lead')}</p>
          <Button loading={show.isPending} onClick={() => show.mutate()}>
            {t('warning.show')}
          </Button>
        </div>
      ) : (
        <div className="stack">
          <blockquote className="warning-text" tabIndex={0}>
            {inLanguage(language, { en: warning.textEn, zh: warning.textZh })}
          </blockquote>
          <p className="quiet">{t('warning.expires', { at: instantText(warning.expiresAt) })}</p>
          <Checkbox checked={hasRead} onChange={(event) => setRead(event.target.checked)}>
            {t('warning.insist')}
          </Checkbox>
          <Button
            type="primary"
            disabled={!hasRead}
            loading={confirm.isPending}
            onClick={() => confirm.mutate(warning.warningId)}
          >
            {t('warning.confirm')}
          </Button>
        </div>
      )}
    </Panel>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Form, InputNumber } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import type { Got } from '../../api/types.ts';
import { useHasRole } from '../../app/session.ts';
import { ActorName } from '../../parts/actor.tsx';
import { DayField } from '../../parts/day-field.tsx';
import { Diff } from '../../parts/diff.tsx';
import { Panel } from '../../parts/page.tsx';
import { Loading } from '../../parts/states.tsx';
import { DataTable } from '../../parts/table/data-table.tsx';
import { instantText } from '../../parts/time.ts';
import { useText } from '../../texts/texts.ts';
import { Proposed, ProposeFoot, usePropose } from './proposed.tsx';
import { texts } from './texts.ts';
import { timingOf } from './timing.ts';
import { TimingTag } from './version-list.tsx';
import { useWaiting, WaitingChanges } from './waiting.tsx';

type Versions = Got<'/document-retention'>;
type Version = Versions['versions'][number];

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAYS_MAX = 36_500;
const SUBJECT = 'documents:retention';

function useRetention() {
  return useQuery({
    queryKey: ['documents', 'retention'],
    queryFn: () => ask(() => api.GET('/document-retention')),
  });
}

function VersionTable({ query }: { query: ReturnType<typeof useRetention> }) {
  const t = useText(texts);
  const inForce = query.data?.versions.find(({ isInForce }) => isInForce)?.effectiveDate ?? '';
  return (
    <DataTable<Version, Versions>
      label={t('retention.versions')}
      query={query}
      rowsOf={({ versions }) => versions}
      rowKey={({ version }) => `${version}`}
      columns={[
        {
          key: 'from',
          title: t('retention.from'),
          render: ({ effectiveDate }) => <span className="num">{effectiveDate}</span>,
        },
        {
          key: 'timing',
          title: t('retention.state'),
          render: ({ isInForce, effectiveDate }) => (
            <TimingTag timing={timingOf({ isInForce, effective: effectiveDate }, inForce)} />
          ),
        },
        {
          key: 'days',
          title: t('retention.days'),
          kind: 'figure',
          render: ({ days }) => <span className="num">{t('suit.days', { count: days })}</span>,
        },
        {
          key: 'by',
          title: t('suit.recordedBy'),
          render: ({ recordedBy }) => <ActorName actor={recordedBy} />,
        },
        {
          key: 'at',
          title: t('suit.recordedAt'),
          render: ({ recordedAt }) => <span className="num">{instantText(recordedAt)}</span>,
        },
      ]}
    />
  );
}

function ProposeRetention({ standing }: { standing: Version }) {
  const t = useText(texts);
  const [days, setDays] = useState<number | null>(standing.days);
  const [day, setDay] = useState('');
  const propose = usePropose((body: { days: number; effectiveDate: string }) =>
    ask(() => api.POST('/document-retention', { body })),
  );
  if (propose.data !== undefined) return <Proposed held={propose.data} />;
  const isChanged = days !== null && days !== standing.days;
  return (
    <div className="stack">
      <Form layout="vertical" component="div" className="retention-form">
        <Form.Item label={t('retention.days')} htmlFor="retention-days">
          <InputNumber
            id="retention-days"
            controls={false}
            min={1}
            max={DAYS_MAX}
            precision={0}
            value={days}
            onChange={setDays}
          />
        </Form.Item>
        <Form.Item label={t('retention.from')} htmlFor="retention-from">
          <DayField id="retention-from" value={day} onChange={setDay} />
        </Form.Item>
      </Form>
      {isChanged ? (
        <Diff
          label={t('compare.title')}
          items={[
            {
              key: 'days',
              name: t('retention.days'),
              before: t('suit.days', { count: standing.days }),
              after: t('suit.days', { count: days }),
            },
          ]}
        />
      ) : null}
      <ProposeFoot
        propose={propose}
        isReady={isChanged && DAY.test(day)}
        onSend={() => propose.mutate({ days: days ?? 0, effectiveDate: day })}
      />
    </div>
  );
}

/** How long the files of runs are kept: every version, and asking for the next one. */
export function RetentionTab() {
  const t = useText(texts);
  const mayPropose = useHasRole('operations', 'compliance');
  const query = useRetention();
  const standing = query.data?.versions.find(({ isInForce }) => isInForce);
  const waiting = useWaiting(SUBJECT);
  if (waiting.isPending) return <Loading rows={6} />;
  return (
    <div className="stack">
      <WaitingChanges subject={SUBJECT} />
      <Panel title={t('retention.versions')} isFlush>
        <VersionTable query={query} />
      </Panel>
      {mayPropose && standing !== undefined ? (
        <Panel title={t('retention.new')}>
          <p className="quiet dialog-lead">{t('retention.lead')}</p>
          <ProposeRetention standing={standing} />
        </Panel>
      ) : null}
    </div>
  );
}

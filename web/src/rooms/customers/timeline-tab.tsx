import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { useHasRole } from '../../app/session.ts';
import type { Customer } from '../../parts/customer-data.ts';
import { Panel } from '../../parts/page.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { Empty, Loading } from '../../parts/states.tsx';
import { Timeline } from '../../parts/timeline.tsx';
import { useText } from '../../texts/texts.ts';
import { SOURCE_MAX, SOURCES, type Source, useHappenings } from './happenings.tsx';
import { NoteForm } from './note-form.tsx';
import { texts } from './texts.ts';

const SHOWN_FIRST = 60;

/** All that happened to the customer, of every source or of one. */
export function TimelineTab({ customer }: { customer: Customer }) {
  const t = useText(texts);
  const { customerId, openedAt } = customer;
  const mayWrite = useHasRole('operations', 'adviser', 'reviewer', 'compliance');
  const [corrects, setCorrects] = useState<number>();
  const { items, cut, isPending, failed } = useHappenings(customerId, {
    since: openedAt,
    onCorrect: mayWrite ? setCorrects : undefined,
  });
  const [source, setSource] = useState<Source | 'all'>('all');
  const [shown, setShown] = useState(SHOWN_FIRST);
  const chosen = items.filter((item) => source === 'all' || item.source === source);
  return (
    <Panel
      title={t('tab.timeline')}
      extra={
        <Segmented<Source | 'all'>
          aria-label={t('timeline.source')}
          size="small"
          value={source}
          onChange={(value) => {
            setSource(value);
            setShown(SHOWN_FIRST);
          }}
          options={(['all', ...SOURCES] as const).map((value) => ({
            value,
            label: t(`timeline.of.${value}`),
          }))}
        />
      }
    >
      {mayWrite ? (
        <NoteForm
          key={corrects}
          customerId={customerId}
          corrects={corrects}
          onDone={() => setCorrects(undefined)}
        />
      ) : null}
      {failed.map(([name, query]) => (
        // What could be loaded stays; each source that could not says so.
        <LoadFailed key={name} error={query.error} onRetry={() => void query.refetch()} />
      ))}
      {!isPending && chosen.length === 0 ? <Empty title={t('timeline.none')} /> : null}
      {isPending ? (
        // In order of time what comes late would stand between what is here and push it.
        <Loading rows={8} />
      ) : (
        <Timeline label={t('tab.timeline')} items={chosen.slice(0, shown)} />
      )}
      {chosen.length > shown ? (
        <Button onClick={() => setShown(shown + SHOWN_FIRST)}>
          {t('timeline.more', { count: chosen.length - shown })}
        </Button>
      ) : (
        cut
          .filter((each) => source === 'all' || each === source)
          .map((each) => (
            <p key={each} className="quiet">
              {t('timeline.cut', { source: t(`timeline.of.${each}`), count: SOURCE_MAX })}
            </p>
          ))
      )}
    </Panel>
  );
}

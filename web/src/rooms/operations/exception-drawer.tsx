import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { App, Button, Drawer, Input } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import type { Got } from '../../api/types.ts';
import { usePreferences } from '../../app/preferences.ts';
import { useKnownSession } from '../../app/session.ts';
import { ActorName } from '../../parts/actor.tsx';
import { Data } from '../../parts/figure.tsx';
import { Facts } from '../../parts/page.tsx';
import { LoadFailed, ProblemNote } from '../../parts/problem.tsx';
import { State } from '../../parts/state.tsx';
import { Loading } from '../../parts/states.tsx';
import { Timeline } from '../../parts/timeline.tsx';
import { instantText } from '../../parts/time.ts';
import { inLanguage, useText } from '../../texts/texts.ts';
import type { Exception } from './data.ts';
import { Subject } from './subject-text.tsx';
import { texts } from './texts.ts';

type Act = 'assign' | 'note' | 'resolve' | 'retry' | 'void' | 'book';
type Known = Got<'/exceptions/{exceptionId}'>;

/** Carries out one act on an exception; the list is read anew whatever came of it. */
function useAct(exceptionId: string, onDone: () => void) {
  const t = useText(texts);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { userName } = useKnownSession();
  const path = { exceptionId };
  return useMutation({
    mutationFn: async ({ act, text }: { act: Act; text: string }) => {
      if (act === 'retry') {
        const { isBooked } = await ask(() =>
          api.POST('/exceptions/{exceptionId}/retry', { params: { path } }),
        );
        return t(isBooked ? 'exception.booked' : 'exception.notBooked');
      }
      if (act === 'void') {
        await ask(() =>
          api.POST('/exceptions/{exceptionId}/void-requests', {
            params: { path },
            body: { reason: text },
          }),
        );
        return t('exception.voidAsked');
      }
      if (act === 'book') {
        await ask(() =>
          api.POST('/exceptions/{exceptionId}/book-requests', {
            params: { path },
            body: { reason: text },
          }),
        );
        return t('exception.bookAsked');
      }
      const body =
        act === 'assign'
          ? ({ kind: act, owner: userName } as const)
          : ({ kind: act, note: text } as const);
      await ask(() => api.POST('/exceptions/{exceptionId}/actions', { params: { path }, body }));
      return t('exception.recorded');
    },
    onSuccess: (said, { act }) => {
      void message.success(said);
      if (act !== 'note' && act !== 'assign') onDone();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['operations'] }),
  });
}

function Acts({
  exception,
  known,
  onDone,
}: {
  exception: Exception;
  known: Known;
  onDone: () => void;
}) {
  const t = useText(texts);
  const [text, setText] = useState('');
  const act = useAct(exception.exceptionId, onDone);
  const run = (name: Act) => act.mutate({ act: name, text: text.trim() });
  const needsText = text.trim() === '';
  return (
    <div className="stack">
      {act.isError ? <ProblemNote error={act.error} /> : null}
      <Input.TextArea
        rows={3}
        maxLength={500}
        aria-label={t('exception.note')}
        placeholder={t('exception.noteHint')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="exception-acts">
        <Button loading={act.isPending} onClick={() => run('assign')}>
          {t('exception.take')}
        </Button>
        <Button disabled={needsText} loading={act.isPending} onClick={() => run('note')}>
          {t('exception.addNote')}
        </Button>
        {known.isRetriable ? (
          <>
            <Button loading={act.isPending} onClick={() => run('retry')}>
              {t('exception.retry')}
            </Button>
            <Button danger disabled={needsText} loading={act.isPending} onClick={() => run('void')}>
              {t('exception.void')}
            </Button>
          </>
        ) : null}
        {known.mayBookAsStated ? (
          <Button disabled={needsText} loading={act.isPending} onClick={() => run('book')}>
            {t('exception.book')}
          </Button>
        ) : null}
        <Button
          type="primary"
          disabled={needsText}
          loading={act.isPending}
          onClick={() => run('resolve')}
        >
          {t('exception.resolve')}
        </Button>
      </div>
    </div>
  );
}

function Detail({ exception, reasons }: { exception: Exception; reasons: Known['reasons'] }) {
  const t = useText(texts);
  const { language } = usePreferences();
  if (exception.subject.startsWith('break:')) {
    return (
      <Link to="/operations" search={{ day: exception.businessDate, tab: 'reconciliation' }}>
        {t('exception.seeColumns')}
      </Link>
    );
  }
  if (reasons.length === 0) return null;
  return (
    <ul className="exception-reasons">
      {reasons.map(({ code, message, messageZh, ours, theirs }) => (
        <li key={code}>
          {code === exception.code ? null : (
            <span>{inLanguage(language, { en: message, zh: messageZh })}</span>
          )}
          {ours === undefined ? null : (
            <span>
              {t('break.ours')} <Data>{ours}</Data>
            </span>
          )}
          {theirs === undefined ? null : (
            <span>
              {t('break.theirs')} <Data>{theirs}</Data>
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

const EVENT_TONES = {
  raised: 'warning',
  assigned: 'neutral',
  noted: 'neutral',
  retried: 'accent',
  resolved: 'good',
} as const;

/** Everything that was done about it. */
function History({ events }: { events: Known['events'] }) {
  const t = useText(texts);
  return (
    <section>
      <h3 className="exception-history">{t('exception.history')}</h3>
      <Timeline
        label={t('exception.history')}
        items={events.toReversed().map(({ seq, at, event, actor, note }) => ({
          key: `${seq}`,
          at: instantText(at),
          tone: EVENT_TONES[event],
          title: t(`exception.event.${event}`),
          detail: (
            <>
              <ActorName actor={actor} />
              {note === '' ? null : (
                <>
                  {' · '}
                  <Data>{note}</Data>
                </>
              )}
            </>
          ),
        }))}
      />
    </section>
  );
}

function useKnown(exceptionId: string | undefined) {
  return useQuery({
    queryKey: ['operations', 'exception', exceptionId],
    enabled: exceptionId !== undefined,
    queryFn: () =>
      ask(() =>
        api.GET('/exceptions/{exceptionId}', {
          params: { path: { exceptionId: exceptionId ?? '' } },
        }),
      ),
  });
}

/** One exception with what is known of it and what can be done. */
export function ExceptionDrawer({
  exception,
  mayAct,
  onClose,
}: {
  exception: Exception | undefined;
  mayAct: boolean;
  onClose: () => void;
}) {
  const t = useText(texts);
  const { language } = usePreferences();
  const query = useKnown(exception?.exceptionId);
  return (
    <Drawer
      open={exception !== undefined}
      onClose={onClose}
      size={480}
      title={t('exception.title')}
      destroyOnHidden
    >
      {exception === undefined ? null : (
        <div className="stack">
          <p className="exception-message">
            {inLanguage(language, { en: exception.message, zh: exception.messageZh })}
          </p>
          <Facts
            items={[
              {
                name: t('exception.severity'),
                value: <State kind="severity" code={exception.severity} />,
              },
              { name: t('day'), value: <span className="num">{exception.businessDate}</span> },
              { name: t('exception.code'), value: <Data isCode>{exception.code}</Data> },
              { name: t('exception.owner'), value: <Data>{exception.owner ?? '—'}</Data> },
              { name: t('exception.subject'), value: <Subject of={exception.subject} /> },
              {
                name: t('exception.raised'),
                value: <span className="num">{instantText(exception.raisedAt, true)}</span>,
              },
            ]}
          />
          {query.isLoadingError ? (
            <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
          ) : null}
          {query.isPending ? <Loading rows={3} /> : null}
          {query.data === undefined ? null : (
            <>
              <Detail exception={exception} reasons={query.data.reasons} />
              {mayAct ? <Acts exception={exception} known={query.data} onDone={onClose} /> : null}
              <History events={query.data.events} />
            </>
          )}
        </div>
      )}
    </Drawer>
  );
}

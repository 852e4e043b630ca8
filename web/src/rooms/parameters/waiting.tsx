import { ClockCircleOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask } from '../../api/client.ts';
import { ActorName } from '../../parts/actor.tsx';
import { Panel } from '../../parts/page.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { instantText } from '../../parts/time.ts';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

const SHOWN_MAX = 20;

const dayIn = (payload: Record<string, unknown>): string | undefined => {
  const rows = payload['rows'];
  const [first] = Array.isArray(rows) ? (rows as Record<string, unknown>[]) : [];
  const day = first?.['effectiveDate'];
  if (typeof day === 'string') return day;
  const at = payload['effectiveAt'];
  return typeof at === 'string' ? instantText(at) : undefined;
};

/** Asks what waits of one thing: until it is known, a page below it would be pushed by it. */
export function useWaiting(subject: string) {
  return useQuery({
    queryKey: ['approvals', 'waiting', 'of', subject],
    queryFn: () =>
      ask(() =>
        api.GET('/approvals', {
          params: { query: { state: 'waiting', subject, limit: SHOWN_MAX } },
        }),
      ),
  });
}

/** Changes of one thing that wait for a second person; nothing when none wait. */
export function WaitingChanges({ subject }: { subject: string }) {
  const t = useText(texts);
  const term = useTerms();
  const query = useWaiting(subject);
  const approvals = query.data?.approvals ?? [];
  if (query.isLoadingError)
    return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />;
  if (approvals.length === 0) return null;
  return (
    <Panel title={t('waiting.title')} isFlush>
      <ul className="waiting">
        {approvals.map(({ approvalId, kind, maker, requestedAt, payload }) => {
          const day = dayIn(payload);
          return (
            <li key={approvalId}>
              <ClockCircleOutlined aria-hidden="true" />
              <span className="waiting-name">{term('approvalKind', kind)}</span>
              {day === undefined ? null : <span className="num">{t('from', { date: day })}</span>}
              <span className="quiet">
                {t('waiting.by')} <ActorName actor={maker} />{' '}
                <span className="num">{instantText(requestedAt)}</span>
              </span>
              <Link to="/approvals" search={{ open: approvalId }}>
                {t('waiting.open')}
              </Link>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

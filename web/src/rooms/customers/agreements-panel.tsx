import { useQuery } from '@tanstack/react-query';
import { Panel } from '../../parts/page.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { Empty, Loading } from '../../parts/states.tsx';
import { Timeline } from '../../parts/timeline.tsx';
import { useText } from '../../texts/texts.ts';
import { useWarningView, warningsQuery } from './happenings.tsx';
import { texts } from './texts.ts';

/** What the customer was warned of and what he has confirmed, with the very text. */
export function AgreementsPanel({ customerId }: { customerId: string }) {
  const t = useText(texts);
  const query = useQuery(warningsQuery(customerId));
  const view = useWarningView();
  return (
    <Panel title={t('agreement.title')}>
      {query.isPending ? <Loading rows={3} /> : null}
      {query.isLoadingError ? (
        <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.data?.warnings.length === 0 ? <Empty title={t('agreement.none')} /> : null}
      {query.data === undefined ? null : (
        <Timeline label={t('agreement.title')} items={query.data.warnings.map(view)} />
      )}
    </Panel>
  );
}

import { api, ask } from '../../api/client.ts';
import { customerKey } from '../../parts/customer-data.ts';
import { Panel } from '../../parts/page.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { Empty, Loading } from '../../parts/states.tsx';
import { Pager, useCursorPages } from '../../parts/table/cursor-pages.tsx';
import { Timeline } from '../../parts/timeline.tsx';
import { useText } from '../../texts/texts.ts';
import { useWarningView } from './happenings.tsx';
import { texts } from './texts.ts';

/** What the customer was warned of and what he has confirmed, with the very text. */
export function AgreementsPanel({ customerId }: { customerId: string }) {
  const t = useText(texts);
  const pages = useCursorPages(
    [...customerKey(customerId), 'agreements'],
    ({ limit, cursor }) =>
      ask(() =>
        api.GET('/customers/{customerId}/warnings', {
          params: {
            path: { customerId },
            query: { limit, ...(cursor === undefined ? {} : { cursor }) },
          },
        }),
      ),
    (data) => data.nextCursor,
  );
  const { query } = pages;
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
      {pages.goNext === undefined && pages.goBack === undefined ? null : (
        <div className="table-foot">
          <Pager pages={pages} shown={query.data?.warnings.length ?? 0} />
        </div>
      )}
    </Panel>
  );
}

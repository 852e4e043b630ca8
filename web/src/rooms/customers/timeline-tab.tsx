import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../../api/client.ts';
import type { Got } from '../../api/types.ts';
import { Diff } from '../../parts/diff.tsx';
import { Data } from '../../parts/figure.tsx';
import { Panel } from '../../parts/page.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { Loading } from '../../parts/states.tsx';
import { Timeline } from '../../parts/timeline.tsx';
import { instantText } from '../../parts/time.ts';
import { type TermKind, useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { type Customer, customerKey } from '../../parts/customer-data.ts';
import { texts } from './texts.ts';

type Version = Got<'/customers/{customerId}/versions'>['versions'][number];

/** Fields whose values are codes. */
const CODED: Readonly<Record<string, TermKind>> = {
  kycStatus: 'kycStatus',
  status: 'customerStatus',
  investorClass: 'investorClass',
};

function Value({ field, value }: { field: string; value: string }) {
  const term = useTerms();
  const kind = Object.hasOwn(CODED, field) ? CODED[field] : undefined;
  return kind === undefined ? <Data>{value}</Data> : term(kind, value);
}

function Changes({ version }: { version: Version }) {
  const t = useText(texts);
  const term = useTerms();
  const changes = Object.entries(version.changes);
  return (
    <>
      <span className="quiet">
        <Data>{version.changedBy}</Data>
        {version.reason === null ? null : (
          <>
            {' · '}
            <Data>{version.reason}</Data>
          </>
        )}
      </span>
      {changes.length === 0 ? null : (
        <Diff
          label={t('timeline.changes', { version: version.version })}
          items={changes.map(([field, { from, to }]) => ({
            key: field,
            name: term('customerField', field),
            before: from === null ? null : <Value field={field} value={from} />,
            after: to === null ? null : <Value field={field} value={to} />,
          }))}
        />
      )}
    </>
  );
}

/** Every version of the customer's record: who changed what, when and why. */
export function TimelineTab({ customer: { customerId } }: { customer: Customer }) {
  const t = useText(texts);
  const term = useTerms();
  const query = useQuery({
    queryKey: [...customerKey(customerId), 'versions'],
    queryFn: () =>
      ask(() => api.GET('/customers/{customerId}/versions', { params: { path: { customerId } } })),
  });
  return (
    <Panel title={t('tab.timeline')}>
      {query.isPending ? <Loading /> : null}
      {query.isError ? (
        <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.data === undefined ? null : (
        <Timeline
          label={t('tab.timeline')}
          items={query.data.versions.toReversed().map((version) => ({
            key: `${version.version}`,
            at: instantText(version.changedAt),
            tone: version.version === 1 ? 'accent' : 'neutral',
            title: term('customerAction', version.action),
            detail: <Changes version={version} />,
          }))}
        />
      )}
    </Panel>
  );
}

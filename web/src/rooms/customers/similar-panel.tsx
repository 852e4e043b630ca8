import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask } from '../../api/client.ts';
import { customerKey } from '../../parts/customer-data.ts';
import { Data } from '../../parts/figure.tsx';
import { Panel } from '../../parts/page.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { StateTag } from '../../parts/states.tsx';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

/** Who may be the same person under another certificate, and why; nothing when nobody is. */
export function SimilarPanel({ customerId }: { customerId: string }) {
  const t = useText(texts);
  const term = useTerms();
  const query = useQuery({
    queryKey: [...customerKey(customerId), 'similar'],
    queryFn: () =>
      ask(() => api.GET('/customers/{customerId}/similar', { params: { path: { customerId } } })),
  });
  if (query.isLoadingError)
    return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />;
  const customers = query.data?.customers ?? [];
  if (customers.length === 0) return null;
  return (
    <Panel title={t('similar.title')}>
      <p className="quiet dialog-lead">{t('similar.lead')}</p>
      <ul className="similar-list">
        {customers.map((one) => (
          <li key={one.customerId}>
            <p>
              <Link to="/customers/$customerId" params={{ customerId: one.customerId }}>
                <Data>{one.nameMasked}</Data>
              </Link>{' '}
              <Data isCode>{one.customerId}</Data> <Data>{one.branchCode}</Data>
            </p>
            <p className="quiet">
              <Data isCode>{one.certificateMasked}</Data> · <Data isCode>{one.phoneMasked}</Data>
              {one.birthDateMasked === null ? null : (
                <>
                  {' · '}
                  <Data isCode>{one.birthDateMasked}</Data>
                </>
              )}
            </p>
            <p className="similar-reasons">
              {one.reasons.map((reason) => (
                <StateTag key={reason} tone={reason === 'address' ? 'neutral' : 'warning'}>
                  {term('similarity', reason)}
                </StateTag>
              ))}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

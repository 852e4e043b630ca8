import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask } from '../../api/client.ts';
import { customerKey, useProfile } from '../../parts/customer-data.ts';
import { AllClear, Findings } from '../../parts/findings.tsx';
import { Panel } from '../../parts/page.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { Level } from '../../parts/state.tsx';
import { Loading } from '../../parts/states.tsx';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

/** Whether a product suits a customer. */
export function useSuitability(customerId: string, fundCode: string) {
  return useQuery({
    queryKey: [...customerKey(customerId), 'suitability', fundCode],
    queryFn: () =>
      ask(() =>
        api.GET('/customers/{customerId}/products/{fundCode}/suitability', {
          params: { path: { customerId, fundCode } },
        }),
      ),
  });
}

/** Whether the product suits the investor, and what would make it possible when not. */
export function Suits({ customerId, fundCode }: { customerId: string; fundCode: string }) {
  const t = useText(texts);
  const query = useSuitability(customerId, fundCode);
  const level = useProfile(customerId).data?.profile?.level ?? undefined;
  return (
    <Panel
      title={t('suits')}
      extra={
        level === undefined ? undefined : (
          <Link to="/my/self/risk" className="my-level" title={t('suits.level')}>
            <Level kind="investorLevel" level={level} />
          </Link>
        )
      }
    >
      {query.isPending ? <Loading rows={2} /> : null}
      {query.isLoadingError ? (
        <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.data === undefined ? null : (
        <div className="my-suits">
          <p className={`my-suits-verdict my-suits-${query.data.outcome}`}>
            {t(`suits.${query.data.outcome}`)}
          </p>
          {query.data.findings.length === 0 ? (
            <AllClear>{t('suits.clear')}</AllClear>
          ) : (
            <Findings findings={query.data.findings} />
          )}
        </div>
      )}
    </Panel>
  );
}

import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import type { Got } from '../../api/types.ts';
import { useText } from '../../texts/texts.ts';
import { Figures } from '../figure-place.tsx';
import { Nav, Percent } from '../figure.tsx';
import { LoadFailed } from '../problem.tsx';
import './fund-returns.css';
import { texts } from './texts.ts';

export type Performance = Got<'/products/{fundCode}/performance'>;
export type ReturnPeriod = keyof Performance['returns'];

/** Periods in the order in which people read them. */
export const RETURN_PERIODS = ['day', 'w1', 'm1', 'm3', 'm6', 'ytd', 'y1', 'y3'] as const;

/** How a fund did; kept for a while, since NAVs come once a day. */
export function usePerformance(fundCode: string) {
  return useQuery({
    queryKey: ['products', 'performance', fundCode],
    queryFn: () =>
      ask(() => api.GET('/products/{fundCode}/performance', { params: { path: { fundCode } } })),
  });
}

/** Latest NAV and the return of each usual period; each opens to its definition. */
export function FundReturns({ fundCode }: { fundCode: string }) {
  const t = useText(texts);
  const query = usePerformance(fundCode);
  if (query.isLoadingError) {
    if (asProblem(query.error).code === 'PRODUCT_NAV_MISSING')
      return <p className="quiet">{t('none')}</p>;
    return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />;
  }
  // Their places stand before the figures come, so that nothing below them moves.
  const { nav, navDate, returns } = query.data ?? {};
  return (
    <Figures asOf={navDate}>
      <div className="fund-returns" aria-busy={query.isPending}>
        <div className="fund-returns-head">
          <div>
            <p className="fund-returns-name">
              {t('nav')} <span className="num fund-returns-date">{navDate}</span>
            </p>
            <p className="fund-returns-nav">
              <Nav of="nav" value={nav} />
            </p>
          </div>
          <div>
            <p className="fund-returns-name">{t('day')}</p>
            <p className="fund-returns-day">
              <Percent of="fundReturn" value={returns?.day} unit="percent" isMovement />
            </p>
          </div>
        </div>
        <dl className="fund-returns-list">
          {RETURN_PERIODS.filter((period) => period !== 'day').map((period) => (
            <div key={period}>
              <dt>{t(period)}</dt>
              <dd>
                <Percent of="fundReturn" value={returns?.[period]} unit="percent" isMovement />
              </dd>
            </div>
          ))}
        </dl>
      </div>
    </Figures>
  );
}

import { SearchOutlined } from '@ant-design/icons';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button, Input, Select } from 'antd';
import { api, ask } from '../../api/client.ts';
import type { Got } from '../../api/types.ts';
import { FigureLegend } from '../../parts/figure-card.tsx';
import { Figures } from '../../parts/figure-place.tsx';
import { Data, Nav, Percent } from '../../parts/figure.tsx';
import { RETURN_PERIODS, type ReturnPeriod } from '../../parts/fund-returns/fund-returns.tsx';
import { texts as returnTexts } from '../../parts/fund-returns/texts.ts';
import { Page, Panel } from '../../parts/page.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { Level, State } from '../../parts/state.tsx';
import { Empty, Loading } from '../../parts/states.tsx';
import { codesOf, useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import './my-products.css';
import type { Shelf } from './shelf.ts';
import { texts } from './texts.ts';

const route = getRouteApi('/investor/my/products');

type Fund = Got<'/products'>['items'][number];

const PAGE_ROWS = 30;
/** So many reach below the first screen, and with them what stands at their end. */
const SKELETON_ROWS = 17;
const PERIOD_DEFAULT = 'y1';
const LEVELS = [1, 2, 3, 4, 5];

function useFunds({ q, type, risk }: Shelf) {
  return useInfiniteQuery({
    queryKey: ['products', 'mine', q, type, risk],
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Got<'/products'>) => page.nextCursor,
    queryFn: ({ pageParam }) =>
      ask(() =>
        api.GET('/products', {
          params: {
            query: {
              limit: PAGE_ROWS,
              performance: true,
              ...(pageParam === undefined ? {} : { cursor: pageParam }),
              ...(q === undefined ? {} : { q }),
              ...(type === undefined ? {} : { fundType: type as 'bond' }),
              ...(risk === undefined ? {} : { riskLevel: risk }),
            },
          },
        }),
      ),
  });
}

function Filters({ shelf, onChange }: { shelf: Shelf; onChange: (next: Shelf) => void }) {
  const t = useText(texts);
  const r = useText(returnTexts);
  const term = useTerms();
  const change = (field: keyof Shelf, value: string | number | undefined) => {
    const { [field]: _gone, ...rest } = shelf;
    onChange(value === undefined || value === '' ? rest : { ...rest, [field]: value });
  };
  return (
    <search className="my-shelf-filters">
      <Input.Search
        allowClear
        enterButton={
          <Button icon={<SearchOutlined aria-hidden="true" />} aria-label={t('filter.go')} />
        }
        defaultValue={shelf.q}
        placeholder={t('filter.q')}
        aria-label={t('filter.q')}
        onSearch={(text) => change('q', text.trim())}
      />
      <div className="my-shelf-selects">
        <Select
          allowClear
          aria-label={t('filter.type')}
          placeholder={t('filter.type')}
          value={shelf.type}
          onChange={(value: string | undefined) => change('type', value)}
          popupMatchSelectWidth={false}
          options={codesOf('fundType').map((code) => ({
            value: code,
            label: term('fundType', code),
          }))}
        />
        <Select
          allowClear
          aria-label={t('filter.risk')}
          placeholder={t('filter.risk')}
          value={shelf.risk}
          onChange={(value: number | undefined) => change('risk', value)}
          popupMatchSelectWidth={false}
          options={LEVELS.map((level) => ({ value: level, label: term('riskLevel', level) }))}
        />
        <Select<ReturnPeriod>
          aria-label={r('choose')}
          value={shelf.period ?? PERIOD_DEFAULT}
          onChange={(value) => change('period', value)}
          popupMatchSelectWidth={false}
          options={RETURN_PERIODS.map((period) => ({ value: period, label: r(period) }))}
        />
      </div>
    </search>
  );
}

function FundRow({ fund, period }: { fund: Fund; period: ReturnPeriod }) {
  const r = useText(returnTexts);
  const term = useTerms();
  const { fundCode, performance, riskLevel, status } = fund;
  return (
    <li>
      <Link to="/my/products/$fundCode" params={{ fundCode }} className="my-fund">
        <span className="my-fund-name">
          <Data>{fund.name}</Data>
        </span>
        <span className="my-fund-facts">
          <Data isCode>{fundCode}</Data>
          <span>{term('fundType', fund.fundType)}</span>
          {riskLevel === undefined ? null : <Level kind="riskLevel" level={riskLevel} />}
          {status === undefined || status === '0' ? null : (
            <State kind="fundStatus" code={status} />
          )}
        </span>
        <span className="my-fund-return">
          <Percent of="fundReturn" value={performance?.returns[period]} unit="percent" isMovement />
          <span className="my-fund-label">{r(period)}</span>
        </span>
        <span className="my-fund-nav">
          <Nav of="nav" value={performance?.nav} />
          <span className="my-fund-label">
            {r('day')}{' '}
            <Percent of="fundReturn" value={performance?.returns.day} unit="percent" isMovement />
          </span>
        </span>
      </Link>
    </li>
  );
}

/** What is sold, with how it did. */
export function MyProductsPage() {
  const t = useText(texts);
  const r = useText(returnTexts);
  const shelf = route.useSearch();
  const navigate = route.useNavigate();
  const query = useFunds(shelf);
  const funds = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const period = shelf.period ?? PERIOD_DEFAULT;
  return (
    <Page title={t('title')} at={query.dataUpdatedAt}>
      <Filters shelf={shelf} onChange={(next) => void navigate({ search: next, replace: true })} />
      {query.isLoadingError ? (
        <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.isPending ? <Loading rows={SKELETON_ROWS} /> : null}
      {query.data === undefined ? null : (
        <Panel isFlush>
          {funds.length === 0 ? <Empty title={t('none')} hint={t('noneHint')} /> : null}
          <Figures isInside>
            <ul className="my-funds" aria-label={t('title')}>
              {funds.map((fund) => (
                <FundRow key={fund.fundCode} fund={fund} period={period} />
              ))}
            </ul>
          </Figures>
          {query.hasNextPage ? (
            <div className="my-funds-more">
              <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
                {t('more')}
              </Button>
            </div>
          ) : null}
        </Panel>
      )}
      <p className="quiet my-small">
        {r('note')} <FigureLegend of={['nav', 'fundReturn']} />
      </p>
    </Page>
  );
}

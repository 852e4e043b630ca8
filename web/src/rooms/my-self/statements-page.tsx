import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import type { Got } from '../../api/types.ts';
import { useMyCustomerId } from '../../app/session.ts';
import {
  type AssetAccount,
  customerKey,
  useAccountTree,
  useMovements,
} from '../../parts/customer-data.ts';
import { DocumentButton } from '../../parts/documents/document-button.tsx';
import { Data, Money, Units } from '../../parts/figure.tsx';
import { Page, Panel } from '../../parts/page.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { useAssets } from '../../parts/portfolio/data.ts';
import { Empty, Loading } from '../../parts/states.tsx';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import './my-self.css';
import { texts } from './texts.ts';

type PostingPage = Got<'/asset-accounts/{assetAccountNo}/postings'>;

const PAGE_ROWS = 30;

function usePostings(customerId: string, assetAccountNo: string) {
  return useInfiniteQuery({
    queryKey: [...customerKey(customerId), 'postings', 'mine', assetAccountNo],
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: PostingPage) => page.nextCursor,
    queryFn: ({ pageParam }) =>
      ask(() =>
        api.GET('/asset-accounts/{assetAccountNo}/postings', {
          params: {
            path: { assetAccountNo },
            query: { limit: PAGE_ROWS, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
          },
        }),
      ),
  });
}

function CashStatement({ customerId, account }: { customerId: string; account: AssetAccount }) {
  const t = useText(texts);
  const term = useTerms();
  const { assetAccountNo } = account;
  const query = usePostings(customerId, assetAccountNo);
  const postings = query.data?.pages.flatMap((page) => page.postings) ?? [];
  return (
    <Panel
      title={t('cash')}
      extra={
        <span className="quiet">
          {term('accountPurpose', account.purpose)} <Data isCode>{assetAccountNo}</Data>
        </span>
      }
      isFlush
    >
      {query.isPending ? <Loading rows={5} /> : null}
      {query.isLoadingError ? (
        <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.data !== undefined && postings.length === 0 ? <Empty title={t('cashNone')} /> : null}
      <ul className="my-postings" aria-label={t('cash')}>
        {postings.map(({ entryId, kind, amount, businessDate, ref }) => (
          <li key={entryId} className="my-posting">
            <span>{term('postingKind', kind)}</span>
            <Money of="cashMovement" value={amount} isMovement asOf={businessDate} />
            <Data isCode>{ref}</Data>
            <span className="quiet num">{businessDate}</span>
          </li>
        ))}
      </ul>
      {query.hasNextPage ? (
        <div className="my-postings-more">
          <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      ) : null}
    </Panel>
  );
}

/** The cash of each asset account. */
function CashStatements({ customerId }: { customerId: string }) {
  const t = useText(texts);
  const query = useAccountTree(customerId);
  return (
    <>
      {query.isPending ? <Loading rows={6} /> : null}
      {query.isLoadingError ? (
        <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.data?.assetAccounts.length === 0 ? (
        <Panel>
          <Empty title={t('noAccount')} />
        </Panel>
      ) : null}
      {query.data?.assetAccounts.map((account) => (
        <CashStatement key={account.assetAccountNo} customerId={customerId} account={account} />
      ))}
    </>
  );
}

function UnitStatement({ customerId }: { customerId: string }) {
  const t = useText(texts);
  const term = useTerms();
  const query = useMovements(customerId);
  const { data } = query;
  return (
    <Panel
      title={t('units')}
      isFlush
      extra={
        data === undefined ? undefined : (
          <span className="quiet num">
            {data.from} ~ {data.to}
          </span>
        )
      }
    >
      {query.isPending ? <Loading rows={5} /> : null}
      {query.isLoadingError ? (
        <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {data?.units.length === 0 ? <Empty title={t('unitsNone')} /> : null}
      <ul className="my-postings" aria-label={t('units')}>
        {data?.units.toReversed().map(({ date, fundCode, fundName, kind, units, amount, ref }) => (
          <li key={`${date} ${ref} ${fundCode} ${kind} ${units}`} className="my-posting">
            <Data>{fundName}</Data>
            <Units of="unitsMovement" value={units} asOf={date} />
            <span className="quiet">
              {term('movementKind', kind)} <Money of="movementAmount" value={amount} asOf={date} />
            </span>
            <span className="quiet num">{date}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Positions({ customerId }: { customerId: string }) {
  const t = useText(texts);
  const query = useAssets(customerId);
  const { data } = query;
  return (
    <Panel
      title={t('positions')}
      isFlush
      extra={data === undefined ? undefined : <span className="quiet num">{data.date}</span>}
    >
      {query.isPending ? <Loading rows={5} /> : null}
      {query.isLoadingError ? (
        <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {data?.holdings.length === 0 ? <Empty title={t('positionsNone')} /> : null}
      <ul className="my-postings" aria-label={t('positions')}>
        {data?.holdings.map((one) => (
          <li key={`${one.tradingAccountNo} ${one.fundCode}`} className="my-posting">
            <Data>{one.fundName}</Data>
            <Money of="holdingsValue" value={one.value} asOf={one.navDate} />
            <span className="quiet">
              {t('unitCount')} <Units of="units" value={one.units} asOf={data.date} />
            </span>
            <span className="quiet num">{one.navDate}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const VIEWS = ['cash', 'units', 'positions'] as const;
type View = (typeof VIEWS)[number];

/** Every movement of the investor's cash and units, newest first, what he holds, and papers of it. */
export function StatementsPage() {
  const t = useText(texts);
  const customerId = useMyCustomerId();
  const [view, setView] = useState<View>('cash');
  return (
    <Page
      title={t('statements')}
      before={<Link to="/my/self">{t('title')}</Link>}
      actions={<DocumentButton customerId={customerId} />}
    >
      <Segmented<View>
        aria-label={t('statements')}
        block
        value={view}
        onChange={setView}
        options={VIEWS.map((value) => ({ value, label: t(`view.${value}`) }))}
      />
      {view === 'cash' ? <CashStatements customerId={customerId} /> : null}
      {view === 'units' ? <UnitStatement customerId={customerId} /> : null}
      {view === 'positions' ? <Positions customerId={customerId} /> : null}
    </Page>
  );
}

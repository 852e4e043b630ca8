import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { api, ask } from '../../api/client.ts';
import type { Got } from '../../api/types.ts';
import { useMyCustomerId } from '../../app/session.ts';
import { type AssetAccount, customerKey, useAccountTree } from '../../parts/customer-data.ts';
import { Data, Money } from '../../parts/figure.tsx';
import { Page, Panel } from '../../parts/page.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
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
      {query.isError ? (
        <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.data !== undefined && postings.length === 0 ? <Empty title={t('cashNone')} /> : null}
      <ul className="my-postings" aria-label={t('cash')}>
        {postings.map(({ entryId, kind, amount, businessDate, ref }) => (
          <li key={entryId} className="my-posting">
            <span>{term('postingKind', kind)}</span>
            <Money value={amount} isMovement />
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

/** Every movement of the investor's cash, newest first. */
export function StatementsPage() {
  const t = useText(texts);
  const customerId = useMyCustomerId();
  const query = useAccountTree(customerId);
  return (
    <Page title={t('statements')} before={<Link to="/my/self">{t('title')}</Link>}>
      {query.isPending ? <Loading rows={6} /> : null}
      {query.isError ? (
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
    </Page>
  );
}

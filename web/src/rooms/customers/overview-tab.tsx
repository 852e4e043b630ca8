import { Link } from '@tanstack/react-router';
import { Figures } from '../../parts/figure-place.tsx';
import { Data } from '../../parts/figure.tsx';
import { Facts, Panel } from '../../parts/page.tsx';
import { Allocation } from '../../parts/portfolio/allocation.tsx';
import { AssetStats } from '../../parts/portfolio/asset-stats.tsx';
import { type Assets, useAssets } from '../../parts/portfolio/data.ts';
import { Dues } from '../../parts/portfolio/dues.tsx';
import { texts as portfolioTexts } from '../../parts/portfolio/texts.ts';
import { LoadFailed } from '../../parts/problem.tsx';
import { Level } from '../../parts/state.tsx';
import { Loading } from '../../parts/states.tsx';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { AccountTreePanel } from './account-tree.tsx';
import { type Customer, useAccountTree, useProfile } from '../../parts/customer-data.ts';
import { late } from '../../parts/late.tsx';
import { texts } from './texts.ts';

/** What the cards will take (px), so that those below do not move when they are filled. */
const STATS_HEIGHT = 77;
const PROFILE_HEIGHT = 96;
const CURVE_HEIGHT = 336;

// Its chart comes late in any case, and it waits for the assets.
const ValueCurve = late(
  async () => (await import('../../parts/portfolio/value-curve.tsx')).ValueCurve,
  <Loading rows={9} height={CURVE_HEIGHT} />,
);
const SimilarPanel = late(async () => (await import('./similar-panel.tsx')).SimilarPanel);

function SuitabilityCard({ customer }: { customer: Customer }) {
  const t = useText(texts);
  const term = useTerms();
  const query = useProfile(customer.customerId);
  const profile = query.data?.profile;
  return (
    <Panel title={t('tab.suitability')}>
      {query.isPending ? <Loading rows={2} height={PROFILE_HEIGHT} /> : null}
      {query.isLoadingError ? (
        <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {profile === null ? <p className="quiet">{t('profile.none')}</p> : null}
      {profile === undefined || profile === null ? null : (
        <Facts
          items={[
            {
              name: t('profile.level'),
              value:
                profile.level === null ? (
                  t('profile.unassessed')
                ) : (
                  <Level kind="investorLevel" level={profile.level} />
                ),
            },
            {
              name: t('profile.validUntil'),
              value: <span className="num">{profile.validUntil ?? '—'}</span>,
            },
            { name: t('profile.term'), value: term('term', profile.term) },
            {
              name: t('profile.varieties'),
              value:
                profile.varieties.map((variety) => term('variety', variety)).join(' · ') || '—',
            },
          ]}
        />
      )}
    </Panel>
  );
}

function AccountsCard({ customer }: { customer: Customer }) {
  const query = useAccountTree(customer.customerId);
  if (query.isLoadingError)
    return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />;
  return query.data === undefined ? (
    <Loading />
  ) : (
    <Figures at={query.dataUpdatedAt}>
      <AccountTreePanel tree={query.data} />
    </Figures>
  );
}

function Contacts({ customer }: { customer: Customer }) {
  const t = useText(texts);
  const { customerId, certificateMasked, phoneMasked } = customer;
  return (
    <p className="quiet customer-contacts">
      <Link to="/customers/$customerId" params={{ customerId }} search={{ tab: 'identity' }}>
        {t('tab.identity')}
      </Link>
      <Data isCode>{certificateMasked}</Data>
      <Data isCode>{phoneMasked}</Data>
    </p>
  );
}

function Wealth({ assets }: { assets: Assets }) {
  const t = useText(portfolioTexts);
  return (
    <>
      <Panel title={t('curve')}>
        <ValueCurve customerId={assets.customerId} today={assets.date} />
      </Panel>
      <Panel title={t('allocation')}>
        <Allocation assets={assets} />
      </Panel>
      <Dues assets={assets} />
    </>
  );
}

/** The customer at one look. */
export function OverviewTab({ customer }: { customer: Customer }) {
  const query = useAssets(customer.customerId);
  const assets = query.data;
  return (
    <div className="stack">
      {query.isLoadingError ? (
        <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.isPending ? <Loading rows={1} height={STATS_HEIGHT} /> : null}
      {assets === undefined ? null : <AssetStats assets={assets} />}
      <div className="columns-2">
        <div className="stack">
          {query.isPending ? <Loading rows={8} /> : null}
          {assets === undefined ? null : <Wealth assets={assets} />}
        </div>
        <div className="stack">
          <SimilarPanel customerId={customer.customerId} />
          <SuitabilityCard customer={customer} />
          <AccountsCard customer={customer} />
          <Contacts customer={customer} />
        </div>
      </div>
    </div>
  );
}

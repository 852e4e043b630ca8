import { Link } from '@tanstack/react-router';
import { useThemeName } from '../../app/preferences.ts';
import { paletteOf } from '../../app/tokens.ts';
import { Donut } from '../../parts/chart/donut.tsx';
import { directionOf } from '../../parts/decimal.ts';
import { Data, Money } from '../../parts/figure.tsx';
import { FundName, useFundNames } from '../../parts/fund.tsx';
import { Facts, Panel } from '../../parts/page.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { Level } from '../../parts/state.tsx';
import { Empty, Loading } from '../../parts/states.tsx';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { AccountTreePanel } from './account-tree.tsx';
import {
  type AssetAccount,
  type Customer,
  type Positions,
  useAccountTree,
  useAllPositions,
  useProfile,
} from './data.ts';
import { texts } from './texts.ts';

function SuitabilityCard({ customer }: { customer: Customer }) {
  const t = useText(texts);
  const term = useTerms();
  const query = useProfile(customer.customerId);
  const profile = query.data?.profile;
  return (
    <Panel title={t('tab.suitability')}>
      {query.isPending ? <Loading rows={2} /> : null}
      {query.isError ? <p className="quiet">{t('profile.none')}</p> : null}
      {profile === undefined ? null : (
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

interface Part {
  readonly key: string;
  readonly fundCode?: string;
  readonly value: string;
  readonly profit?: string | undefined;
}

/** What the customer owns, as parts of a whole: cash, then each holding that has a value. */
function partsOf(
  accounts: readonly AssetAccount[],
  holdings: readonly (Positions | undefined)[],
): Part[] {
  const cash = accounts.map(({ assetAccountNo, cash: { balance } }) => ({
    key: assetAccountNo,
    value: balance,
  }));
  const funds = holdings.flatMap((each) =>
    (each?.positions ?? []).flatMap((row) =>
      row.value === undefined
        ? []
        : [
            {
              key: `${row.tradingAccountNo} ${row.fundCode} ${row.shareClass}`,
              fundCode: row.fundCode,
              value: row.value,
              profit: row.profit,
            },
          ],
    ),
  );
  return [...cash, ...funds].filter(({ value }) => directionOf(value) !== 'flat');
}

function AllocationList({ parts }: { parts: readonly Part[] }) {
  const t = useText(texts);
  const { series } = paletteOf(useThemeName());
  return (
    <ul className="allocation-list">
      {parts.map(({ key, fundCode, value, profit }, place) => (
        <li key={key}>
          <i
            className="allocation-dot"
            aria-hidden="true"
            style={{ background: series[place % series.length] }}
          />
          <span className="allocation-name">
            {fundCode === undefined ? t('assets.cash') : <FundName code={fundCode} />}
          </span>
          <Money value={value} />
          <span className="allocation-profit">
            {fundCode === undefined ? null : <Money value={profit} isMovement />}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Allocation({
  customer,
  accounts,
}: {
  customer: Customer;
  accounts: readonly AssetAccount[];
}) {
  const t = useText(texts);
  const queries = useAllPositions(customer.customerId, accounts);
  const parts = partsOf(
    accounts,
    queries.map(({ data }) => data),
  );
  const names = useFundNames(parts.flatMap(({ fundCode }) => fundCode ?? []));
  const slices = parts.map(({ fundCode, value }) => ({
    name: fundCode === undefined ? t('assets.cash') : (names.get(fundCode) ?? fundCode),
    value,
  }));
  return (
    <Panel title={t('assets.allocation')}>
      {slices.length === 0 ? (
        <Empty title={t('holdings.none')} />
      ) : (
        <div className="allocation">
          <Donut
            label={t('assets.allocation')}
            height={180}
            slices={slices}
            nameTitle={t('holdings.fund')}
            valueTitle={t('holdings.value')}
            shareTitle={t('assets.share')}
          />
          <AllocationList parts={parts} />
        </div>
      )}
    </Panel>
  );
}

/** The customer at one look. */
export function OverviewTab({ customer }: { customer: Customer }) {
  const t = useText(texts);
  const tree = useAccountTree(customer.customerId);
  if (tree.isError) return <LoadFailed error={tree.error} onRetry={() => void tree.refetch()} />;
  if (tree.data === undefined) return <Loading />;
  const { assetAccounts } = tree.data;
  return (
    <div className="columns-2">
      <div className="stack">
        {assetAccounts.length === 0 ? (
          <Panel title={t('assets.allocation')}>
            <Empty title={t('accounts.none')} />
          </Panel>
        ) : (
          <Allocation customer={customer} accounts={assetAccounts} />
        )}
      </div>
      <div className="stack">
        <SuitabilityCard customer={customer} />
        <AccountTreePanel tree={tree.data} />
        <p className="quiet">
          <Link
            to="/customers/$customerId"
            params={{ customerId: customer.customerId }}
            search={{ tab: 'identity' }}
          >
            {t('tab.identity')}
          </Link>
          {' · '}
          <Data isCode>{customer.certificateMasked}</Data>
          {' · '}
          <Data isCode>{customer.phoneMasked}</Data>
        </p>
      </div>
    </div>
  );
}

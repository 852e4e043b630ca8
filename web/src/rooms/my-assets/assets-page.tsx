import {
  FileTextOutlined,
  ImportOutlined,
  ExportOutlined,
  ShoppingOutlined,
} from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { useState } from 'react';
import { usePreferences } from '../../app/preferences.ts';
import { useMyCustomerId } from '../../app/session.ts';
import { Figures } from '../../parts/figure-place.tsx';
import { AmountsHidden } from '../../parts/figure.tsx';
import { Panel, usePageTitle } from '../../parts/page.tsx';
import { Allocation } from '../../parts/portfolio/allocation.tsx';
import { type Assets, useAssets } from '../../parts/portfolio/data.ts';
import { Dues } from '../../parts/portfolio/dues.tsx';
import { ProfitCalendar } from '../../parts/portfolio/profit-calendar.tsx';
import { texts as portfolioTexts } from '../../parts/portfolio/texts.ts';
import { ValueCurve } from '../../parts/portfolio/value-curve.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { Loading } from '../../parts/states.tsx';
import { useIsWide } from '../../parts/wide.ts';
import { useText } from '../../texts/texts.ts';
import { Hero } from './hero.tsx';
import { Holdings } from './holdings.tsx';
import './my-assets.css';
import { Notices } from './notices.tsx';
import { texts } from './texts.ts';

const ACTS = [
  { key: 'buy', to: '/my/products', search: {}, Icon: ShoppingOutlined },
  { key: 'in', to: '/my/transfer', search: {}, Icon: ImportOutlined },
  { key: 'out', to: '/my/transfer', search: { direction: 'out' }, Icon: ExportOutlined },
  { key: 'statements', to: '/my/self/statements', search: {}, Icon: FileTextOutlined },
] as const;

function Acts() {
  const t = useText(texts);
  return (
    <nav className="my-acts" aria-label={t('acts')}>
      {ACTS.map(({ key, to, search, Icon }) => (
        <Link key={key} to={to} search={search} className="my-act">
          <Icon aria-hidden="true" />
          {t(`act.${key}`)}
        </Link>
      ))}
    </nav>
  );
}

const VIEWS = ['curve', 'calendar'] as const;
type View = (typeof VIEWS)[number];

/** The same two views: beside each other where there is room, else one at a time. */
function History({ assets, isWide }: { assets: Assets; isWide: boolean }) {
  const t = useText(texts);
  const p = useText(portfolioTexts);
  const [view, setView] = useState<View>('curve');
  const { customerId, date } = assets;
  const curve = <ValueCurve customerId={customerId} today={date} height={isWide ? 280 : 220} />;
  if (isWide) return <Panel title={p('curve')}>{curve}</Panel>;
  return (
    <Panel
      title={t('history')}
      extra={
        <Segmented<View>
          aria-label={t('history')}
          size="small"
          value={view}
          onChange={setView}
          options={VIEWS.map((value) => ({ value, label: t(value) }))}
        />
      }
    >
      {view === 'curve' ? curve : <ProfitCalendar customerId={customerId} />}
    </Panel>
  );
}

function MyAssets({ assets }: { assets: Assets }) {
  const p = useText(portfolioTexts);
  const isWide = useIsWide();
  const { hidesAmounts } = usePreferences();
  return (
    <Figures asOf={assets.date}>
      <div className="my-assets">
        <Hero assets={assets} />
        <div className="my-assets-side stack">
          <Acts />
          <Notices customerId={assets.customerId} today={assets.date} />
        </div>
        <div className="my-assets-main stack">
          <Holdings holdings={assets.holdings} />
          {hidesAmounts ? null : <History assets={assets} isWide={isWide} />}
        </div>
        <div className="my-assets-more stack">
          <Dues assets={assets} />
          {isWide && !hidesAmounts ? (
            <Panel title={p('calendar')}>
              <ProfitCalendar customerId={assets.customerId} />
            </Panel>
          ) : null}
          <Panel title={p('allocation')}>
            <Allocation assets={assets} />
          </Panel>
        </div>
      </div>
    </Figures>
  );
}

/** All that an investor owns, in one view. */
export function AssetsPage() {
  const t = useText(texts);
  const { hidesAmounts } = usePreferences();
  const query = useAssets(useMyCustomerId());
  usePageTitle(t('title'));
  return (
    <AmountsHidden value={hidesAmounts}>
      <h1 className="out-of-sight">{t('title')}</h1>
      {query.isLoadingError ? (
        <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.isPending ? <Loading rows={8} /> : null}
      {query.data === undefined ? null : <MyAssets assets={query.data} />}
    </AmountsHidden>
  );
}

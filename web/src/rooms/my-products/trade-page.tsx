import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMyCustomerId } from '../../app/session.ts';
import type { FundDetail } from '../../parts/fund-terms/fee-table.tsx';
import { useFund } from '../../parts/fund.tsx';
import type { Draft } from '../../parts/order/draft.ts';
import { PreviewPanel } from '../../parts/order/preview-panel.tsx';
import { usePlace, usePreview } from '../../parts/order/use-order.ts';
import { WarningPanel } from '../../parts/order/warning-panel.tsx';
import { needsWarning } from '../../parts/order/warning.ts';
import { Page, Panel } from '../../parts/page.tsx';
import { type Assets, useAssets } from '../../parts/portfolio/data.ts';
import { LoadFailed } from '../../parts/problem.tsx';
import { Loading } from '../../parts/states.tsx';
import { useText } from '../../texts/texts.ts';
import { FundAccountPanel } from './fund-account-panel.tsx';
import './my-products.css';
import { Placed } from './placed.tsx';
import { Review } from './review.tsx';
import { texts } from './texts.ts';
import { TradeForm } from './trade-form.tsx';

const route = getRouteApi('/investor/my/products/$fundCode/$act');

/** What the act in the address means for this product. */
function kindOf(act: string, fund: FundDetail): Draft['kind'] {
  if (act === 'redeem') return 'redemption';
  if (act === 'dividends') return 'dividendMethod';
  return fund.parameters.status === '1' ? 'subscription' : 'purchase';
}

const TITLES = {
  purchase: 'act.buy',
  subscription: 'act.subscribe',
  redemption: 'act.redeem',
  dividendMethod: 'act.dividends',
} as const;

function Trade({
  customerId,
  fund,
  assets,
  kind,
}: {
  customerId: string;
  fund: FundDetail;
  assets: Assets;
  kind: Draft['kind'];
}) {
  const held = assets.holdings.find((each) => each.fundCode === fund.fundCode);
  const [draft, setDraft] = useState<Draft>({
    customerId,
    fundCode: fund.fundCode,
    kind,
    quantity: '',
    largeRedemption: 'defer',
    // What one would change it to.
    dividendMethod: held?.dividendMethod === 'cash' ? 'reinvest' : 'cash',
    channel: '2',
    warningId: undefined,
  });
  const preview = usePreview(draft);
  const place = usePlace(draft, () => undefined);
  if (place.isSuccess) return <Placed receipt={place.data} />;
  const { data } = preview;
  const change = (next: Partial<Draft>) => setDraft({ ...draft, ...next });
  return (
    <div className="my-trade">
      <Panel>
        <TradeForm
          draft={draft}
          fund={fund}
          cash={assets.cash.available}
          units={held?.available}
          onChange={change}
        />
      </Panel>
      <div className="stack">
        <PreviewPanel draft={draft} preview={preview} isSelf />
        {data === undefined ? null : (
          <FundAccountPanel customerId={customerId} findings={data.findings} />
        )}
        {data !== undefined && needsWarning(data) ? (
          <WarningPanel
            customerId={customerId}
            fundCode={fund.fundCode}
            channel={draft.channel}
            isSelf
            onConfirmed={(warningId) => change({ warningId })}
          />
        ) : null}
        <Review draft={draft} fund={fund} preview={data} place={place} />
      </div>
    </div>
  );
}

/** Buying, redeeming, or choosing how dividends come: written, shown in full, checked, placed. */
export function TradePage() {
  const t = useText(texts);
  const { fundCode, act } = route.useParams();
  const customerId = useMyCustomerId();
  const fund = useFund(fundCode);
  const assets = useAssets(customerId);
  const failed = [fund, assets].find(({ isLoadingError }) => isLoadingError);
  if (failed !== undefined) {
    return <LoadFailed error={failed.error} onRetry={() => void failed.refetch()} />;
  }
  if (fund.data === undefined || assets.data === undefined) return <Loading />;
  const kind = kindOf(act, fund.data);
  return (
    <Page
      at={assets.dataUpdatedAt}
      title={t(TITLES[kind])}
      before={
        <Link to="/my/products/$fundCode" params={{ fundCode }}>
          <span translate="no">{fund.data.name}</span>
        </Link>
      }
    >
      <Trade key={kind} customerId={customerId} fund={fund.data} assets={assets.data} kind={kind} />
    </Page>
  );
}

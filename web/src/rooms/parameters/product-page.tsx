import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import type { Got } from '../../api/types.ts';
import { useHasRole } from '../../app/session.ts';
import { useFund } from '../../parts/fund.tsx';
import { Data } from '../../parts/figure.tsx';
import { FeeTable, type FeeKind } from '../../parts/fund-terms/fee-table.tsx';
import { ParameterDiff } from '../../parts/fund-terms/parameter-diff.tsx';
import { ParameterFacts } from '../../parts/fund-terms/parameters.tsx';
import { fundTermTexts } from '../../parts/fund-terms/texts.ts';
import { Page, Panel } from '../../parts/page.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { Empty, Loading } from '../../parts/states.tsx';
import { useText } from '../../texts/texts.ts';
import './parameters.css';
import { ProposeFees } from './propose-fees.tsx';
import { ProposeParameters } from './propose-parameters.tsx';
import { texts } from './texts.ts';
import { byEffect, timingOf } from './timing.ts';
import { VersionList } from './version-list.tsx';
import { useWaiting, WaitingChanges } from './waiting.tsx';

const route = getRouteApi('/staff/parameters/products/$fundCode');

export type Versions = Got<'/products/{fundCode}/versions'>;
type ParameterVersion = Versions['parameters'][number];
type FeeVersion = Versions['fees'][number];

export const versionsKey = (fundCode: string) => ['products', 'versions', fundCode] as const;

function useVersions(fundCode: string) {
  return useQuery({
    queryKey: versionsKey(fundCode),
    queryFn: () =>
      ask(() => api.GET('/products/{fundCode}/versions', { params: { path: { fundCode } } })),
  });
}

const effective = <One extends { effectiveDate: string; version: number }>(one: One) => ({
  ...one,
  effective: one.effectiveDate,
});

/** What stood in the place of a version before it: the next one back in effect. */
function before<One extends { effective: string; version: number }>(
  versions: readonly One[],
  one: One,
): One | undefined {
  return versions[versions.indexOf(one) + 1];
}

function ParameterVersions({ data }: { data: Versions }) {
  const t = useText(texts);
  const versions = byEffect(data.parameters.map(effective<ParameterVersion>));
  const inForce = versions.find(({ isInForce }) => isInForce) ?? versions[0];
  const [open, setOpen] = useState<string>();
  const shown = versions.find(({ version }) => `${version}` === open) ?? inForce;
  if (shown === undefined) return <Empty title={t('product.noVersions')} />;
  const earlier = before(versions, shown);
  return (
    <div className="versions">
      <VersionList
        label={t('product.terms')}
        open={`${shown.version}`}
        onOpen={setOpen}
        items={versions.map((one) => ({
          key: `${one.version}`,
          name: t('version', { version: one.version }),
          from: one.effectiveDate,
          timing: timingOf(one, data.date),
        }))}
      />
      <div className="stack version-shown">
        <h3>{t('compare.title')}</h3>
        {earlier === undefined ? (
          <p className="quiet">{t('compare.first')}</p>
        ) : (
          <ParameterDiff label={t('compare.title')} before={earlier.values} after={shown.values} />
        )}
        <h3>{t('compare.whole')}</h3>
        <ParameterFacts parameters={shown.values} />
      </div>
    </div>
  );
}

function FeeVersions({ data }: { data: Versions }) {
  const t = useText(texts);
  const f = useText(fundTermTexts);
  const versions = byEffect(data.fees.map(effective<FeeVersion>));
  const keyOf = ({ kind, version }: FeeVersion) => `${kind} ${version}`;
  const [open, setOpen] = useState<string>();
  const shown = versions.find((one) => keyOf(one) === open) ?? versions[0];
  if (shown === undefined) return <Empty title={t('product.noVersions')} />;
  const kind = shown.kind as FeeKind;
  const earlier = before(
    versions.filter((one) => one.kind === kind),
    shown,
  );
  return (
    <div className="versions">
      <VersionList
        label={t('product.fees')}
        open={keyOf(shown)}
        onOpen={setOpen}
        items={versions.map((one) => ({
          key: keyOf(one),
          name: t('version.of', { kind: f(`fee.${one.kind as FeeKind}`), version: one.version }),
          from: one.effectiveDate,
          timing: timingOf(one, data.date),
        }))}
      />
      <div className="version-columns version-shown">
        <div>
          <h3 className="quiet">{t('before')}</h3>
          {earlier === undefined ? (
            <p className="quiet">{t('compare.first')}</p>
          ) : (
            <FeeTable kind={kind} tiers={earlier.tiers} />
          )}
        </div>
        <div>
          <h3>{t('after')}</h3>
          <FeeTable kind={kind} tiers={shown.tiers} />
        </div>
      </div>
    </div>
  );
}

function Acts({ fundCode, today }: { fundCode: string; today: string }) {
  const t = useText(texts);
  const mayPropose = useHasRole('productManager', 'operations');
  const [act, setAct] = useState<'parameters' | 'fees'>();
  const close = () => setAct(undefined);
  return (
    <>
      <Link to="/products/$fundCode" params={{ fundCode }} className="link-button">
        {t('product.open')}
      </Link>
      {mayPropose ? (
        <>
          <Button onClick={() => setAct('fees')}>{t('product.changeFees')}</Button>
          <Button type="primary" onClick={() => setAct('parameters')}>
            {t('product.change')}
          </Button>
        </>
      ) : null}
      {act === 'parameters' ? (
        <ProposeParameters fundCode={fundCode} today={today} onClose={close} />
      ) : null}
      {act === 'fees' ? <ProposeFees fundCode={fundCode} today={today} onClose={close} /> : null}
    </>
  );
}

/** One product: every version of its terms and fees, what waits, and changing them. */
export function ProductPage() {
  const t = useText(texts);
  const { fundCode } = route.useParams();
  const fund = useFund(fundCode);
  const query = useVersions(fundCode);
  const subject = `fund:${fundCode}`;
  const waiting = useWaiting(subject);
  const failed = [fund, query].find(({ isLoadingError }) => isLoadingError);
  if (failed !== undefined) {
    return <LoadFailed error={failed.error} onRetry={() => void failed.refetch()} />;
  }
  if (fund.data === undefined || query.data === undefined || waiting.isPending)
    return <Loading rows={8} />;
  return (
    <Page
      asOf={query.data.date}
      title={fund.data.name}
      isTitleData
      lead={<Data isCode>{fundCode}</Data>}
      before={<Link to="/parameters">{t('title')}</Link>}
      actions={<Acts fundCode={fundCode} today={query.data.date} />}
    >
      <WaitingChanges subject={subject} />
      <Panel title={t('product.terms')} isFlush>
        <ParameterVersions data={query.data} />
      </Panel>
      <Panel title={t('product.fees')} isFlush>
        <FeeVersions data={query.data} />
      </Panel>
    </Page>
  );
}

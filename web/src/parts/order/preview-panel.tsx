import type { UseQueryResult } from '@tanstack/react-query';
import type { Posted } from '../../api/types.ts';
import { AllClear, Findings } from '../findings.tsx';
import { Figures } from '../figure-place.tsx';
import { Count, Data, Money, Nav, Percent, Units } from '../figure.tsx';
import { Facts, Panel } from '../page.tsx';
import { ProblemNote } from '../problem.tsx';
import { Empty, Loading, StateTag } from '../states.tsx';
import { useText } from '../../texts/texts.ts';
import type { Draft } from './draft.ts';
import './order.css';
import { texts } from './texts.ts';

export type Preview = Posted<'/orders/preview'>;
type Lots = NonNullable<NonNullable<Preview['estimate']>['lots']>;

/** The numbers of lots are the house's own: an investor is told how long he held each. */
function LotTable({ lots, isSelf }: { lots: Lots; isSelf: boolean }) {
  const t = useText(texts);
  return (
    <table className={`lots ${isSelf ? 'lots-self' : ''}`}>
      <caption>{t('preview.lots')}</caption>
      <thead>
        <tr>
          {isSelf ? null : <th scope="col">{t('preview.lot')}</th>}
          <th scope="col">{t('preview.lotUnits')}</th>
          <th scope="col">{t('preview.lotDays')}</th>
          <th scope="col">{t('preview.lotRate')}</th>
          <th scope="col">{t('preview.lotGross')}</th>
          <th scope="col">{t('preview.fee')}</th>
        </tr>
      </thead>
      <tbody>
        {lots.map((lot) => (
          <tr key={lot.lotId}>
            {isSelf ? null : (
              <th scope="row">
                <Data isCode>{lot.lotId}</Data>
              </th>
            )}
            <td>
              <Units of="lotUnits" value={lot.units} />
            </td>
            <td>
              <Count of="lotDays" value={lot.days} />
            </td>
            <td>
              <Percent of="lotRate" value={lot.rate} isExact />
            </td>
            <td>
              <Money of="lotGross" value={lot.gross} />
            </td>
            <td>
              <Money of="lotFee" value={lot.fee} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Estimate({ preview, draft }: { preview: Preview; draft: Draft }) {
  const t = useText(texts);
  const { estimate, expected, tradeDate } = preview;
  const isRedemption = draft.kind === 'redemption';
  const day = (value: string | undefined) => <span className="num">{value ?? '—'}</span>;
  const dates = [
    { name: t('preview.tradeDate'), value: day(tradeDate) },
    { name: t('preview.confirmDate'), value: day(expected?.confirmDate) },
  ];
  // A way of taking dividends moves no money.
  if (draft.kind === 'dividendMethod') return <Facts columns={3} items={dates} />;
  const inputs = [
    { name: t('preview.nav'), value: <Nav of="nav" value={estimate?.nav} /> },
    isRedemption
      ? { name: t('preview.lotUnits'), value: <Units of="orderUnits" value={draft.quantity} /> }
      : { name: t('preview.lotGross'), value: <Money of="orderAmount" value={draft.quantity} /> },
  ];
  const fee = isRedemption ? 'redemptionFeeExpected' : 'purchaseFeeExpected';
  const money = { inputs, value: estimate?.net };
  return (
    <Facts
      columns={3}
      items={[
        ...dates,
        {
          name: t(isRedemption ? 'preview.cashDate' : 'preview.payDate'),
          value: day(expected?.payDate),
        },
        {
          name: t('preview.fee'),
          value: <Money of={fee} inputs={inputs} value={estimate?.fee} />,
        },
        isRedemption
          ? { name: t('preview.cash'), value: <Money of="cashExpected" {...money} /> }
          : { name: t('preview.net'), value: <Money of="netAmountExpected" {...money} /> },
        ...(isRedemption
          ? []
          : [
              {
                name: t('preview.units'),
                value: <Units of="unitsExpected" inputs={inputs} value={estimate?.units} />,
              },
            ]),
      ]}
    />
  );
}

function Answer({ preview, draft, isSelf }: { preview: Preview; draft: Draft; isSelf: boolean }) {
  const t = useText(texts);
  const isRefused = preview.outcome === 'refused';
  return (
    <div className="stack">
      <Figures asOf={preview.estimate?.navDate ?? preview.tradeDate}>
        <Estimate preview={preview} draft={draft} />
        {preview.estimate?.lots === undefined || preview.estimate.lots.length === 0 ? null : (
          <LotTable lots={preview.estimate.lots} isSelf={isSelf} />
        )}
      </Figures>
      <div aria-live="polite">
        {preview.findings.length === 0 ? (
          <AllClear>{t('preview.clear')}</AllClear>
        ) : (
          <>
            <p className="preview-verdict">
              {t(isRefused ? 'preview.refused' : 'preview.accepted')}
            </p>
            <Findings findings={preview.findings} />
          </>
        )}
      </div>
    </div>
  );
}

/** What the order would do: dates, fee, units or cash, lots, and everything that speaks against it. */
export function PreviewPanel({
  draft,
  preview,
  isSelf = false,
}: {
  draft: Draft;
  preview: UseQueryResult<Preview>;
  /** The customer himself sits there. */
  isSelf?: boolean;
}) {
  const t = useText(texts);
  const { data } = preview;
  return (
    <Panel
      title={t('preview.title')}
      extra={
        data === undefined ? undefined : (
          <StateTag tone={data.outcome === 'accepted' ? 'good' : 'bad'}>
            {t(`preview.outcome.${data.outcome}`)}
          </StateTag>
        )
      }
    >
      {preview.isError ? <ProblemNote error={preview.error} /> : null}
      {preview.isLoading ? <Loading rows={3} /> : null}
      {data === undefined && !preview.isLoading && !preview.isError ? (
        <Empty
          title={t(isSelf ? 'preview.emptySelf' : 'preview.empty')}
          hint={t('preview.emptyHint')}
        />
      ) : null}
      {data === undefined ? null : <Answer preview={data} draft={draft} isSelf={isSelf} />}
    </Panel>
  );
}

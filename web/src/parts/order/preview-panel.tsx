import type { UseQueryResult } from '@tanstack/react-query';
import type { Posted } from '../../api/types.ts';
import { AllClear, Findings } from '../findings.tsx';
import { Count, Data, type FigureSource, Money, Nav, Percent, Units } from '../figure.tsx';
import { Facts, Panel } from '../page.tsx';
import { ProblemNote } from '../problem.tsx';
import { Empty, Loading, StateTag } from '../states.tsx';
import { useText } from '../../texts/texts.ts';
import type { Draft } from './draft.ts';
import './order.css';
import { texts } from './texts.ts';

export type Preview = Posted<'/orders/preview'>;
type Lots = NonNullable<NonNullable<Preview['estimate']>['lots']>;

function LotTable({ lots }: { lots: Lots }) {
  const t = useText(texts);
  return (
    <table className="lots">
      <caption>{t('preview.lots')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('preview.lot')}</th>
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
            <th scope="row">
              <Data isCode>{lot.lotId}</Data>
            </th>
            <td>
              <Units value={lot.units} />
            </td>
            <td>
              <Count value={lot.days} />
            </td>
            <td>
              <Percent value={lot.rate} isExact />
            </td>
            <td>
              <Money value={lot.gross} />
            </td>
            <td>
              <Money value={lot.fee} />
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
  const asOf = estimate?.navDate === undefined ? {} : { asOf: estimate.navDate };
  const inputs = [{ name: t('preview.nav'), value: <Nav value={estimate?.nav} /> }];
  const source = (name: string, definition: string): FigureSource => ({
    name,
    definition,
    inputs,
    ...asOf,
  });
  const net = t(isRedemption ? 'preview.cash' : 'preview.net');
  return (
    <Facts
      columns={3}
      items={[
        { name: t('preview.tradeDate'), value: <span className="num">{tradeDate}</span> },
        {
          name: t('preview.confirmDate'),
          value: <span className="num">{expected?.confirmDate ?? '—'}</span>,
        },
        {
          name: t(isRedemption ? 'preview.cashDate' : 'preview.payDate'),
          value: <span className="num">{expected?.payDate ?? '—'}</span>,
        },
        {
          name: t('preview.fee'),
          value: (
            <Money
              value={estimate?.fee}
              source={source(
                t('preview.fee'),
                t(isRedemption ? 'preview.feeByLot' : 'preview.feeOutside'),
              )}
            />
          ),
        },
        {
          name: net,
          value: (
            <Money
              value={estimate?.net}
              source={source(
                net,
                t(isRedemption ? 'preview.cashDefinition' : 'preview.netDefinition'),
              )}
            />
          ),
        },
        ...(isRedemption
          ? []
          : [
              {
                name: t('preview.units'),
                value: (
                  <Units
                    value={estimate?.units}
                    source={source(t('preview.units'), t('preview.unitsDefinition'))}
                  />
                ),
              },
            ]),
      ]}
    />
  );
}

function Answer({ preview, draft }: { preview: Preview; draft: Draft }) {
  const t = useText(texts);
  const isRefused = preview.outcome === 'refused';
  return (
    <div className="stack">
      <Estimate preview={preview} draft={draft} />
      {preview.estimate?.lots === undefined || preview.estimate.lots.length === 0 ? null : (
        <LotTable lots={preview.estimate.lots} />
      )}
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
      {data === undefined ? null : <Answer preview={data} draft={draft} />}
    </Panel>
  );
}

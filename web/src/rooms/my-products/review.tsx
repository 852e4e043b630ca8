import { Button, Modal } from 'antd';
import { useState } from 'react';
import { Figures } from '../../parts/figure-place.tsx';
import { Data, Money, Units } from '../../parts/figure.tsx';
import type { FundDetail } from '../../parts/fund-terms/fee-table.tsx';
import { type Draft, previewOf } from '../../parts/order/draft.ts';
import type { Preview } from '../../parts/order/preview-panel.tsx';
import type { usePlace } from '../../parts/order/use-order.ts';
import { ProblemNote } from '../../parts/problem.tsx';
import { words } from '../../texts/words.ts';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

type Place = ReturnType<typeof usePlace>;

function useRows(draft: Draft, fund: FundDetail, preview: Preview) {
  const t = useText(texts);
  const term = useTerms();
  const { estimate, expected, tradeDate } = preview;
  const product = { name: t('trade.product'), value: <Data>{fund.name}</Data> };
  const confirmed = {
    name: t('trade.confirmDate'),
    value: <span className="num">{expected?.confirmDate ?? tradeDate}</span>,
  };
  const fee = {
    name: t('trade.fee'),
    value: (
      <Money
        of={draft.kind === 'redemption' ? 'redemptionFeeExpected' : 'purchaseFeeExpected'}
        value={estimate?.fee}
      />
    ),
  };
  if (draft.kind === 'dividendMethod') {
    const method = term('dividendMethod', draft.dividendMethod);
    return [product, { name: t('trade.dividends'), value: method }, confirmed];
  }
  if (draft.kind === 'redemption') {
    return [
      product,
      { name: t('trade.units'), value: <Units of="orderUnits" value={draft.quantity} /> },
      fee,
      { name: t('trade.expectedCash'), value: <Money of="cashExpected" value={estimate?.net} /> },
      confirmed,
      {
        name: t('trade.cashDate'),
        value: <span className="num">{expected?.payDate ?? '—'}</span>,
      },
    ];
  }
  return [
    product,
    { name: t('trade.amount'), value: <Money of="orderAmount" value={draft.quantity} /> },
    fee,
    { name: t('trade.expectedUnits'), value: <Units of="unitsExpected" value={estimate?.units} /> },
    confirmed,
  ];
}

function Check({ draft, fund, preview }: { draft: Draft; fund: FundDetail; preview: Preview }) {
  const t = useText(texts);
  const rows = useRows(draft, fund, preview);
  return (
    <Figures asOf={preview.estimate?.navDate ?? preview.tradeDate}>
      <div className="my-check">
        <dl>
          {rows.map(({ name, value }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <p className="quiet">{t('trade.note')}</p>
      </div>
    </Figures>
  );
}

/** The last look: everything once more, then it is placed. */
export function Review({
  draft,
  fund,
  preview,
  place,
}: {
  draft: Draft;
  fund: FundDetail;
  preview: Preview | undefined;
  place: Place;
}) {
  const t = useText(texts);
  const c = useText(words);
  const [isOpen, setOpen] = useState(false);
  const canPlace = preview?.outcome === 'accepted' && previewOf(draft) !== undefined;
  return (
    <>
      <div className="my-actions">
        <Button
          type="primary"
          size="large"
          disabled={!canPlace}
          onClick={() => {
            place.reset();
            setOpen(true);
          }}
        >
          {t('trade.review')}
        </Button>
      </div>
      <Modal
        open={isOpen && canPlace}
        title={t('trade.check')}
        okText={t('trade.send')}
        cancelText={c('act.back')}
        confirmLoading={place.isPending}
        onOk={() => place.mutate()}
        onCancel={() => setOpen(false)}
        closable={{ 'aria-label': c('act.close') }}
      >
        {canPlace ? <Check draft={draft} fund={fund} preview={preview} /> : null}
        {place.isError ? <ProblemNote error={place.error} /> : null}
      </Modal>
    </>
  );
}

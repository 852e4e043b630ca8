import { Link } from '@tanstack/react-router';
import { Button, Form, Input, Radio } from 'antd';
import { groupDecimal } from '../../parts/decimal.ts';
import { Money, Units } from '../../parts/figure.tsx';
import type { FundDetail } from '../../parts/fund-terms/fee-table.tsx';
import { type Draft, isQuantity } from '../../parts/order/draft.ts';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

interface Props {
  draft: Draft;
  fund: FundDetail;
  /** Cash that can be spent. */
  cash: string;
  /** Units that can be redeemed; undefined when none are held. */
  units: string | undefined;
  onChange: (next: Partial<Draft>) => void;
}

function Means({ draft, fund, cash, units, onChange }: Props) {
  const t = useText(texts);
  if (draft.kind === 'redemption') {
    return (
      <span className="my-trade-means">
        {t('trade.available')} <Units of="unitsAvailable" value={units} />
        {units === undefined ? null : (
          <Button size="small" type="link" onClick={() => onChange({ quantity: units })}>
            {t('trade.all')}
          </Button>
        )}
      </span>
    );
  }
  const { minFirstPurchase, minNextPurchase } = fund.parameters;
  return (
    <>
      <span className="my-trade-means">
        {t('trade.cash')} <Money of="cashAvailable" value={cash} />{' '}
        <Link to="/my/transfer">{t('trade.payIn')}</Link>
      </span>
      {minFirstPurchase === undefined || minNextPurchase === undefined ? null : (
        <span className="my-trade-means">
          {t('trade.min', {
            first: groupDecimal(minFirstPurchase, 2),
            next: groupDecimal(minNextPurchase, 2),
          })}
        </span>
      )}
    </>
  );
}

function Quantity(props: Props) {
  const t = useText(texts);
  const { draft, onChange } = props;
  const isRedemption = draft.kind === 'redemption';
  const isWrong = draft.quantity !== '' && !isQuantity(draft.quantity);
  return (
    <Form.Item
      label={t(isRedemption ? 'trade.units' : 'trade.amount')}
      htmlFor="quantity"
      validateStatus={isWrong ? 'error' : ''}
      help={isWrong ? t('trade.wrong') : undefined}
      extra={<Means {...props} />}
    >
      <Input
        id="quantity"
        size="large"
        inputMode="decimal"
        autoComplete="off"
        className="num"
        suffix={t(isRedemption ? 'trade.unitsUnit' : 'trade.yuan')}
        value={draft.quantity}
        onChange={(event) => onChange({ quantity: event.target.value.replace(/[,\s]/g, '') })}
      />
      {isQuantity(draft.quantity) ? (
        <span className="quiet num my-read">{groupDecimal(draft.quantity, 2)}</span>
      ) : null}
    </Form.Item>
  );
}

/** The order as the investor writes it. Nothing is sent from here. */
export function TradeForm(props: Props) {
  const t = useText(texts);
  const term = useTerms();
  const { draft, onChange } = props;
  if (draft.kind === 'dividendMethod') {
    return (
      <Form layout="vertical" component="div">
        <Form.Item label={t('trade.dividends')} extra={t('trade.dividendsHint')}>
          <Radio.Group
            value={draft.dividendMethod}
            onChange={(event) => onChange({ dividendMethod: event.target.value as 'cash' })}
            options={(['reinvest', 'cash'] as const).map((value) => ({
              value,
              label: term('dividendMethod', value),
            }))}
          />
        </Form.Item>
      </Form>
    );
  }
  return (
    <Form layout="vertical" component="div">
      <Quantity {...props} />
      {draft.kind === 'redemption' ? (
        <Form.Item label={t('trade.large')} extra={t('trade.largeHint')}>
          <Radio.Group
            value={draft.largeRedemption}
            onChange={(event) => onChange({ largeRedemption: event.target.value as 'defer' })}
            options={(['defer', 'cancel'] as const).map((value) => ({
              value,
              label: term('largeRedemption', value),
            }))}
          />
        </Form.Item>
      ) : null}
    </Form>
  );
}

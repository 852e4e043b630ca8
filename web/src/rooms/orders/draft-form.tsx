import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Radio } from 'antd';
import { api, ask } from '../../api/client.ts';
import { CustomerPicker } from '../../parts/customer-picker.tsx';
import { groupDecimal } from '../../parts/decimal.ts';
import { Figures } from '../../parts/figure-place.tsx';
import { Money, Units } from '../../parts/figure.tsx';
import { FundPicker } from '../../parts/fund-picker.tsx';
import { useTerms } from '../../texts/terms.ts';
import { Choice } from '../../parts/choice.tsx';
import { useText } from '../../texts/texts.ts';
import { type Draft, isQuantity, ORDER_KINDS } from '../../parts/order/draft.ts';
import { texts } from './texts.ts';

interface Props {
  draft: Draft;
  onChange: (next: Partial<Draft>) => void;
}

/** What the customer has: cash to buy with, and units of the chosen fund to redeem. */
function useMeans({ customerId, fundCode }: Draft) {
  return useQuery({
    queryKey: ['customers', 'one', customerId ?? '', 'means', fundCode],
    enabled: customerId !== undefined,
    queryFn: async () => {
      const path = { customerId: customerId ?? '' };
      const { assetAccounts } = await ask(() =>
        api.GET('/customers/{customerId}/accounts', { params: { path } }),
      );
      const account = assetAccounts.find(({ purpose }) => purpose === 'main') ?? assetAccounts[0];
      if (account === undefined) return { cash: undefined, units: undefined };
      const { assetAccountNo } = account;
      const { positions } = await ask(() =>
        api.GET('/asset-accounts/{assetAccountNo}/positions', {
          params: { path: { assetAccountNo } },
        }),
      );
      const held = positions.find((each) => each.fundCode === fundCode);
      return { cash: account.cash.available, units: held?.available };
    },
  });
}

function Quantity({ draft, onChange }: Props) {
  const t = useText(texts);
  const { data, dataUpdatedAt } = useMeans(draft);
  const isRedemption = draft.kind === 'redemption';
  const units = data?.units;
  const isWrong = draft.quantity !== '' && !isQuantity(draft.quantity);
  return (
    <Form.Item
      label={t(isRedemption ? 'desk.units' : 'desk.amount')}
      htmlFor="quantity"
      validateStatus={isWrong ? 'error' : ''}
      help={isWrong ? t('desk.quantityWrong') : undefined}
      extra={
        <Figures at={dataUpdatedAt}>
          <span className="desk-means">
            {isRedemption ? (
              <>
                {t('desk.availableUnits')} <Units of="unitsAvailable" value={units} />
                {units === undefined ? null : (
                  <Button size="small" type="link" onClick={() => onChange({ quantity: units })}>
                    {t('desk.allUnits')}
                  </Button>
                )}
              </>
            ) : (
              <>
                {t('desk.availableCash')} <Money of="cashAvailable" value={data?.cash} />
              </>
            )}
          </span>
        </Figures>
      }
    >
      <Input
        id="quantity"
        size="large"
        inputMode="decimal"
        autoComplete="off"
        className="num"
        suffix={t(isRedemption ? 'desk.unitsUnit' : 'desk.amountUnit')}
        value={draft.quantity}
        onChange={(event) => onChange({ quantity: event.target.value.replace(/[,\s]/g, '') })}
      />
      {isQuantity(draft.quantity) ? (
        <span className="quiet num desk-read">{groupDecimal(draft.quantity, 2)}</span>
      ) : null}
    </Form.Item>
  );
}

function KindFields({ draft, onChange }: Props) {
  const t = useText(texts);
  const term = useTerms();
  if (draft.kind === 'dividendMethod') {
    return (
      <Form.Item label={t('desk.dividend')}>
        <Radio.Group
          value={draft.dividendMethod}
          onChange={(event) => onChange({ dividendMethod: event.target.value as 'cash' })}
          options={(['reinvest', 'cash'] as const).map((value) => ({
            value,
            label: term('dividendMethod', value),
          }))}
        />
      </Form.Item>
    );
  }
  return (
    <>
      <Quantity draft={draft} onChange={onChange} />
      {draft.kind === 'redemption' ? (
        <Form.Item label={t('desk.large')} extra={t('desk.largeHint')}>
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
    </>
  );
}

/** The order itself. Nothing is sent from here. */
export function DraftForm({ draft, onChange }: Props) {
  const t = useText(texts);
  const term = useTerms();
  return (
    <Form layout="vertical" component="div">
      <Form.Item label={t('order.customer')} htmlFor="customer">
        <CustomerPicker
          id="customer"
          value={draft.customerId}
          onChange={(customerId) => onChange({ customerId })}
        />
      </Form.Item>
      <Form.Item label={t('desk.kind')}>
        <Choice
          label={t('desk.kind')}
          isBlock
          value={draft.kind}
          onChange={(kind) => onChange({ kind, quantity: '' })}
          options={ORDER_KINDS.map((value) => ({ value, label: term('orderKind', value) }))}
        />
      </Form.Item>
      <Form.Item label={t('order.fund')} htmlFor="fund">
        <FundPicker
          id="fund"
          value={draft.fundCode}
          onChange={(fundCode) => onChange({ fundCode })}
        />
      </Form.Item>
      <KindFields draft={draft} onChange={onChange} />
      <Form.Item label={t('order.channel')}>
        <Radio.Group
          value={draft.channel}
          onChange={(event) => onChange({ channel: event.target.value as '0' })}
          options={(['0', '1', '2'] as const).map((value) => ({
            value,
            label: term('channel', value),
          }))}
        />
      </Form.Item>
    </Form>
  );
}

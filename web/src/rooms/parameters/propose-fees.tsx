import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Drawer, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import type { PostBody } from '../../api/types.ts';
import { Choice } from '../../parts/choice.tsx';
import { DayField } from '../../parts/day-field.tsx';
import { FeeTable, type FeeKind, type Tier } from '../../parts/fund-terms/fee-table.tsx';
import { fundTermTexts } from '../../parts/fund-terms/texts.ts';
import { useTermsOn } from '../../parts/fund-terms/terms-on.ts';
import { useText } from '../../texts/texts.ts';
import { percentOfRate, rateOfPercent } from './percent-text.ts';
import { Proposed, ProposeFoot, usePropose } from './proposed.tsx';
import { texts } from './texts.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const KINDS = ['purchase', 'redemption', 'subscription'] as const;

/** A tier as it is typed: rates in percent. */
interface TypedTier {
  readonly from: string;
  readonly mode: 'rate' | 'flat';
  readonly charge: string;
  readonly toFund: string;
}

const typedOf = (tier: Tier): TypedTier => ({
  from: tier.fromDays ?? tier.fromAmount ?? '0',
  mode: tier.flat === undefined ? 'rate' : 'flat',
  charge: tier.flat ?? percentOfRate(tier.rate ?? '0'),
  toFund: percentOfRate(tier.toFundShare ?? '0'),
});

const FIRST: TypedTier = { from: '0', mode: 'rate', charge: '', toFund: '0' };

/** The tier that is sent; what cannot be read goes as it was typed, for the server to say so. */
function tierOf(kind: FeeKind, { from, mode, charge, toFund }: TypedTier): Tier {
  const rate = rateOfPercent(charge) ?? charge;
  if (kind === 'redemption') {
    return { fromDays: from, rate, toFundShare: rateOfPercent(toFund) ?? toFund };
  }
  return mode === 'flat' ? { fromAmount: from, flat: charge } : { fromAmount: from, rate };
}

const isDecimal = (text: string): boolean => /^\d{1,15}(\.\d{1,8})?$/.test(text);

const isWhole = (kind: FeeKind, tier: TypedTier): boolean =>
  isDecimal(tier.from) &&
  isDecimal(tier.charge) &&
  (kind !== 'redemption' || isDecimal(tier.toFund));

function TierRow({
  kind,
  place,
  tier,
  onChange,
  onRemove,
}: {
  kind: FeeKind;
  place: number;
  tier: TypedTier;
  onChange: (change: Partial<TypedTier>) => void;
  onRemove: (() => void) | undefined;
}) {
  const t = useText(texts);
  const input = (name: 'from' | 'charge' | 'toFund', label: string) => (
    <Input
      aria-label={`${t('tier.place', { place })} ${label}`}
      className="num"
      inputMode="decimal"
      autoComplete="off"
      maxLength={24}
      value={tier[name]}
      onChange={(event) => onChange({ [name]: event.target.value.replaceAll(/[,\s]/g, '') })}
    />
  );
  const isRedemption = kind === 'redemption';
  return (
    <tr>
      <td>{input('from', t(isRedemption ? 'tier.days' : 'tier.amount'))}</td>
      {isRedemption ? null : (
        <td>
          <Select
            aria-label={`${t('tier.place', { place })} ${t('tier.mode')}`}
            value={tier.mode}
            onChange={(mode) => onChange({ mode })}
            options={(['rate', 'flat'] as const).map((value) => ({
              value,
              label: t(`mode.${value}`),
            }))}
          />
        </td>
      )}
      <td>{input('charge', t(tier.mode === 'flat' ? 'tier.flat' : 'tier.rate'))}</td>
      {isRedemption ? <td>{input('toFund', t('tier.toFund'))}</td> : null}
      <td className="tier-act">
        <Button
          type="text"
          icon={<DeleteOutlined />}
          disabled={onRemove === undefined}
          aria-label={t('tier.remove', { place })}
          onClick={onRemove}
        />
      </td>
    </tr>
  );
}

function TierEditor({
  kind,
  tiers,
  onChange,
}: {
  kind: FeeKind;
  tiers: readonly TypedTier[];
  onChange: (tiers: readonly TypedTier[]) => void;
}) {
  const t = useText(texts);
  const isRedemption = kind === 'redemption';
  const hasFlat = tiers.some(({ mode }) => mode === 'flat');
  return (
    <div>
      <table className="tiers">
        <thead>
          <tr>
            <th scope="col">{t(isRedemption ? 'tier.days' : 'tier.amount')}</th>
            {isRedemption ? null : <th scope="col">{t('tier.mode')}</th>}
            <th scope="col">
              {t('tier.rate')}
              {hasFlat ? ` / ${t('tier.flat')}` : ''}
            </th>
            {isRedemption ? <th scope="col">{t('tier.toFund')}</th> : null}
            <th scope="col" aria-label={t('tier.remove', { place: '' })} />
          </tr>
        </thead>
        <tbody>
          {tiers.map((tier, place) => (
            <TierRow
              // oxlint-disable-next-line react/no-array-index-key -- a tier is its place
              key={place}
              kind={kind}
              place={place + 1}
              tier={tier}
              onChange={(change) =>
                onChange(tiers.map((one, at) => (at === place ? { ...one, ...change } : one)))
              }
              onRemove={
                tiers.length === 1
                  ? undefined
                  : () => onChange(tiers.filter((_, at) => at !== place))
              }
            />
          ))}
        </tbody>
      </table>
      <Button
        size="small"
        icon={<PlusOutlined />}
        onClick={() => onChange([...tiers, { ...FIRST, from: '' }])}
      >
        {t('tier.add')}
      </Button>
    </div>
  );
}

function Preview({
  kind,
  before,
  after,
}: {
  kind: FeeKind;
  before: readonly Tier[];
  after: readonly Tier[];
}) {
  const t = useText(texts);
  return (
    <section className="propose-preview">
      <h3>{t('propose.preview')}</h3>
      <div className="version-columns">
        <div>
          <h4 className="quiet">{t('before')}</h4>
          <FeeTable kind={kind} tiers={before} />
        </div>
        <div>
          <h4>{t('after')}</h4>
          <FeeTable kind={kind} tiers={after} />
        </div>
      </div>
    </section>
  );
}

type FeeChange = PostBody<'/products/{fundCode}/fee-schedule-changes'>;

/** The tiers of one kind of fee from a day on, beside those in force. */
export function ProposeFees({
  fundCode,
  today,
  onClose,
}: {
  fundCode: string;
  today: string;
  onClose: () => void;
}) {
  const t = useText(texts);
  const f = useText(fundTermTexts);
  const [day, setDay] = useState(today);
  const [kind, setKind] = useState<FeeKind>('purchase');
  const [typed, setTyped] = useState<readonly TypedTier[]>();
  const isDay = DAY.test(day);
  const terms = useTermsOn(fundCode, day, isDay);
  const propose = usePropose((body: FeeChange) =>
    ask(() =>
      api.POST('/products/{fundCode}/fee-schedule-changes', {
        params: { path: { fundCode } },
        body,
      }),
    ),
  );
  const standing = terms.data?.fees[kind] ?? [];
  const shown = typed ?? (standing.length === 0 ? [FIRST] : standing.map(typedOf));
  const isReady = isDay && typed !== undefined && shown.every((tier) => isWhole(kind, tier));
  const tiers = shown.map((tier) => tierOf(kind, tier));
  // What is still being typed is no tier yet.
  const whole = tiers.filter((_, place) => isWhole(kind, shown[place] ?? FIRST));
  return (
    <Drawer open onClose={onClose} size={760} title={t('product.changeFees')}>
      {propose.data === undefined ? (
        <div className="stack">
          <Form layout="vertical" component="div" className="propose-head">
            <Form.Item label={t('feeKind')}>
              <Choice
                label={t('feeKind')}
                value={kind}
                onChange={(next) => {
                  setKind(next);
                  setTyped(undefined);
                }}
                options={KINDS.map((value) => ({ value, label: f(`fee.${value}`) }))}
              />
            </Form.Item>
            <Form.Item
              label={t('effectiveDate')}
              htmlFor="fee-date"
              extra={t('effectiveDate.hint')}
            >
              <DayField id="fee-date" value={day} onChange={setDay} />
            </Form.Item>
          </Form>
          <TierEditor kind={kind} tiers={shown} onChange={setTyped} />
          <Preview kind={kind} before={standing} after={whole} />
          <ProposeFoot
            propose={propose}
            isReady={isReady}
            onSend={() => propose.mutate({ kind, effectiveDate: day, tiers })}
          />
        </div>
      ) : (
        <Proposed held={propose.data} />
      )}
    </Drawer>
  );
}

import type { Got } from '../../api/types.ts';
import { groupDecimal } from '../decimal.ts';
import { Money, Percent } from '../figure.tsx';
import { useText } from '../../texts/texts.ts';
import './fund-terms.css';
import { fundTermTexts } from './texts.ts';

export type FundDetail = Got<'/products/{fundCode}'>;
export type Tier = FundDetail['fees']['purchase'][number];
export type FeeKind = keyof FundDetail['fees'];

function useTierText() {
  const t = useText(fundTermTexts);
  /** From where to where a tier holds: the next one begins where this one ends. */
  return (tier: Tier, next: Tier | undefined): string => {
    if (tier.fromDays !== undefined) {
      return next?.fromDays === undefined
        ? t('fee.daysFrom', { from: tier.fromDays })
        : t('fee.days', { from: tier.fromDays, to: next.fromDays });
    }
    const from = groupDecimal(tier.fromAmount ?? '0', 0);
    return next?.fromAmount === undefined
      ? t('fee.amountFrom', { from })
      : t('fee.amount', { from, to: groupDecimal(next.fromAmount, 0) });
  };
}

function Charge({ tier }: { tier: Tier }) {
  const t = useText(fundTermTexts);
  if (tier.flat !== undefined) {
    return (
      <>
        <Money of="flatFee" value={tier.flat} /> {t('fee.perOrder')}
      </>
    );
  }
  return <Percent of="feeRate" value={tier.rate} isExact />;
}

/** The tiers of one kind of fee. */
export function FeeTable({ kind, tiers }: { kind: FeeKind; tiers: readonly Tier[] }) {
  const t = useText(fundTermTexts);
  const rangeOf = useTierText();
  if (tiers.length === 0) return <p className="quiet">{t('fee.none')}</p>;
  const hasShare = tiers.some(({ toFundShare }) => toFundShare !== undefined);
  return (
    <table className="fee-table">
      <caption>{t(`fee.${kind}`)}</caption>
      <thead>
        <tr>
          <th scope="col">{t(kind === 'redemption' ? 'fee.holding' : 'fee.size')}</th>
          <th scope="col">{t('fee.rate')}</th>
          {hasShare ? <th scope="col">{t('fee.toFund')}</th> : null}
        </tr>
      </thead>
      <tbody>
        {tiers.map((tier, place) => (
          <tr key={tier.fromAmount ?? tier.fromDays}>
            <th scope="row">{rangeOf(tier, tiers[place + 1])}</th>
            <td>
              <Charge tier={tier} />
            </td>
            {hasShare ? (
              <td>
                <Percent of="feeToFund" value={tier.toFundShare} isExact />
              </td>
            ) : null}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import { useText } from '../../texts/texts.ts';
import { groupDecimal } from '../decimal.ts';
import { useFigureSources } from '../figure-definitions.ts';
import { Money } from '../figure.tsx';
import { Stats } from '../stats.tsx';
import type { Assets } from './data.ts';
import { texts } from './texts.ts';

/** The figures at the head of a customer's assets; each opens to its definition. */
export function AssetStats({ assets }: { assets: Assets }) {
  const t = useText(texts);
  const sourceOf = useFigureSources();
  const figure = (id: 'total' | 'holdingsValue' | 'onTheWay', value: string) => {
    const source = sourceOf(id, assets.date);
    return {
      key: id,
      name: t(id),
      value: <Money value={value} {...(source === undefined ? {} : { source })} />,
    };
  };
  const movement = (id: 'totalProfit' | 'dayProfit', value: string | undefined, asOf: string) => {
    const source = sourceOf(id, asOf);
    return {
      key: id,
      name: t(id),
      value: <Money value={value} isMovement {...(source === undefined ? {} : { source })} />,
    };
  };
  return (
    <Stats
      items={[
        figure('total', assets.total),
        figure('holdingsValue', assets.holdingsValue),
        {
          key: 'cash',
          name: t('cash'),
          value: <Money value={assets.cash.available} />,
          ...(assets.cash.frozen === '0.00'
            ? {}
            : { note: t('frozen', { amount: groupDecimal(assets.cash.frozen, 2) }) }),
        },
        figure('onTheWay', assets.onTheWay),
        movement('totalProfit', assets.totalProfit, assets.date),
        movement('dayProfit', assets.dayProfit, assets.navDate ?? assets.date),
      ]}
    />
  );
}

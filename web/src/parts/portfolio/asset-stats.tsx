import { useText } from '../../texts/texts.ts';
import { Money } from '../figure.tsx';
import { Stats } from '../stats.tsx';
import type { Assets } from './data.ts';
import { texts } from './texts.ts';

/** The figures at the head of a customer's assets; each opens to its definition. */
export function AssetStats({ assets }: { assets: Assets }) {
  const t = useText(texts);
  const figure = (id: 'total' | 'holdingsValue' | 'onTheWay', value: string) => ({
    key: id,
    name: t(id),
    value: <Money of={id} value={value} asOf={assets.date} />,
  });
  const movement = (id: 'totalProfit' | 'dayProfit', value: string | undefined, asOf: string) => ({
    key: id,
    name: t(id),
    value: <Money of={id} value={value} isMovement asOf={asOf} />,
  });
  return (
    <Stats
      items={[
        figure('total', assets.total),
        figure('holdingsValue', assets.holdingsValue),
        {
          key: 'cash',
          name: t('cash'),
          value: <Money of="cashAvailable" value={assets.cash.available} asOf={assets.date} />,
          ...(assets.cash.frozen === '0.00'
            ? {}
            : {
                note: (
                  <>
                    {t('frozen')}{' '}
                    <Money of="cashFrozen" value={assets.cash.frozen} asOf={assets.date} />
                  </>
                ),
              }),
        },
        figure('onTheWay', assets.onTheWay),
        movement('totalProfit', assets.totalProfit, assets.date),
        movement('dayProfit', assets.dayProfit, assets.navDate ?? assets.date),
      ]}
    />
  );
}

import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons';
import type { CSSProperties, ReactNode } from 'react';
import { setPreferences, usePreferences } from '../../app/preferences.ts';
import { DARK, movementColours } from '../../app/tokens.ts';
import { groupDecimal } from '../../parts/decimal.ts';
import { useFigureSources } from '../../parts/figure-definitions.ts';
import { Money } from '../../parts/figure.tsx';
import type { Assets } from '../../parts/portfolio/data.ts';
import { texts as portfolioTexts } from '../../parts/portfolio/texts.ts';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

function HideButton() {
  const t = useText(texts);
  const { hidesAmounts } = usePreferences();
  const label = t(hidesAmounts ? 'amounts.show' : 'amounts.hide');
  return (
    <button
      type="button"
      className="plain-button my-hero-eye"
      aria-label={label}
      title={label}
      onClick={() => setPreferences({ hidesAmounts: !hidesAmounts })}
    >
      {hidesAmounts ? (
        <EyeInvisibleOutlined aria-hidden="true" />
      ) : (
        <EyeOutlined aria-hidden="true" />
      )}
    </button>
  );
}

function Part({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** All that is owned, at the head of the page; each figure opens to its definition. */
export function Hero({ assets }: { assets: Assets }) {
  const t = useText(texts);
  const p = useText(portfolioTexts);
  const sourceOf = useFigureSources();
  const { up, hidesAmounts } = usePreferences();
  const source = (id: string, asOf: string) => {
    const found = sourceOf(id, asOf);
    return found === undefined ? {} : { source: found };
  };
  // The head is dark in both themes, so it takes the colours of the dark one.
  const colours = movementColours(DARK, up);
  const style = { '--up': colours.up, '--down': colours.down } as CSSProperties;
  const dayDate = assets.navDate ?? assets.date;
  return (
    <section className="my-hero" style={style} aria-label={p('total')}>
      <p className="my-hero-name">
        {t('total')}
        <HideButton />
        <span className="my-hero-date num">{t('asOf', { date: assets.date })}</span>
      </p>
      <p className="my-hero-total">
        <Money value={assets.total} {...source('total', assets.date)} />
      </p>
      <dl className="my-hero-movements">
        <Part name={t('dayProfit', { date: dayDate.slice(5) })}>
          <Money value={assets.dayProfit} isMovement {...source('dayProfit', dayDate)} />
        </Part>
        <Part name={p('totalProfit')}>
          <Money value={assets.totalProfit} isMovement {...source('totalProfit', assets.date)} />
        </Part>
      </dl>
      <dl className="my-hero-parts">
        <Part name={p('holdingsValue')}>
          <Money value={assets.holdingsValue} {...source('holdingsValue', assets.date)} />
        </Part>
        <Part name={p('cash')}>
          <Money value={assets.cash.available} />
          {assets.cash.frozen === '0.00' || hidesAmounts ? null : (
            <span className="my-hero-note num">
              {t('frozen', { amount: groupDecimal(assets.cash.frozen, 2) })}
            </span>
          )}
        </Part>
        <Part name={p('onTheWay')}>
          <Money value={assets.onTheWay} {...source('onTheWay', assets.date)} />
        </Part>
      </dl>
    </section>
  );
}

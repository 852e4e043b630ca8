import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons';
import type { CSSProperties, ReactNode } from 'react';
import { setPreferences, usePreferences } from '../../app/preferences.ts';
import { DARK, movementColours } from '../../app/tokens.ts';
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
  const { up, hidesAmounts } = usePreferences();
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
        <Money of="total" value={assets.total} />
      </p>
      <dl className="my-hero-movements">
        <Part name={t('dayProfit', { date: dayDate.slice(5) })}>
          <Money of="dayProfit" value={assets.dayProfit} isMovement asOf={dayDate} />
        </Part>
        <Part name={p('totalProfit')}>
          <Money of="totalProfit" value={assets.totalProfit} isMovement />
        </Part>
      </dl>
      <dl className="my-hero-parts">
        <Part name={p('holdingsValue')}>
          <Money of="holdingsValue" value={assets.holdingsValue} />
        </Part>
        <Part name={p('cash')}>
          <Money of="cashAvailable" value={assets.cash.available} />
          {assets.cash.frozen === '0.00' || hidesAmounts ? null : (
            <span className="my-hero-note num">
              {t('frozen')} <Money of="cashFrozen" value={assets.cash.frozen} />
            </span>
          )}
        </Part>
        <Part name={p('onTheWay')}>
          <Money of="onTheWay" value={assets.onTheWay} />
        </Part>
      </dl>
    </section>
  );
}

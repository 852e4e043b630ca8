import { useState } from 'react';
import { usePreferences, useThemeName } from '../../app/preferences.ts';
import { paletteOf } from '../../app/tokens.ts';
import { Choice } from '../choice.tsx';
import { inLanguage, useText } from '../../texts/texts.ts';
import { Donut } from '../chart/donut.tsx';
import { Figures } from '../figure-place.tsx';
import { Data, Money, Percent } from '../figure.tsx';
import { Empty } from '../states.tsx';
import type { Assets, Slice } from './data.ts';
import './portfolio.css';
import { texts } from './texts.ts';

const VIEWS = ['byType', 'byRisk', 'byFund'] as const;
type View = (typeof VIEWS)[number];

function Legend({ slices }: { slices: readonly Slice[] }) {
  const { language } = usePreferences();
  const { series } = paletteOf(useThemeName());
  return (
    <ul className="allocation-list">
      {slices.map(({ key, label, labelZh, value, weight }, place) => (
        <li key={key}>
          <i
            className="allocation-dot"
            aria-hidden="true"
            style={{ background: series[place % series.length] }}
          />
          <span className="allocation-name">
            <Data>{inLanguage(language, { en: label, zh: labelZh })}</Data>
          </span>
          <Money of="holdingsValue" value={value} />
          <span className="allocation-share">
            <Percent of="weight" value={weight} unit="percent" />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What the holdings are made of, seen three ways. */
export function Allocation({ assets }: { assets: Assets }) {
  const t = useText(texts);
  const { language } = usePreferences();
  const [view, setView] = useState<View>('byType');
  const slices = assets[view];
  if (slices.length === 0) {
    return <Empty title={t('allocation.none')} hint={t('allocation.noneHint')} />;
  }
  return (
    <div className="allocation-box">
      <div className="allocation">
        <Choice<View>
          label={t('allocation')}
          size="small"
          value={view}
          onChange={setView}
          options={VIEWS.map((value) => ({ value, label: t(`allocation.${value}`) }))}
        />
        <Donut
          label={t('allocation')}
          height={176}
          nameTitle={t('holding.fund')}
          valueTitle={t('holding.value')}
          shareTitle={t('weight')}
          slices={slices.map(({ label, labelZh, value, weight }) => ({
            name: inLanguage(language, { en: label, zh: labelZh }),
            value,
            percent: weight,
          }))}
        />
        <Figures asOf={assets.date}>
          <Legend slices={slices} />
        </Figures>
      </div>
    </div>
  );
}

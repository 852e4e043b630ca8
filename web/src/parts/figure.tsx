import { createContext, type ReactNode, useContext } from 'react';
import { usePreferences } from '../app/preferences.ts';
import { shortAmount } from './chart/ticks.ts';
import { directionOf, exactPercentText, groupDecimal, percentText } from './decimal.ts';
import { idOf, type Opened, Opening } from './figure-card.tsx';
import { useFigurePlace } from './figure-place.tsx';
import './figure.css';

const EMPTY = '—';
const HIDDEN = '••••••';

/** Whether amounts and units below are hidden from who looks over the reader's shoulder. */
export const AmountsHidden = createContext(false);

export interface FigureProps extends Opened {
  /** Decimal text as the server gave it; absent shows a dash. */
  value: string | null | undefined;
  /** Colours by direction and shows the sign of a rise. */
  isMovement?: boolean;
}

function Figure({
  value,
  shown,
  isMovement,
  unit,
  ...opened
}: FigureProps & { shown: string; unit?: string }) {
  const { isInside } = useFigurePlace();
  if (value === null || value === undefined) return <span className="quiet">{EMPTY}</span>;
  const direction = isMovement === true ? directionOf(value) : 'flat';
  const text = direction === 'up' ? `+${shown}` : shown;
  const className = `num figure ${direction === 'flat' ? '' : direction}`;
  const content = (
    <>
      {text}
      {unit === undefined ? null : <span className="figure-unit">{unit}</span>}
    </>
  );
  if (isInside === true) {
    return (
      <span className={className} translate="no" data-figure={idOf(opened.of)}>
        {content}
      </span>
    );
  }
  return (
    <Opening {...opened} exact={value}>
      <span className={className} translate="no">
        {content}
      </span>
    </Opening>
  );
}

function Hidden() {
  return (
    <span className="figure" translate="no">
      {HIDDEN}
    </span>
  );
}

/**
 * An amount of money with two decimals; the currency stands behind it when asked for. `isShort` gives
 * its size alone, where the whole stands beside.
 */
export function Money({
  currency,
  isShort = false,
  ...props
}: FigureProps & { currency?: string; isShort?: boolean }) {
  const { language } = usePreferences();
  if (useContext(AmountsHidden)) return <Hidden />;
  const value = props.value ?? '';
  return (
    <Figure
      {...props}
      shown={isShort ? shortAmount(value, language) : groupDecimal(value, 2)}
      {...(currency === undefined ? {} : { unit: currency })}
    />
  );
}

/** Fund units with two decimals. */
export function Units(props: FigureProps) {
  if (useContext(AmountsHidden)) return <Hidden />;
  return <Figure {...props} shown={groupDecimal(props.value ?? '', 2)} />;
}

/** A price with every decimal that the server gave, at least four. */
export function Nav(props: FigureProps) {
  const value = props.value ?? '';
  const given = value.split('.')[1]?.replace(/0+$/, '').length ?? 0;
  return <Figure {...props} shown={groupDecimal(value, Math.max(given, 4))} />;
}

/** A share in percent: from a rate such as 0.015, or from percent such as 1.50. */
export function Percent({
  isExact = false,
  unit = 'rate',
  ...props
}: FigureProps & { isExact?: boolean; unit?: 'rate' | 'percent' }) {
  const value = props.value ?? '';
  const exact = isExact ? exactPercentText(value) : percentText(value);
  return <Figure {...props} shown={unit === 'percent' ? `${groupDecimal(value, 2)}%` : exact} />;
}

/** A plain number with the digits that the server gave, such as a ratio. */
export function Ratio(props: FigureProps) {
  return <Figure {...props} shown={groupDecimal(props.value ?? '')} />;
}

/** A number of things. */
export function Count({ value, ...opened }: Opened & { value: number | string | undefined }) {
  const text = value === undefined ? undefined : `${value}`;
  return <Figure {...opened} value={text} shown={groupDecimal(text ?? '')} />;
}

/** Any text of the data that stays as it is in every language: a name, a code, an account number. */
export function Data({ children, isCode = false }: { children: ReactNode; isCode?: boolean }) {
  return (
    <span translate="no" className={isCode ? 'code' : ''}>
      {children}
    </span>
  );
}

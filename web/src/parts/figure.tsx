import { CopyOutlined } from '@ant-design/icons';
import { App, Button, Popover } from 'antd';
import { createContext, type ReactNode, useContext } from 'react';
import { words } from '../texts/words.ts';
import { useText } from '../texts/texts.ts';
import { directionOf, exactPercentText, groupDecimal, percentText } from './decimal.ts';
import './figure.css';
import { instantText } from './time.ts';

/** What a figure is made of: shown when it is opened. */
export interface FigureSource {
  /** The name of the figure. */
  readonly name: string;
  /** How it is defined, in a sentence or a formula. */
  readonly definition: string;
  readonly inputs?: readonly { readonly name: string; readonly value: ReactNode }[];
  /** The instant or day it stands for. */
  readonly asOf?: string;
}

const EMPTY = '—';
const HIDDEN = '••••••';

/** Whether amounts and units below are hidden from who looks over the reader's shoulder. */
export const AmountsHidden = createContext(false);

const whenText = (asOf: string): string => (asOf.includes('T') ? instantText(asOf) : asOf);

function SourceCard({ source, exact }: { source: FigureSource; exact: string }) {
  const c = useText(words);
  const { message } = App.useApp();
  const copy = async () => {
    await navigator.clipboard.writeText(exact);
    void message.success(c('act.copied'));
  };
  return (
    <div className="figure-card">
      <p className="figure-card-name">{source.name}</p>
      <p className="quiet">{source.definition}</p>
      <dl>
        {source.inputs?.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="num">{value}</dd>
          </div>
        ))}
        {source.asOf === undefined ? null : (
          <div>
            <dt>{c('figure.asOf')}</dt>
            <dd className="num">{whenText(source.asOf)}</dd>
          </div>
        )}
        <div>
          <dt>{c('figure.exact')}</dt>
          <dd className="num">{exact}</dd>
        </div>
      </dl>
      <Button size="small" icon={<CopyOutlined />} onClick={() => void copy()}>
        {c('act.copy')}
      </Button>
    </div>
  );
}

function Opening({
  source,
  exact,
  children,
}: {
  source: FigureSource;
  exact: string;
  children: ReactNode;
}) {
  const c = useText(words);
  return (
    <Popover trigger="click" content={<SourceCard source={source} exact={exact} />}>
      <button type="button" className="figure-open plain-button">
        {children}
        <span className="out-of-sight"> {c('figure.about', { name: source.name })}</span>
      </button>
    </Popover>
  );
}

interface FigureProps {
  /** Decimal text as the server gave it; absent shows a dash. */
  value: string | null | undefined;
  /** Opens the figure's definition, inputs and time. */
  source?: FigureSource;
  /** Colours by direction and shows the sign of a rise. */
  isMovement?: boolean;
}

function Figure({
  value,
  shown,
  source,
  isMovement,
  unit,
}: FigureProps & { shown: string; unit?: string }) {
  if (value === null || value === undefined) return <span className="quiet">{EMPTY}</span>;
  const direction = isMovement === true ? directionOf(value) : 'flat';
  const text = direction === 'up' ? `+${shown}` : shown;
  const figure = (
    <span className={`num figure ${direction === 'flat' ? '' : direction}`} translate="no">
      {text}
      {unit === undefined ? null : <span className="figure-unit">{unit}</span>}
    </span>
  );
  if (source === undefined) return figure;
  return (
    <Opening source={source} exact={value}>
      {figure}
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

/** An amount of money with two decimals; the currency stands behind it when asked for. */
export function Money({ currency, ...props }: FigureProps & { currency?: string }) {
  if (useContext(AmountsHidden)) return <Hidden />;
  return (
    <Figure
      {...props}
      shown={groupDecimal(props.value ?? '', 2)}
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

/** A number of things. */
export function Count({ value }: { value: number | string | undefined }) {
  return (
    <Figure value={value === undefined ? undefined : `${value}`} shown={groupDecimal(`${value}`)} />
  );
}

/** Any text of the data that stays as it is in every language: a name, a code, an account number. */
export function Data({ children, isCode = false }: { children: ReactNode; isCode?: boolean }) {
  return (
    <span translate="no" className={isCode ? 'code' : ''}>
      {children}
    </span>
  );
}

import { CopyOutlined } from '@ant-design/icons';
import { App, Button, Popover } from 'antd';
import { type ReactNode, type RefObject, useRef, useState } from 'react';
import { words } from '../texts/words.ts';
import { useText } from '../texts/texts.ts';
import { type FigureDefinition, type FigureId, useFigureDefinition } from './figure-definitions.ts';
import { Figures, useFigurePlace } from './figure-place.tsx';
import './figure.css';
import { instantText } from './time.ts';

/** What a figure is made of here: this very holding's units, this order's amount. */
export type FigureInputs = readonly { readonly name: string; readonly value: ReactNode }[];

export interface Opened {
  /** What the server calls it, or what an answer says of its own measure. */
  readonly of: FigureId | (FigureDefinition & { readonly id: string });
  readonly inputs?: FigureInputs | undefined;
  /** The day or instant it stands for, when it is not that of its place. */
  readonly asOf?: string | undefined;
}

const whenText = (asOf: string): string => (asOf.includes('T') ? instantText(asOf, true) : asOf);

const idOf = (of: Opened['of']): string => (typeof of === 'string' ? of : of.id);

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Definition({ of }: Pick<Opened, 'of'>) {
  const known = useFigureDefinition(typeof of === 'string' ? of : undefined);
  const figure = typeof of === 'string' ? known : of;
  const c = useText(words);
  return (
    <>
      <p className="figure-card-name">{figure?.name ?? c('state.loading')}</p>
      <p className="quiet">{figure?.definition}</p>
      {figure?.inputs === undefined ? null : (
        <p className="figure-card-inputs">
          <span className="quiet">{c('figure.inputs')}</span> {figure.inputs}
        </p>
      )}
    </>
  );
}

function Card({ of, inputs = [], asOf, exact }: Opened & { exact: string }) {
  const c = useText(words);
  const { message } = App.useApp();
  const copy = async () => {
    await navigator.clipboard.writeText(exact);
    void message.success(c('act.copied'));
  };
  return (
    <>
      <Definition of={of} />
      <dl>
        <Figures isInside>
          {inputs.map(({ name, value }) => (
            <Row key={name} name={name}>
              {value}
            </Row>
          ))}
        </Figures>
        {asOf === undefined ? null : (
          <Row name={c('figure.asOf')}>
            <span className="num">{whenText(asOf)}</span>
          </Row>
        )}
        <Row name={c('figure.exact')}>
          <span className="num" translate="no">
            {exact}
          </span>
        </Row>
      </dl>
      <Button size="small" icon={<CopyOutlined />} onClick={() => void copy()}>
        {c('act.copy')}
      </Button>
    </>
  );
}

const takeFocus = (card: HTMLElement | null) => card?.focus({ preventScroll: true });

/** The opened card: it takes the focus, Escape gives it back to the figure. */
function Bubble({
  opener,
  onClose,
  children,
}: {
  opener: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
  children: ReactNode;
}) {
  const c = useText(words);
  const content = (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape closes any dialog
    <div
      ref={takeFocus}
      className="figure-card"
      role="dialog"
      aria-label={c('figure.card')}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onClose();
        opener.current?.focus();
      }}
    >
      {children}
    </div>
  );
  return (
    <Popover
      open
      trigger="click"
      content={content}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <span className="figure-anchor" />
    </Popover>
  );
}

/**
 * A figure that opens: its definition, its inputs, its time and every digit of it. The card is made
 * when it is asked for, so that a table of a thousand figures stays light.
 */
export function Opening({
  of,
  inputs,
  asOf,
  exact,
  children,
}: Opened & { exact: string; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const place = useFigurePlace();
  const time = asOf ?? place.asOf;
  return (
    <span className="figure-place">
      <button
        ref={opener}
        type="button"
        className={`figure-open plain-button ${place.isRow === true ? 'figure-in-row' : ''}`}
        data-figure={idOf(of)}
        data-as-of={time}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        {...(place.isRow === true ? { tabIndex: -1 } : {})}
        onClick={() => setOpen(true)}
      >
        {children}
      </button>
      {isOpen ? (
        <Bubble opener={opener} onClose={() => setOpen(false)}>
          <Card of={of} inputs={inputs} asOf={time} exact={exact} />
        </Bubble>
      ) : null}
    </span>
  );
}

/** Opens the definitions of figures that stand inside links, where they cannot open themselves. */
export function FigureLegend({ of }: { of: readonly FigureId[] }) {
  const c = useText(words);
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const { asOf } = useFigurePlace();
  return (
    <span className="figure-place">
      <button
        ref={opener}
        type="button"
        className="figure-legend plain-button"
        data-figure={of.join(' ')}
        data-as-of={asOf}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
      >
        {c('figure.legend')}
      </button>
      {isOpen ? (
        <Bubble opener={opener} onClose={() => setOpen(false)}>
          {of.map((id) => (
            <div key={id} className="figure-card-part">
              <Definition of={id} />
            </div>
          ))}
          {asOf === undefined ? null : (
            <p className="num">
              <span className="quiet">{c('figure.asOf')}</span> {whenText(asOf)}
            </p>
          )}
        </Bubble>
      ) : null}
    </span>
  );
}

import { type ReactNode, useRef, useState } from 'react';
import { words } from '../texts/words.ts';
import { useText } from '../texts/texts.ts';
import type { FigureDefinition, FigureId } from './figure-definitions.ts';
import { useFigurePlace } from './figure-place.tsx';
import './figure.css';
import { late } from './late.tsx';

/** What a figure is made of here: this very holding's units, this order's amount. */
export type FigureInputs = readonly { readonly name: string; readonly value: ReactNode }[];

export interface Opened {
  /** What the server calls it, or what an answer says of its own measure. */
  readonly of: FigureId | (FigureDefinition & { readonly id: string });
  readonly inputs?: FigureInputs | undefined;
  /** The day or instant it stands for, when it is not that of its place. */
  readonly asOf?: string | undefined;
}

// What shows a card comes with the first one that is opened.
const FigureBubble = late(async () => (await import('./figure-bubble.tsx')).FigureBubble);
const LegendBubble = late(async () => (await import('./figure-bubble.tsx')).LegendBubble);

/** The id of a figure, whoever defines it. */
export const idOf = (of: Opened['of']): string => (typeof of === 'string' ? of : of.id);

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
        <FigureBubble
          opener={opener}
          onClose={() => setOpen(false)}
          of={of}
          inputs={inputs}
          asOf={time}
          exact={exact}
        />
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
        <LegendBubble opener={opener} onClose={() => setOpen(false)} of={of} asOf={asOf} />
      ) : null}
    </span>
  );
}

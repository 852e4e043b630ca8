import { CopyOutlined } from '@ant-design/icons';
import { App, Button, Popover } from 'antd';
import type { ReactNode, RefObject } from 'react';
import { words } from '../texts/words.ts';
import { useText } from '../texts/texts.ts';
import type { Opened } from './figure-card.tsx';
import { type FigureId, useFigureDefinition } from './figure-definitions.ts';
import { Figures } from './figure-place.tsx';
import './figure.css';
import { instantText } from './time.ts';

const whenText = (asOf: string): string => (asOf.includes('T') ? instantText(asOf, true) : asOf);

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

interface Place {
  opener: RefObject<HTMLButtonElement | null>;
  onClose: () => void;
}

/** The card of one figure, hung on it. */
export function FigureBubble({ opener, onClose, ...card }: Place & Opened & { exact: string }) {
  return (
    <Bubble opener={opener} onClose={onClose}>
      <Card {...card} />
    </Bubble>
  );
}

/** The definitions of several figures, for those that cannot open themselves. */
export function LegendBubble({
  opener,
  onClose,
  of,
  asOf,
}: Place & { of: readonly FigureId[]; asOf: string | undefined }) {
  const c = useText(words);
  return (
    <Bubble opener={opener} onClose={onClose}>
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
  );
}

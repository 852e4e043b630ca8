import { InboxOutlined } from '@ant-design/icons';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { words } from '../texts/words.ts';
import { useText } from '../texts/texts.ts';
import './states.css';

/** In place of what is on its way; as high as that will be (px), where it is known. */
export function Loading({ rows = 4, height = 0 }: { rows?: number; height?: number }) {
  const t = useText(words);
  return (
    <div
      role="status"
      aria-label={t('state.loading')}
      className="loading"
      style={{ minHeight: height }}
    >
      <Skeleton active title={false} paragraph={{ rows }} />
    </div>
  );
}

/** In place of what is empty: what would stand here, and what one can do. */
export function Empty({
  title,
  hint,
  children,
}: {
  title?: string;
  hint?: string;
  children?: ReactNode;
}) {
  const t = useText(words);
  return (
    <div className="empty">
      <InboxOutlined aria-hidden="true" />
      <p className="empty-title">{title ?? t('state.empty')}</p>
      {hint === undefined ? null : <p className="quiet">{hint}</p>}
      {children}
    </div>
  );
}

export type Tone = 'neutral' | 'accent' | 'good' | 'warning' | 'bad' | 'muted';

/** A state in words with a dot of its tone; the word says it, the colour only helps. */
export function StateTag({ tone, children }: { tone: Tone; children: ReactNode }) {
  return <span className={`state-tag state-${tone}`}>{children}</span>;
}

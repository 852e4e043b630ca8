import type { ReactNode } from 'react';
import type { Tone } from './states.tsx';
import './timeline.css';

export interface Happening {
  readonly key: string;
  readonly at: string;
  readonly title: ReactNode;
  readonly detail?: ReactNode;
  readonly tone?: Tone;
}

/** What happened, one after the other. */
export function Timeline({ label, items }: { label: string; items: readonly Happening[] }) {
  return (
    <ol className="timeline" aria-label={label}>
      {items.map(({ key, at, title, detail, tone = 'neutral' }) => (
        <li key={key} className={`timeline-item timeline-${tone}`}>
          <time className="num">{at}</time>
          <div>
            <div className="timeline-title">{title}</div>
            {detail === undefined ? null : <div className="timeline-detail">{detail}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}

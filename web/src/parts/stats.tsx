import type { ReactNode } from 'react';
import './stats.css';

export interface Stat {
  readonly name: ReactNode;
  readonly value: ReactNode;
  /** A second line, such as a change. */
  readonly note?: ReactNode;
}

/** The figures that a page is about, side by side. */
export function Stats({ items }: { items: readonly (Stat & { readonly key: string })[] }) {
  return (
    <dl className="stats">
      {items.map(({ key, name, value, note }) => (
        <div key={key} className="stat">
          <dt>{name}</dt>
          <dd className="stat-value">{value}</dd>
          {note === undefined ? null : <dd className="stat-note">{note}</dd>}
        </div>
      ))}
    </dl>
  );
}

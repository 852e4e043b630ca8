import { type ReactNode, useEffect } from 'react';
import { shell } from '../app/shell/texts.ts';
import { useText } from '../texts/texts.ts';
import { Figures } from './figure-place.tsx';
import './page.css';

export interface PageProps {
  title: string;
  /** The title is a name of the data. */
  isTitleData?: boolean;
  /** What stands before the title, such as the way back. */
  before?: ReactNode;
  /** One line below the title. */
  lead?: ReactNode;
  /** Buttons at the right. */
  actions?: ReactNode;
  /** The day or instant of the page's figures; or `at`, when the query that gave them was answered. */
  asOf?: string | undefined;
  at?: number;
  children: ReactNode;
}

/** Sets the title of the browser's tab: words, or a name of the data that nobody translates. */
export function usePageTitle(title: string, isData = false): void {
  const t = useText(shell);
  const full = `${title} · ${t('title.suffix')}`;
  useEffect(() => {
    document.title = full;
    document.querySelector('title')?.setAttribute('translate', isData ? 'no' : 'yes');
  }, [full, isData]);
}

/** A page: its title, what can be done on it, and its content. */
export function Page(props: PageProps) {
  const { title, isTitleData = false, before, lead, actions, asOf, at, children } = props;
  usePageTitle(title, isTitleData);
  return (
    <Figures asOf={asOf} {...(at === undefined ? {} : { at })}>
      <div className="page">
        {before === undefined ? null : <div className="page-before">{before}</div>}
        <div className="page-head">
          <div>
            <h1 translate={isTitleData ? 'no' : 'yes'}>{title}</h1>
            {lead === undefined ? null : <div className="page-lead">{lead}</div>}
          </div>
          {actions === undefined ? null : <div className="page-actions">{actions}</div>}
        </div>
        {children}
      </div>
    </Figures>
  );
}

/** A panel on a page. Without a title it is only a surface. */
export function Panel({
  title,
  extra,
  children,
  isFlush = false,
  className = '',
}: {
  title?: ReactNode;
  extra?: ReactNode;
  children: ReactNode;
  /** The content reaches the edges, as a table does. */
  isFlush?: boolean;
  className?: string;
}) {
  return (
    <section className={`panel ${isFlush ? 'panel-flush' : ''} ${className}`}>
      {title === undefined && extra === undefined ? null : (
        <div className="panel-head">
          {title === undefined ? <span /> : <h2>{title}</h2>}
          {extra === undefined ? null : <div className="panel-extra">{extra}</div>}
        </div>
      )}
      <div className="panel-body">{children}</div>
    </section>
  );
}

/** Names and values side by side. */
export function Facts({
  items,
  columns = 2,
}: {
  items: readonly { name: string; value: ReactNode }[];
  columns?: 1 | 2 | 3 | 4;
}) {
  return (
    <dl className={`facts facts-${columns}`}>
      {items.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

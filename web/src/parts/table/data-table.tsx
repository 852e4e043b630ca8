import { type KeyboardEvent, type ReactNode, useId } from 'react';
import { words } from '../../texts/words.ts';
import { useText } from '../../texts/texts.ts';
import { Figures } from '../figure-place.tsx';
import { LoadFailed } from '../problem.tsx';
import { Empty } from '../states.tsx';
import './data-table.css';

/** One column. Figures stand at the right with digits of one width. */
export interface Column<Row> {
  readonly key: string;
  readonly title: ReactNode;
  readonly kind?: 'text' | 'figure' | 'action';
  /** A CSS width; columns without one share what is left. */
  readonly width?: number | string;
  readonly isWrapping?: boolean;
  readonly render: (row: Row) => ReactNode;
}

/** What a table needs to know of a query: TanStack's result fits. */
export interface Loaded<Data> {
  readonly data: Data | undefined;
  readonly error: unknown;
  readonly isPending: boolean;
  readonly isLoadingError: boolean;
  readonly isFetching: boolean;
  /** When the answer came: the time of figures that have none of their own. */
  readonly dataUpdatedAt?: number;
  readonly refetch: () => unknown;
}

export interface DataTableProps<Row, Data> {
  /** What the table holds, for a screen reader. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly query: Loaded<Data>;
  readonly rowsOf: (data: Data) => readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly empty?: ReactNode;
  /** A row is opened by a click anywhere on it; its first cell should hold the link as well. */
  readonly onOpen?: (row: Row) => void;
  readonly isChosen?: (row: Row) => boolean;
  /** The foot, such as a pager. */
  readonly foot?: ReactNode;
  /** The table scrolls inside itself beyond this many pixels; the page scrolls when absent. */
  readonly heightMax?: number | string;
  /** It has as many columns as its data and may be wider than the page. */
  readonly isAnyWidth?: boolean;
}

const SKELETON_ROWS = 6;

function Head<Row>({ columns }: { columns: readonly Column<Row>[] }) {
  return (
    <thead>
      <tr>
        {columns.map(({ key, title, kind = 'text', width }) => (
          <th
            key={key}
            scope="col"
            className={`cell-${kind}`}
            {...(width === undefined ? {} : { style: { width } })}
          >
            {title}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function SkeletonRows({ columns }: { columns: number }) {
  return Array.from({ length: SKELETON_ROWS }, (_row, row) => (
    <tr key={row} aria-hidden="true">
      {Array.from({ length: columns }, (_cell, cell) => (
        <td key={cell}>
          <span className="cell-skeleton" />
        </td>
      ))}
    </tr>
  ));
}

const REACHABLE = 'a, button:not(:disabled)';

/**
 * Arrow keys walk through the body: up and down from row to row in the same place, left and right
 * over the links, buttons and figures of a row. Figures are reached in no other way than this.
 */
function walk(event: KeyboardEvent<HTMLTableSectionElement>): void {
  const { key, target } = event;
  if (!(target instanceof HTMLElement) || !event.currentTarget.contains(target)) return;
  if (target.matches('input, textarea, select, [role="combobox"]')) return;
  const rows = [...event.currentTarget.rows];
  const reachable = (row: HTMLTableRowElement | undefined) => [
    ...(row?.querySelectorAll<HTMLElement>(REACHABLE) ?? []),
  ];
  const at = rows.findIndex((row) => row.contains(target));
  const here = reachable(rows[at]);
  const place = here.indexOf(target);
  const down = { ArrowDown: 1, ArrowUp: -1 }[key];
  const right = { ArrowRight: 1, ArrowLeft: -1 }[key];
  const next = down === undefined ? here : reachable(rows[at + down]);
  const there =
    down === undefined
      ? right === undefined
        ? undefined
        : next[place + right]
      : next[Math.min(place, next.length - 1)];
  if (there === undefined) return;
  event.preventDefault();
  there.focus();
}

const INTERACTIVE = 'a, button, input, label, [role="button"]';

function Body<Row, Data>({ rows, ...props }: DataTableProps<Row, Data> & { rows: readonly Row[] }) {
  const { columns, rowKey, onOpen, isChosen } = props;
  return (
    <tbody onKeyDown={walk}>
      {rows.map((row) => (
        <tr
          key={rowKey(row)}
          className={`${onOpen === undefined ? '' : 'row-opens'} ${isChosen?.(row) === true ? 'row-chosen' : ''}`}
          {...(onOpen === undefined
            ? {}
            : {
                onClick: (event) => {
                  const isOwn = (event.target as HTMLElement).closest(INTERACTIVE) !== null;
                  const isSelecting = document.getSelection()?.type === 'Range';
                  if (!isOwn && !isSelecting) onOpen(row);
                },
              })}
        >
          {columns.map(({ key, kind = 'text', isWrapping = false, render }) => (
            <td key={key} className={`cell-${kind} ${isWrapping ? 'cell-wrapping' : ''}`}>
              {render(row)}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

/** A list of anything, with its four states: on its way, failed, empty, and rows. */
export function DataTable<Row, Data>(props: DataTableProps<Row, Data>) {
  const { label, columns, query, rowsOf, empty, foot, heightMax, isAnyWidth } = props;
  const c = useText(words);
  const id = useId();
  if (query.isLoadingError) {
    return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />;
  }
  const rows = query.data === undefined ? [] : rowsOf(query.data);
  const isEmpty = query.data !== undefined && rows.length === 0;
  return (
    <div className="data-table" aria-busy={query.isFetching}>
      <div
        className={`table-progress ${query.isFetching && !query.isPending ? 'table-progress-on' : ''}`}
      />
      <section
        className={`table-scroll ${isAnyWidth === true ? 'table-any-width' : ''}`}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the keyboard must be able to scroll it
        tabIndex={0}
        aria-labelledby={id}
        {...(heightMax === undefined ? {} : { style: { maxHeight: heightMax } })}
      >
        <table>
          <caption id={id} className="out-of-sight">
            {query.isPending ? `${label} · ${c('state.loading')}` : label}
          </caption>
          <Head columns={columns} />
          {query.isPending ? (
            <tbody>
              <SkeletonRows columns={columns.length} />
            </tbody>
          ) : (
            <Figures isRow {...(query.dataUpdatedAt ? { at: query.dataUpdatedAt } : {})}>
              <Body {...props} rows={rows} />
            </Figures>
          )}
        </table>
        {isEmpty ? (empty ?? <Empty />) : null}
      </section>
      {foot === undefined ? null : <div className="table-foot">{foot}</div>}
    </div>
  );
}

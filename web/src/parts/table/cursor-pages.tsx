import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { keepPreviousData, type QueryKey, useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { words } from '../../texts/words.ts';
import { useText } from '../../texts/texts.ts';

const SIZES = [25, 50, 100, 200] as const;
const SIZE_DEFAULT = 50;

/** A page of a list that the server cuts by cursor. */
export interface PageAsk {
  readonly limit: number;
  readonly cursor: string | undefined;
}

interface Place {
  /** Changes when the list is another one: paging begins anew. */
  readonly list: string;
  /** The cursors of the pages before this one and of this one; the first page has none. */
  readonly trail: readonly (string | undefined)[];
}

/**
 * Pages of a list by cursor. Going back needs no second cursor of the server: those that led here
 * are kept. The page before stays on the screen until the next has come.
 */
export function useCursorPages<Data>(
  key: QueryKey,
  load: (page: PageAsk) => Promise<Data>,
  cursorOf: (data: Data) => string | null | undefined,
  /** After how many milliseconds the page is read again; never when absent. */
  againMs?: (data: Data) => number | false,
) {
  const [limit, setLimit] = useState<number>(SIZE_DEFAULT);
  const list = JSON.stringify([key, limit]);
  const [kept, setPlace] = useState<Place>({ list, trail: [undefined] });
  const trail = kept.list === list ? kept.trail : [undefined];
  const cursor = trail.at(-1);
  const query = useQuery({
    queryKey: [...key, { limit, cursor }],
    queryFn: () => load({ limit, cursor }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      (againMs !== undefined && state.data !== undefined && againMs(state.data)) || false,
  });
  const next = query.data === undefined ? undefined : (cursorOf(query.data) ?? undefined);
  return {
    query,
    limit,
    setLimit,
    page: trail.length,
    goNext: next === undefined ? undefined : () => setPlace({ list, trail: [...trail, next] }),
    goBack: trail.length === 1 ? undefined : () => setPlace({ list, trail: trail.slice(0, -1) }),
  };
}

export type CursorPages = Pick<
  ReturnType<typeof useCursorPages>,
  'limit' | 'setLimit' | 'page' | 'goNext' | 'goBack'
>;

/** The foot of a paged table. `shown` is the number of rows on the screen. */
export function Pager({ pages, shown }: { pages: CursorPages; shown: number }) {
  const c = useText(words);
  const before = (pages.page - 1) * pages.limit;
  return (
    <>
      {shown === 0 ? null : (
        <span className="num">
          {c('table.rowsShown', { from: before + 1, to: before + shown })}
        </span>
      )}
      <Select
        size="small"
        aria-label={c('table.size')}
        value={pages.limit}
        onChange={pages.setLimit}
        popupMatchSelectWidth={false}
        options={SIZES.map((value) => ({ value, label: c('table.rows', { count: value }) }))}
      />
      <span className="pager-buttons">
        <Button
          size="small"
          icon={<LeftOutlined />}
          disabled={pages.goBack === undefined}
          onClick={pages.goBack}
          aria-label={c('table.previous')}
        />
        <Button
          size="small"
          icon={<RightOutlined />}
          disabled={pages.goNext === undefined}
          onClick={pages.goNext}
          aria-label={c('table.next')}
        />
      </span>
    </>
  );
}

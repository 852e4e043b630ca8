import { DownloadOutlined } from '@ant-design/icons';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { App, Button, Select } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import type { Got } from '../../api/types.ts';
import { usePreferences } from '../../app/preferences.ts';
import { ClearIcon } from '../../parts/clear-icon.tsx';
import { FORMAT_NAMES } from '../../parts/documents/names.ts';
import { texts as documentTexts } from '../../parts/documents/texts.ts';
import { download } from '../../parts/download.ts';
import { Data } from '../../parts/figure.tsx';
import { Facts, Page, Panel } from '../../parts/page.tsx';
import { LoadFailed, useProblemText } from '../../parts/problem.tsx';
import { Empty, Loading, StateTag, type Tone } from '../../parts/states.tsx';
import { type Column, DataTable } from '../../parts/table/data-table.tsx';
import { instantText } from '../../parts/time.ts';
import { inLanguage, useText } from '../../texts/texts.ts';
import { words } from '../../texts/words.ts';
import { ArchiveButton } from './archive-button.tsx';
import { type Run, useRun } from './data.ts';
import './documents.css';
import { RunProgress } from './progress.tsx';
import { texts } from './texts.ts';

const route = getRouteApi('/staff/documents/$runId');

type ItemPage = Got<'/document-runs/{runId}/items'>;
type Item = ItemPage['items'][number];

const STATES = ['waiting', 'done', 'failed'] as const;
const TONES: Readonly<Record<Item['state'], Tone>> = {
  waiting: 'muted',
  done: 'good',
  failed: 'bad',
};
const PAGE_ROWS = 100;
const KB = 1024;

function useItems(run: Run, state: Item['state'] | undefined) {
  const { runId } = run;
  return useInfiniteQuery({
    // What is done is part of the key: the list is read anew as the run goes on.
    queryKey: ['documents', 'items', runId, state, run.done + run.failed],
    initialPageParam: 0,
    placeholderData: (before) => before,
    getNextPageParam: (page: ItemPage) => page.next,
    queryFn: ({ pageParam }) =>
      ask(() =>
        api.GET('/document-runs/{runId}/items', {
          params: {
            path: { runId },
            query: {
              after: pageParam,
              limit: PAGE_ROWS,
              ...(state === undefined ? {} : { state }),
            },
          },
        }),
      ),
  });
}

function DownloadItem({ runId, place }: { runId: string; place: number }) {
  const t = useText(texts);
  const { message } = App.useApp();
  const problemText = useProblemText();
  const saving = useMutation({
    mutationFn: () =>
      download(() =>
        api.GET('/document-runs/{runId}/items/{place}', {
          params: { path: { runId, place } },
          parseAs: 'blob',
        }),
      ),
    onError: (error) => void message.error(problemText(error)),
  });
  return (
    <Button
      size="small"
      icon={<DownloadOutlined />}
      loading={saving.isPending}
      onClick={() => saving.mutate()}
    >
      {t('item.download')}
    </Button>
  );
}

function useColumns(runId: string): Column<Item>[] {
  const t = useText(texts);
  const { language } = usePreferences();
  return [
    {
      key: 'place',
      title: t('item.place'),
      width: 80,
      render: ({ place }) => <span className="num">{place}</span>,
    },
    {
      key: 'customer',
      title: t('item.customer'),
      render: ({ customerId }) => (
        <Link to="/customers/$customerId" params={{ customerId }} translate="no" className="code">
          {customerId}
        </Link>
      ),
    },
    {
      key: 'state',
      title: t('item.state'),
      render: ({ state, failure, expiredAt }) => (
        <>
          <StateTag tone={TONES[state]}>{t(`item.${state}`)}</StateTag>{' '}
          {expiredAt === undefined ? null : (
            <span className="quiet num">{t('item.expired', { at: instantText(expiredAt) })}</span>
          )}
          {failure === undefined
            ? null
            : inLanguage(language, { en: failure.message, zh: failure.messageZh })}
        </>
      ),
    },
    {
      key: 'size',
      title: t('item.size'),
      kind: 'figure',
      render: ({ bytes }) =>
        bytes === undefined ? (
          '—'
        ) : (
          <span className="num">{t('item.kilobytes', { count: Math.ceil(bytes / KB) })}</span>
        ),
    },
    {
      key: 'at',
      title: t('item.at'),
      render: ({ finishedAt }) => (
        <span className="num">{finishedAt === undefined ? '—' : instantText(finishedAt)}</span>
      ),
    },
    {
      key: 'act',
      title: <span className="out-of-sight">{t('col.act')}</span>,
      kind: 'action',
      render: ({ place, state, expiredAt }) =>
        state === 'done' && expiredAt === undefined ? (
          <DownloadItem runId={runId} place={place} />
        ) : null,
    },
  ];
}

function Items({ run }: { run: Run }) {
  const t = useText(texts);
  const w = useText(words);
  const [state, setState] = useState<Item['state']>();
  const query = useItems(run, state);
  const columns = useColumns(run.runId);
  return (
    <Panel
      title={t('run.items')}
      isFlush
      extra={
        <Select
          allowClear={{ clearIcon: <ClearIcon />, label: w('act.clear') }}
          aria-label={t('item.filter')}
          placeholder={t('item.filter')}
          className="run-items-filter"
          size="small"
          value={state}
          onChange={setState}
          options={STATES.map((value) => ({ value, label: t(`item.${value}`) }))}
        />
      }
    >
      <DataTable
        label={t('run.items')}
        columns={columns}
        query={query}
        rowsOf={(data) => data.pages.flatMap((page) => page.items)}
        rowKey={(row) => `${row.place}`}
        empty={<Empty />}
        foot={
          query.hasNextPage ? (
            <Button
              size="small"
              loading={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {t('more')}
            </Button>
          ) : undefined
        }
      />
    </Panel>
  );
}

/** Until when the files are there, or that their time is over. */
function KeptUntil({ run: { keptUntil, expired, done } }: { run: Run }) {
  const t = useText(texts);
  if (expired > 0 && expired === done) return t('run.expired');
  return <span className="num">{keptUntil ?? '—'}</span>;
}

function Head({ run }: { run: Run }) {
  const t = useText(texts);
  return (
    <Panel>
      <Facts
        columns={3}
        items={[
          { name: t('col.progress'), value: <RunProgress run={run} /> },
          {
            name: t('run.state'),
            value: (
              <StateTag tone={run.state === 'done' ? 'good' : 'accent'}>
                {t(`state.${run.state}`)}
              </StateTag>
            ),
          },
          {
            name: t('col.period'),
            value:
              run.from === undefined ? (
                t('now')
              ) : (
                <span className="num">
                  {run.from} ~ {run.to}
                </span>
              ),
          },
          { name: t('col.purpose'), value: <Data>{run.purpose}</Data> },
          {
            name: t('col.asked'),
            value: <span className="num">{instantText(run.requestedAt)}</span>,
          },
          {
            name: t('run.finished'),
            value: (
              <span className="num">
                {run.finishedAt === undefined ? '—' : instantText(run.finishedAt)}
              </span>
            ),
          },
          { name: t('run.keptUntil'), value: <KeptUntil run={run} /> },
        ]}
      />
    </Panel>
  );
}

/** One run: how far it is, and the document of each customer. */
export function RunPage() {
  const t = useText(texts);
  const d = useText(documentTexts);
  const { runId } = route.useParams();
  const query = useRun(runId);
  const run = query.data;
  const title =
    run === undefined ? t('title') : `${d(`kind.${run.kind}`)} ${FORMAT_NAMES[run.format]}`;
  return (
    <Page
      title={title}
      before={<Link to="/documents">{t('title')}</Link>}
      actions={run === undefined ? undefined : <ArchiveButton run={run} isMain />}
    >
      {query.isLoadingError ? (
        <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.isPending ? <Loading rows={6} /> : null}
      {run === undefined ? null : (
        <>
          <Head run={run} />
          <Items run={run} />
        </>
      )}
    </Page>
  );
}

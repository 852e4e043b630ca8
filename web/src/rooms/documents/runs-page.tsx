import { FileAddOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { FORMAT_NAMES, LANGUAGE_NAMES } from '../../parts/documents/names.ts';
import { texts as documentTexts } from '../../parts/documents/texts.ts';
import { Data } from '../../parts/figure.tsx';
import { Page, Panel } from '../../parts/page.tsx';
import { Empty } from '../../parts/states.tsx';
import { Pager } from '../../parts/table/cursor-pages.tsx';
import { type Column, DataTable } from '../../parts/table/data-table.tsx';
import { instantText } from '../../parts/time.ts';
import { useText } from '../../texts/texts.ts';
import { ArchiveButton } from './archive-button.tsx';
import { type Run, useRuns } from './data.ts';
import './documents.css';
import { RunProgress } from './progress.tsx';
import { texts } from './texts.ts';

const Dialog = lazy(async () => ({ default: (await import('./run-dialog.tsx')).RunDialog }));

function useColumns(): Column<Run>[] {
  const t = useText(texts);
  const d = useText(documentTexts);
  return [
    {
      key: 'document',
      title: t('col.document'),
      render: ({ runId, kind, format, language }) => (
        <Link to="/documents/$runId" params={{ runId }}>
          {d(`kind.${kind}`)}{' '}
          <Data>
            {FORMAT_NAMES[format]} {LANGUAGE_NAMES[language]}
          </Data>
        </Link>
      ),
    },
    {
      key: 'period',
      title: t('col.period'),
      render: ({ from, to }) =>
        from === undefined ? (
          <span className="quiet">{t('now')}</span>
        ) : (
          <span className="num">
            {from} ~ {to}
          </span>
        ),
    },
    {
      key: 'purpose',
      title: t('col.purpose'),
      isWrapping: true,
      render: ({ purpose }) => <Data>{purpose}</Data>,
    },
    {
      key: 'asked',
      title: t('col.asked'),
      render: ({ requestedAt }) => <span className="num">{instantText(requestedAt)}</span>,
    },
    { key: 'progress', title: t('col.progress'), render: (run) => <RunProgress run={run} /> },
    {
      key: 'act',
      title: <span className="out-of-sight">{t('col.act')}</span>,
      kind: 'action',
      render: (run) => <ArchiveButton run={run} />,
    },
  ];
}

/** Documents for many customers: what was asked for, how far it is, and the files. */
export function RunsPage() {
  const t = useText(texts);
  const [isAsking, setAsking] = useState(false);
  const pages = useRuns();
  const { query } = pages;
  const columns = useColumns();
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <Button type="primary" icon={<FileAddOutlined />} onClick={() => setAsking(true)}>
          {t('new')}
        </Button>
      }
    >
      <Panel isFlush>
        <DataTable
          label={t('title')}
          columns={columns}
          query={query}
          rowsOf={(data) => data.runs}
          rowKey={(row) => row.runId}
          empty={<Empty title={t('none')} hint={t('noneHint')} />}
          foot={<Pager pages={pages} shown={query.data?.runs.length ?? 0} />}
        />
      </Panel>
      {isAsking ? (
        <Suspense fallback={null}>
          <Dialog onClose={() => setAsking(false)} />
        </Suspense>
      ) : null}
    </Page>
  );
}

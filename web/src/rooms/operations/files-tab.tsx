import { ArrowDownOutlined, ArrowUpOutlined } from '@ant-design/icons';
import { Link, useNavigate } from '@tanstack/react-router';
import { Count, Data } from '../../parts/figure.tsx';
import { Panel } from '../../parts/page.tsx';
import { Empty, StateTag } from '../../parts/states.tsx';
import { Pager } from '../../parts/table/cursor-pages.tsx';
import { type Column, DataTable } from '../../parts/table/data-table.tsx';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { type DayFile, useFiles } from './data.ts';
import { texts } from './texts.ts';

function useColumns(businessDate: string): Column<DayFile>[] {
  const t = useText(texts);
  const term = useTerms();
  return [
    {
      key: 'direction',
      title: t('file.direction'),
      render: ({ direction }) => (
        <span className="file-direction">
          {direction === 'out' ? <ArrowUpOutlined /> : <ArrowDownOutlined />}
          {t(direction === 'out' ? 'file.out' : 'file.in')}
        </span>
      ),
    },
    {
      key: 'name',
      title: t('file.name'),
      render: ({ fileId, name }) => (
        <Link to="/operations/files/$fileId" params={{ fileId }} search={{ day: businessDate }}>
          <Data isCode>{name}</Data>
        </Link>
      ),
    },
    { key: 'party', title: t('file.party'), render: (row) => <Data isCode>{row.party}</Data> },
    { key: 'type', title: t('file.type'), render: (row) => term('fileType', row.fileType) },
    {
      key: 'records',
      title: t('file.records'),
      kind: 'figure',
      render: (row) => <Count of="fileRecords" value={row.records} />,
    },
    {
      key: 'size',
      title: t('file.bytes'),
      kind: 'figure',
      render: (row) => <Count of="fileBytes" value={row.sizeBytes} />,
    },
    {
      key: 'state',
      title: t('file.state'),
      render: ({ state }) => (
        <StateTag tone={state === 'refused' ? 'bad' : 'good'}>{term('fileState', state)}</StateTag>
      ),
    },
    {
      key: 'digest',
      title: t('file.digest'),
      render: ({ sha256 }) => (
        <span title={sha256}>
          <Data isCode>{sha256.slice(0, 12)}</Data>
        </span>
      ),
    },
  ];
}

/** The files of a day, out and in. */
export function FilesTab({ businessDate }: { businessDate: string }) {
  const t = useText(texts);
  const navigate = useNavigate();
  const pages = useFiles(businessDate);
  const { query } = pages;
  const { total = 0, files = [] } = query.data ?? {};
  const columns = useColumns(businessDate);
  return (
    <Panel isFlush>
      <DataTable
        label={t('tab.files')}
        columns={columns}
        query={query}
        rowsOf={(data) => data.files}
        rowKey={(row) => row.fileId}
        onOpen={({ fileId }) =>
          void navigate({
            to: '/operations/files/$fileId',
            params: { fileId },
            search: { day: businessDate },
          })
        }
        empty={<Empty title={t('file.none')} hint={t('file.noneHint')} />}
        {...(total === 0
          ? {}
          : {
              foot: (
                <>
                  <span className="num">{t('file.sum', { count: total })}</span>
                  <Pager pages={pages} shown={files.length} />
                </>
              ),
            })}
      />
    </Panel>
  );
}

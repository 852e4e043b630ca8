import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { EyeInvisibleOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import type { Got } from '../../api/types.ts';
import { usePreferences } from '../../app/preferences.ts';
import { useHasRole } from '../../app/session.ts';
import { Data } from '../../parts/figure.tsx';
import { Facts, Page, Panel } from '../../parts/page.tsx';
import { Empty, Loading, StateTag } from '../../parts/states.tsx';
import { type Column, DataTable } from '../../parts/table/data-table.tsx';
import { inLanguage, useText } from '../../texts/texts.ts';
import { words } from '../../texts/words.ts';
import './operations.css';
import { texts } from './texts.ts';
import { type ClearRecords, UnmaskFile } from './unmask-file.tsx';

const route = getRouteApi('/staff/operations/files/$fileId');

const PAGE_RECORDS = 50;

type FileRecords = Got<'/files/{fileId}/records'>;
type FileRecord = FileRecords['records'][number];

function useRecords(fileId: string, from: number) {
  return useQuery({
    queryKey: ['operations', 'file', fileId, from],
    queryFn: () =>
      ask(() =>
        api.GET('/files/{fileId}/records', {
          params: { path: { fileId }, query: { from, limit: PAGE_RECORDS } },
        }),
      ),
  });
}

/** A column for every field that holds something in one of the records. */
function useColumns(file: FileRecords | undefined): Column<FileRecord>[] {
  const t = useText(texts);
  const { language } = usePreferences();
  const fields = (file?.fields ?? [])
    .map((field, place) => ({ ...field, place }))
    .filter(({ place }) => file?.records.some(({ values }) => values[place]?.text !== ''));
  return [
    {
      key: 'index',
      title: t('file.record'),
      render: ({ index }) => <span className="num">{index + 1}</span>,
    },
    ...fields.map(
      ({ name, label, labelZh, type, isPersonal, place }): Column<FileRecord> => ({
        key: name,
        kind: type === 'N' ? 'figure' : 'text',
        title: (
          // The name in the protocol is data; the label in it is in the reader's language.
          <span title={name} translate="no">
            <span translate="yes">
              {inLanguage(language, { en: label, zh: labelZh })}
              {isPersonal ? ' *' : ''}
            </span>
          </span>
        ),
        render: ({ values }) => {
          const value = values[place];
          const { meaning, meaningZh } = value ?? {};
          return (
            <>
              <Data isCode>{value?.text}</Data>
              {meaning === undefined || meaningZh === undefined ? null : (
                <span className="quiet">
                  {' '}
                  {inLanguage(language, { en: meaning, zh: meaningZh })}
                </span>
              )}
            </>
          );
        },
      }),
    ),
  ];
}

function Head({ file }: { file: FileRecords }) {
  const t = useText(texts);
  const { language } = usePreferences();
  return (
    <>
      {file.fault === undefined ? null : (
        <p className="dialog-fault" role="alert">
          {inLanguage(language, { en: file.fault.message, zh: file.fault.messageZh })}
        </p>
      )}
      <Facts
        columns={4}
        items={[
          {
            name: t('file.type'),
            value: (
              <span className="file-title">
                {inLanguage(language, { en: file.title, zh: file.titleZh })}
              </span>
            ),
          },
          { name: t('file.party'), value: <Data isCode>{file.party}</Data> },
          { name: t('file.records'), value: <span className="num">{file.total}</span> },
          {
            name: t('file.layout'),
            value: (
              <StateTag tone={file.isLayoutVerified ? 'good' : 'warning'}>
                {t(file.isLayoutVerified ? 'file.verified' : 'file.unverified')}
              </StateTag>
            ),
          },
        ]}
      />
    </>
  );
}

function Foot({
  from,
  shown,
  total,
  onGo,
}: {
  from: number;
  shown: number;
  total: number;
  onGo: (from: number) => void;
}) {
  const w = useText(words);
  return (
    <>
      <span className="num">{w('table.rowsShown', { from: from + 1, to: from + shown })}</span>
      <Button
        size="small"
        icon={<LeftOutlined />}
        aria-label={w('table.previous')}
        disabled={from === 0}
        onClick={() => onGo(Math.max(0, from - PAGE_RECORDS))}
      />
      <Button
        size="small"
        icon={<RightOutlined />}
        aria-label={w('table.next')}
        disabled={from + shown >= total}
        onClick={() => onGo(from + PAGE_RECORDS)}
      />
    </>
  );
}

/** A file of the exchange as a person reads it, field by field; personal data is masked. */
export function FilePage() {
  const t = useText(texts);
  const { fileId } = route.useParams();
  const { day } = route.useSearch();
  const [from, setFrom] = useState(0);
  const query = useRecords(fileId, from);
  const [clear, setClear] = useState<ClearRecords>();
  const mayUnmask = useHasRole('operations', 'compliance');
  const hasPersonal = query.data?.fields.some(({ isPersonal }) => isPersonal) === true;
  const shownFile = clear ?? query.data;
  const columns = useColumns(shownFile);
  const goTo = (next: number) => {
    setClear(undefined);
    setFrom(next);
  };
  const total = query.data?.total ?? 0;
  const shown = query.data?.records.length ?? 0;
  return (
    <Page
      title={query.data?.name ?? t('file.title')}
      isTitleData={query.data !== undefined}
      lead={t('file.lead')}
      actions={
        clear !== undefined ? (
          <Button icon={<EyeInvisibleOutlined />} onClick={() => setClear(undefined)}>
            {t('file.mask')}
          </Button>
        ) : mayUnmask && hasPersonal ? (
          <UnmaskFile fileId={fileId} page={{ from, limit: PAGE_RECORDS }} onClear={setClear} />
        ) : undefined
      }
      before={
        <Link to="/operations" search={{ tab: 'files', ...(day === undefined ? {} : { day }) }}>
          {t('tab.files')}
        </Link>
      }
    >
      {query.isLoadingError ? null : (
        <Panel title={t('file.head')}>
          {query.data === undefined ? <Loading rows={1} /> : <Head file={query.data} />}
        </Panel>
      )}
      {clear === undefined ? null : (
        <p className="file-unmasked" role="status">
          {t('file.unmasked')}
        </p>
      )}
      <Panel isFlush>
        <DataTable
          label={t('file.recordList')}
          columns={columns}
          query={clear === undefined ? query : { ...query, data: clear }}
          rowsOf={(data) => data.records}
          rowKey={(row) => `${row.index}`}
          isAnyWidth
          empty={<Empty title={t('file.noRecords')} />}
          heightMax="calc(100vh - 330px)"
          foot={<Foot from={from} shown={shown} total={total} onGo={goTo} />}
        />
      </Panel>
    </Page>
  );
}

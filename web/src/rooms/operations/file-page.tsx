import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import { api, ask } from '../../api/client.ts';
import { usePreferences } from '../../app/preferences.ts';
import { Page, Panel } from '../../parts/page.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { Empty, Loading } from '../../parts/states.tsx';
import { useText } from '../../texts/texts.ts';
import './operations.css';
import { texts } from './texts.ts';

const route = getRouteApi('/staff/operations/files/$fileId');

const RECORDS_SHOWN_MAX = 200;

function useFileText(fileId: string) {
  const { language } = usePreferences();
  const shown = language === 'en' ? 'en' : 'zh';
  return useQuery({
    queryKey: ['operations', 'file', fileId, shown],
    queryFn: () =>
      ask(() =>
        api.GET('/files/{fileId}/text', {
          params: { path: { fileId }, query: { language: shown } },
          parseAs: 'text',
        }),
      ) as Promise<string>,
  });
}

/** The head of the file and its records: they are parted by empty lines. */
function blocksOf(text: string): readonly string[] {
  return text.split(/\n\s*\n/).filter((block) => block.trim() !== '');
}

function Blocks({ text }: { text: string }) {
  const t = useText(texts);
  const [typed, setTyped] = useState('');
  const looked = useDeferredValue(typed.trim());
  const blocks = blocksOf(text);
  const found = looked === '' ? blocks : blocks.filter((block) => block.includes(looked));
  return (
    <>
      <SearchField label={t('file.find')} className="file-find" onType={setTyped} />
      {found.length === 0 ? <Empty title={t('file.nothingFound')} /> : null}
      {found.slice(0, RECORDS_SHOWN_MAX).map((block) => (
        <pre key={block} className="file-block" translate="no">
          {block}
        </pre>
      ))}
      {found.length > RECORDS_SHOWN_MAX ? (
        <p className="quiet">{t('file.more', { count: found.length - RECORDS_SHOWN_MAX })}</p>
      ) : null}
    </>
  );
}

/** A file of the exchange as a person reads it, field by field. */
export function FilePage() {
  const t = useText(texts);
  const { fileId } = route.useParams();
  const { day } = route.useSearch();
  const query = useFileText(fileId);
  return (
    <Page
      title={t('file.title', { id: fileId })}
      lead={t('file.lead')}
      before={
        <Link to="/operations" search={{ tab: 'files', ...(day === undefined ? {} : { day }) }}>
          {t('tab.files')}
        </Link>
      }
    >
      <Panel>
        {query.isError ? (
          <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
        ) : null}
        {query.isPending ? <Loading rows={10} /> : null}
        {query.data === undefined ? null : <Blocks text={query.data} />}
      </Panel>
    </Page>
  );
}

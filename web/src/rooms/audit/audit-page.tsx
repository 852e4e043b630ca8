import { SafetyCertificateOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { AutoComplete, Button, Drawer, Input, type InputProps } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import type { Got } from '../../api/types.ts';
import { ActorName } from '../../parts/actor.tsx';
import { useDebounced } from '../../parts/debounced.ts';
import { Data } from '../../parts/figure.tsx';
import { Facts, Page, Panel } from '../../parts/page.tsx';
import { Empty, StateTag } from '../../parts/states.tsx';
import { Pager, useCursorPages } from '../../parts/table/cursor-pages.tsx';
import { type Column, DataTable } from '../../parts/table/data-table.tsx';
import { instantText } from '../../parts/time.ts';
import { useText } from '../../texts/texts.ts';
import { ACTION_CODES, actions, sayAction } from './actions.ts';
import './audit.css';
import { texts } from './texts.ts';
import { VerificationPanel } from './verification-panel.tsx';
import { late } from '../../parts/late.tsx';

type Entry = Got<'/audit'>['entries'][number];

interface Filters {
  subject: string;
  actor: string;
  action: string;
  from: string | undefined;
  to: string | undefined;
}

const EMPTY: Filters = { subject: '', actor: '', action: '', from: undefined, to: undefined };
// The calendar weighs as much as the rest of the page: the page does not wait for it.
const SpanFields = late(async () => (await import('./span-fields.tsx')).SpanFields);

const SETTLE_MS = 400;

/** What is asked: only what was filled in. */
function queryOf(filters: Filters): Record<string, string> {
  return Object.fromEntries(
    Object.entries(filters).flatMap(([name, value]: [string, string | undefined]) =>
      value === undefined || value.trim() === '' ? [] : [[name, value.trim()]],
    ),
  );
}

function useEntries(filters: Filters) {
  const query = queryOf(useDebounced(filters, SETTLE_MS));
  return useCursorPages(
    ['audit', query],
    ({ limit, cursor }) =>
      ask(() =>
        api.GET('/audit', {
          params: {
            query: { ...query, limit, ...(cursor === undefined ? {} : { after: cursor }) },
          },
        }),
      ),
    (data) => data.next,
  );
}

function FilterInput({
  name,
  ...props
}: { name: 'subject' | 'actor' | 'action' } & Pick<InputProps, 'value' | 'onChange'>) {
  const t = useText(texts);
  return (
    <Input
      {...props}
      translate="no"
      aria-label={t(`filter.${name}`)}
      prefix={<span className="quiet">{t(`filter.${name}`)}</span>}
      placeholder={t(`filter.${name}Hint`)}
      spellCheck={false}
      autoComplete="off"
    />
  );
}

/** The acts whose words or code hold what was typed; none once it is the code of one. */
function useOffered(typed: string) {
  const t = useText(actions);
  const wanted = typed.trim().toLowerCase();
  if (ACTION_CODES.includes(wanted)) return [];
  return ACTION_CODES.filter((code) =>
    `${code} ${sayAction(code, t) ?? ''}`.toLowerCase().includes(wanted),
  ).map((code) => ({ value: code, label: <Action action={code} /> }));
}

function FilterBar({ filters, onChange }: { filters: Filters; onChange: (next: Filters) => void }) {
  const offered = useOffered(filters.action);
  return (
    <search className="audit-filters">
      {(['subject', 'actor'] as const).map((name) => (
        <FilterInput
          key={name}
          name={name}
          value={filters[name]}
          onChange={(event) => onChange({ ...filters, [name]: event.target.value })}
        />
      ))}
      <div translate="no">
        <AutoComplete
          value={filters.action}
          onChange={(action: string) => onChange({ ...filters, action })}
          options={offered}
          popupMatchSelectWidth={false}
        >
          <FilterInput name="action" />
        </AutoComplete>
      </div>
      <SpanFields onChange={(name, at) => onChange({ ...filters, [name]: at })} />
    </search>
  );
}

function Result({ result }: { result: string }) {
  const t = useText(texts);
  if (result === 'done') return <StateTag tone="good">{t('result.done')}</StateTag>;
  if (result === 'refused') return <StateTag tone="bad">{t('result.refused')}</StateTag>;
  return <Data>{result}</Data>;
}

/** What was done in words, and the code that the filter takes. */
function Action({ action }: { action: string }) {
  const said = sayAction(action, useText(actions));
  if (said === undefined) return <Data isCode>{action}</Data>;
  return (
    <>
      {said}{' '}
      <span className="audit-code">
        <Data isCode>{action}</Data>
      </span>
    </>
  );
}

function useColumns(open: (entry: Entry) => void): Column<Entry>[] {
  const t = useText(texts);
  return [
    {
      key: 'at',
      title: t('col.at'),
      render: (row) => (
        <Button type="link" className="audit-open num" onClick={() => open(row)}>
          {instantText(row.at, true)}
        </Button>
      ),
    },
    { key: 'actor', title: t('col.actor'), render: (row) => <ActorName actor={row.actor} /> },
    {
      key: 'action',
      title: t('col.action'),
      isWrapping: true,
      render: (row) => <Action action={row.action} />,
    },
    { key: 'subject', title: t('col.subject'), render: (row) => <Data isCode>{row.subject}</Data> },
    { key: 'result', title: t('col.result'), render: (row) => <Result result={row.result} /> },
    { key: 'source', title: t('col.source'), render: (row) => <Data isCode>{row.source}</Data> },
  ];
}

function EntryDrawer({ entry, onClose }: { entry: Entry | undefined; onClose: () => void }) {
  const t = useText(texts);
  return (
    <Drawer open={entry !== undefined} onClose={onClose} size={520} title={t('entry')}>
      {entry === undefined ? null : (
        <div className="stack">
          <Facts
            columns={2}
            items={[
              {
                name: t('col.at'),
                value: <span className="num">{instantText(entry.at, true)}</span>,
              },
              { name: t('col.result'), value: <Result result={entry.result} /> },
              { name: t('col.actor'), value: <Data isCode>{entry.actor}</Data> },
              { name: t('col.source'), value: <Data isCode>{entry.source}</Data> },
              { name: t('col.action'), value: <Action action={entry.action} /> },
              { name: t('col.subject'), value: <Data isCode>{entry.subject}</Data> },
              { name: t('entry.request'), value: <Data isCode>{entry.requestId}</Data> },
              {
                name: t('entry.chain'),
                value: (
                  <Data isCode>
                    {entry.bucket} / {entry.seq}
                  </Data>
                ),
              },
            ]}
          />
          <Facts
            columns={1}
            items={[{ name: t('entry.hash'), value: <Data isCode>{entry.hash}</Data> }]}
          />
          <div>
            <p className="quiet">{t('entry.detail')}</p>
            <pre className="audit-detail" translate="no">
              {JSON.stringify(entry.detail, null, 2)}
            </pre>
          </div>
        </div>
      )}
    </Drawer>
  );
}

/** Who did what, when; and the proof that nobody changed it since. */
export function AuditPage() {
  const t = useText(texts);
  const [filters, setFilters] = useState(EMPTY);
  const [opened, setOpened] = useState<Entry>();
  const pages = useEntries(filters);
  const columns = useColumns(setOpened);
  const verification = useMutation({
    mutationFn: () => ask(() => api.POST('/audit/verification')),
  });
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <Button
          icon={<SafetyCertificateOutlined />}
          loading={verification.isPending}
          onClick={() => verification.mutate()}
        >
          {t('verify')}
        </Button>
      }
    >
      <VerificationPanel verification={verification} />
      <FilterBar filters={filters} onChange={setFilters} />
      <Panel isFlush>
        <DataTable
          label={t('title')}
          columns={columns}
          query={pages.query}
          rowsOf={(data) => data.entries}
          rowKey={(row) => `${row.bucket} ${row.seq}`}
          onOpen={setOpened}
          empty={<Empty title={t('none')} hint={t('noneHint')} />}
          heightMax="calc(100vh - 296px)"
          foot={<Pager pages={pages} shown={pages.query.data?.entries.length ?? 0} />}
        />
      </Panel>
      <EntryDrawer entry={opened} onClose={() => setOpened(undefined)} />
    </Page>
  );
}

import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Select } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import type { Got } from '../../api/types.ts';
import { useHasRole } from '../../app/session.ts';
import { ClearIcon } from '../../parts/clear-icon.tsx';
import { useDebounced } from '../../parts/debounced.ts';
import { Data } from '../../parts/figure.tsx';
import { Page, Panel } from '../../parts/page.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { State } from '../../parts/state.tsx';
import { Empty } from '../../parts/states.tsx';
import { type PageAsk, Pager, useCursorPages } from '../../parts/table/cursor-pages.tsx';
import { type Column, DataTable } from '../../parts/table/data-table.tsx';
import { dayOf } from '../../parts/time.ts';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { words } from '../../texts/words.ts';
import './customers.css';
import { KYC_FILTERS, type KycFilter } from './kyc-filter.ts';
import { texts } from './texts.ts';

const route = getRouteApi('/staff/customers');

// Long enough to skip the letters of a fast typist, short enough to answer within 200 ms of the last.
const SETTLE_MS = 80;

type CustomerPageData = Got<'/customers'>;
type CustomerRow = CustomerPageData['customers'][number];

/** Most are persons: what somebody else is stands behind his name. */
const PERSON = '1';

function load(
  { text, kyc }: { text: string; kyc: KycFilter | undefined },
  { limit, cursor }: PageAsk,
): Promise<CustomerPageData> {
  const page = { limit, ...(cursor === undefined ? {} : { cursor }) };
  if (text === '') {
    const query = { ...page, ...(kyc === undefined ? {} : { kyc }) };
    return ask(() => api.GET('/customers', { params: { query } }));
  }
  return ask(() => api.POST('/customers/search', { body: { by: 'text', text, ...page } }));
}

function useColumns(): Column<CustomerRow>[] {
  const t = useText(texts);
  const term = useTerms();
  return [
    {
      key: 'customer',
      title: t('col.customer'),
      isWrapping: true,
      render: ({ customerId, kind, nameMasked, matchedBy }) => (
        <>
          <Link to="/customers/$customerId" params={{ customerId }} className="customer-link">
            <Data>{nameMasked}</Data>
          </Link>
          {kind === PERSON ? null : (
            <span className="quiet customer-match">{term('customerKind', kind)}</span>
          )}
          {matchedBy === undefined ? null : (
            <span className="quiet customer-match">{term('customerMatch', matchedBy)}</span>
          )}
        </>
      ),
    },
    {
      key: 'id',
      title: t('col.customerId'),
      render: (row) => <Data isCode>{row.customerId}</Data>,
    },
    {
      key: 'certificate',
      title: t('col.certificate'),
      render: (row) => <Data isCode>{row.certificateMasked}</Data>,
    },
    { key: 'phone', title: t('col.phone'), render: (row) => <Data isCode>{row.phoneMasked}</Data> },
    { key: 'branch', title: t('col.branch'), render: (row) => <Data>{row.branchCode}</Data> },
    {
      key: 'kyc',
      title: t('col.kyc'),
      render: (row) => <State kind="kycStatus" code={row.kycStatus} />,
    },
    {
      key: 'status',
      title: t('col.status'),
      render: (row) => <State kind="customerStatus" code={row.status} />,
    },
    {
      key: 'opened',
      title: t('col.opened'),
      render: (row) => <span className="num">{dayOf(row.openedAt)}</span>,
    },
  ];
}

function KycSelect({
  value,
  onChange,
}: {
  value: KycFilter | undefined;
  onChange: (next: KycFilter | undefined) => void;
}) {
  const t = useText(texts);
  const w = useText(words);
  const term = useTerms();
  return (
    <Select<KycFilter | undefined>
      size="large"
      allowClear={{ clearIcon: <ClearIcon />, label: w('act.clear') }}
      aria-label={t('col.kyc')}
      placeholder={t('col.kyc')}
      value={value}
      onChange={onChange}
      popupMatchSelectWidth={false}
      options={KYC_FILTERS.map((code) => ({ value: code, label: term('kycStatus', code) }))}
    />
  );
}

/** Finding customers: one field that understands what is typed, and everyone by pages. */
export function CustomerListPage() {
  const t = useText(texts);
  const navigate = useNavigate();
  const { kyc } = route.useSearch();
  const filter = route.useNavigate();
  const [typed, setTyped] = useState('');
  const text = useDebounced(typed.trim(), SETTLE_MS);
  const pages = useCursorPages(
    ['customers', 'list', text, kyc],
    (page) => load({ text, kyc }, page),
    (data) => data.nextCursor,
  );
  const columns = useColumns();
  const mayOpen = useHasRole('operations', 'adviser');
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        mayOpen ? (
          <Link to="/opening" className="link-button link-button-primary">
            {t('open')}
          </Link>
        ) : undefined
      }
    >
      <search className="customer-filters">
        <SearchField
          isLarge
          isFocused
          label={t('search.label')}
          placeholder={t('search.placeholder')}
          onType={setTyped}
        />
        {text === '' ? (
          <KycSelect
            value={kyc}
            onChange={(next) => void filter({ search: next === undefined ? {} : { kyc: next } })}
          />
        ) : null}
      </search>
      <Panel isFlush>
        <DataTable
          label={t('title')}
          columns={columns}
          query={pages.query}
          rowsOf={(data) => data.customers}
          rowKey={(row) => row.customerId}
          onOpen={({ customerId }) =>
            void navigate({ to: '/customers/$customerId', params: { customerId } })
          }
          empty={<Empty title={t('search.none')} hint={t('search.noneHint')} />}
          heightMax="calc(100vh - 300px)"
          foot={<Pager pages={pages} shown={pages.query.data?.customers.length ?? 0} />}
        />
      </Panel>
    </Page>
  );
}

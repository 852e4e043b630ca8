import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import type { Got } from '../../api/types.ts';
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
import './customers.css';
import { texts } from './texts.ts';

const SETTLE_MS = 200;

type CustomerPageData = Got<'/customers'>;
type CustomerRow = CustomerPageData['customers'][number];

function load(text: string, { limit, cursor }: PageAsk): Promise<CustomerPageData> {
  const page = { limit, ...(cursor === undefined ? {} : { cursor }) };
  if (text === '') return ask(() => api.GET('/customers', { params: { query: page } }));
  return ask(() => api.POST('/customers/search', { body: { by: 'text', text, ...page } }));
}

function useColumns(): Column<CustomerRow>[] {
  const t = useText(texts);
  const term = useTerms();
  return [
    {
      key: 'customer',
      title: t('col.customer'),
      render: ({ customerId, nameMasked, matchedBy }) => (
        <>
          <Link to="/customers/$customerId" params={{ customerId }} className="customer-link">
            <Data>{nameMasked}</Data>
          </Link>
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
    { key: 'kind', title: t('col.kind'), render: (row) => term('customerKind', row.kind) },
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

/** Finding customers: one field that understands what is typed, and everyone by pages. */
export function CustomerListPage() {
  const t = useText(texts);
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const text = useDebounced(typed.trim(), SETTLE_MS);
  const pages = useCursorPages(
    ['customers', 'list', text],
    (page) => load(text, page),
    (data) => data.nextCursor,
  );
  const columns = useColumns();
  return (
    <Page title={t('title')} lead={t('lead')}>
      <SearchField
        isLarge
        isFocused
        label={t('search.label')}
        placeholder={t('search.placeholder')}
        onType={setTyped}
      />
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

import { getRouteApi, Link, useRouteContext } from '@tanstack/react-router';
import { api, ask } from '../../api/client.ts';
import type { Got } from '../../api/types.ts';
import { entrantsOf } from '../../app/room.ts';
import { useHasRole } from '../../app/session.ts';
import { Choice } from '../../parts/choice.tsx';
import { Data } from '../../parts/figure.tsx';
import { Page, Panel } from '../../parts/page.tsx';
import { Level } from '../../parts/state.tsx';
import { Empty } from '../../parts/states.tsx';
import { Pager, useCursorPages } from '../../parts/table/cursor-pages.tsx';
import { type Column, DataTable } from '../../parts/table/data-table.tsx';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

const route = getRouteApi('/staff/opening/due');

type Row = Got<'/suitability/assessments-due'>['customers'][number];

/** Whether the reader may enter a room; some only read this list. */
function useMayEnter(path: '/opening' | '/customers'): boolean {
  const { rooms } = useRouteContext({ from: '__root__' });
  return useHasRole(...(entrantsOf(rooms, path) ?? []));
}

function useColumns(): Column<Row>[] {
  const t = useText(texts);
  const mayAssess = useMayEnter('/opening');
  const mayOpen = useMayEnter('/customers');
  const act: Column<Row> = {
    key: 'act',
    title: <span className="out-of-sight">{t('set.risk.again')}</span>,
    kind: 'action',
    render: ({ customerId, nameMasked }) => (
      <Link to="/opening/customers/$customerId/assessment" params={{ customerId }}>
        {t('set.risk.again')}
        <span className="out-of-sight" translate="no">
          {' '}
          {nameMasked}
        </span>
      </Link>
    ),
  };
  return [
    {
      key: 'customer',
      title: t('drafts.name'),
      render: ({ customerId, nameMasked }) =>
        mayOpen ? (
          <Link to="/customers/$customerId" params={{ customerId }} search={{ tab: 'suitability' }}>
            <Data>{nameMasked}</Data>
          </Link>
        ) : (
          <Data>{nameMasked}</Data>
        ),
    },
    {
      key: 'id',
      title: t('due.customerId'),
      render: (row) => <Data isCode>{row.customerId}</Data>,
    },
    { key: 'branch', title: t('branchCode'), render: (row) => <Data>{row.branchCode}</Data> },
    {
      key: 'level',
      title: t('due.level'),
      render: ({ level }) => (level === null ? '—' : <Level kind="investorLevel" level={level} />),
    },
    {
      key: 'until',
      title: t('due.until'),
      render: (row) => <span className="num">{row.validUntil}</span>,
    },
    ...(mayAssess ? [act] : []),
  ];
}

/** Whose assessment has lapsed, or will before long; each to be asked anew. */
export function DuePage() {
  const t = useText(texts);
  const { due } = route.useSearch();
  const navigate = route.useNavigate();
  const columns = useColumns();
  const mayAssess = useMayEnter('/opening');
  const pages = useCursorPages(
    ['suitability', 'due', due],
    ({ limit, cursor }) =>
      ask(() =>
        api.GET('/suitability/assessments-due', {
          params: { query: { due, limit, ...(cursor === undefined ? {} : { cursor }) } },
        }),
      ),
    (data) => data.nextCursor,
  );
  return (
    <Page
      title={t('due.title')}
      {...(mayAssess ? { before: <Link to="/opening">{t('title')}</Link> } : {})}
      actions={
        <Choice
          label={t('due.title')}
          value={due}
          onChange={(next) => void navigate({ search: { due: next } })}
          options={(['lapsed', 'ending'] as const).map((value) => ({
            value,
            label: t(`due.${value}`),
          }))}
        />
      }
    >
      <Panel isFlush>
        <DataTable
          label={t('due.title')}
          columns={columns}
          query={pages.query}
          rowsOf={(data) => data.customers}
          rowKey={(row) => row.customerId}
          empty={<Empty title={t('due.none')} />}
          heightMax="calc(100vh - 260px)"
          foot={<Pager pages={pages} shown={pages.query.data?.customers.length ?? 0} />}
        />
      </Panel>
    </Page>
  );
}

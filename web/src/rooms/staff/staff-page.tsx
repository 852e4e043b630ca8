import { UserAddOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Tabs } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import { useHasRole } from '../../app/session.ts';
import { Data } from '../../parts/figure.tsx';
import { Page, Panel } from '../../parts/page.tsx';
import { Empty, Loading, StateTag, type Tone } from '../../parts/states.tsx';
import { type Column, DataTable } from '../../parts/table/data-table.tsx';
import { instantText } from '../../parts/time.ts';
import { roleTexts } from '../../texts/roles.ts';
import { useText } from '../../texts/texts.ts';
import { StaffActions } from './actions.tsx';
import { CodeDialog, type OneTimeCode } from '../../parts/one-time-code.tsx';
import type { Member } from './member.ts';
import { MemberDialog } from './member-dialog.tsx';
import './staff.css';
import { texts } from './texts.ts';
import { late } from '../../parts/late.tsx';

const KeysTab = late(async () => (await import('./keys-tab.tsx')).KeysTab, <Loading rows={4} />);

const TONES: Readonly<Record<Member['state'], Tone>> = {
  pending: 'warning',
  active: 'good',
  disabled: 'muted',
};

function useColumns(onCode: (code: OneTimeCode) => void): Column<Member>[] {
  const t = useText(texts);
  const roles = useText(roleTexts);
  const mayChange = useHasRole('administrator');
  const actions: Column<Member> = {
    key: 'actions',
    title: <span className="out-of-sight">{t('act.more')}</span>,
    kind: 'action',
    render: (row) => <StaffActions member={row} onCode={onCode} />,
  };
  return [
    { key: 'name', title: t('col.userName'), render: (row) => <Data>{row.userName}</Data> },
    {
      key: 'roles',
      title: t('col.roles'),
      isWrapping: true,
      render: (row) => row.roles.map((role) => roles(role)).join(' · '),
    },
    {
      key: 'branch',
      title: t('col.branch'),
      render: ({ branchCode }) =>
        branchCode === undefined ? t('branch.firm') : <Data>{branchCode}</Data>,
    },
    {
      key: 'state',
      title: t('col.state'),
      render: ({ state }) => <StateTag tone={TONES[state]}>{t(`state.${state}`)}</StateTag>,
    },
    {
      key: 'created',
      title: t('col.created'),
      render: (row) => <span className="num">{instantText(row.createdAt)}</span>,
    },
    ...(mayChange ? [actions] : []),
  ];
}

/** Everyone who may log in for the firm. */
function PeopleTab() {
  const t = useText(texts);
  const mayChange = useHasRole('administrator');
  const [isAdding, setAdding] = useState(false);
  const [code, setCode] = useState<OneTimeCode>();
  const columns = useColumns(setCode);
  const query = useQuery({ queryKey: ['staff'], queryFn: () => ask(() => api.GET('/staff')) });
  return (
    <>
      <Panel
        isFlush
        title={<span className="keys-lead quiet">{t('lead')}</span>}
        extra={
          mayChange ? (
            <Button type="primary" icon={<UserAddOutlined />} onClick={() => setAdding(true)}>
              {t('new')}
            </Button>
          ) : undefined
        }
      >
        <DataTable
          label={t('title')}
          columns={columns}
          query={query}
          rowsOf={(data) => data.staff}
          rowKey={(row) => row.staffId}
          empty={<Empty title={t('none')} />}
        />
      </Panel>
      {isAdding ? (
        <MemberDialog member={undefined} onClose={() => setAdding(false)} onCode={setCode} />
      ) : null}
      <CodeDialog code={code} onClose={() => setCode(undefined)} />
    </>
  );
}

/** Who and what may act for the firm: people, and the keys of programs. */
export function StaffPage() {
  const t = useText(texts);
  return (
    <Page title={t('title')}>
      <Tabs
        destroyOnHidden
        items={[
          { key: 'people', label: t('tab.people'), children: <PeopleTab /> },
          {
            key: 'keys',
            label: t('tab.keys'),
            children: <KeysTab />,
          },
        ]}
      />
    </Page>
  );
}

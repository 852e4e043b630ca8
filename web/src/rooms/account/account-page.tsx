import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { api, ask } from '../../api/client.ts';
import type { paths } from '../../api/schema.ts';
import { shell } from '../../app/shell/texts.ts';
import { useKnownSession } from '../../app/session.ts';
import { Data } from '../../parts/figure.tsx';
import { useIsWide } from '../../parts/wide.ts';
import { Facts, Page, Panel } from '../../parts/page.tsx';
import { StateTag } from '../../parts/states.tsx';
import { type Column, DataTable } from '../../parts/table/data-table.tsx';
import { instantText } from '../../parts/time.ts';
import { roleTexts } from '../../texts/roles.ts';
import { useText } from '../../texts/texts.ts';
import { PasswordForm } from '../login/password-form.tsx';
import './account.css';
import { texts } from './texts.ts';

type ListedSession =
  paths['/auth/sessions']['get']['responses'][200]['content']['application/json']['sessions'][number];

/** 'Chrome on Linux' from what the browser calls itself, as far as it can be told. */
function deviceOf(userAgent: string): string {
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)\//.exec(userAgent)?.[1];
  const system = /(Windows|Mac OS X|Android|iPhone|iPad|Linux)/.exec(userAgent)?.[1];
  const names = [browser === 'Edg' ? 'Edge' : browser, system].filter((name) => name !== undefined);
  return names.length === 0 ? userAgent.slice(0, 40) : names.join(' · ');
}

function EndButton({ session }: { session: ListedSession }) {
  const t = useText(texts);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: () =>
      ask(() =>
        api.DELETE('/auth/sessions/{sessionId}', {
          params: { path: { sessionId: session.sessionId } },
        }),
      ),
    onSuccess: () => void message.success(t('session.ended')),
    onSettled: () => queries.invalidateQueries({ queryKey: ['auth', 'sessions'] }),
  });
  if (session.isCurrent) return <StateTag tone="good">{t('session.current')}</StateTag>;
  return (
    <Button size="small" danger loading={end.isPending} onClick={() => end.mutate()}>
      {t('session.end')}
    </Button>
  );
}

/** The reader's own sessions, each of which he can end. */
export function SessionsPanel() {
  const t = useText(texts);
  const query = useQuery({
    queryKey: ['auth', 'sessions'],
    queryFn: () => ask(() => api.GET('/auth/sessions')),
  });
  // A phone has room for what tells one login from another, and for ending it.
  const isWide = useIsWide();
  const from: Column<ListedSession> = {
    key: 'from',
    title: t('session.where'),
    render: (row) => <Data isCode>{row.from}</Data>,
  };
  const since: Column<ListedSession> = {
    key: 'since',
    title: t('session.since'),
    render: (row) => instantText(row.createdAt),
  };
  const seen: Column<ListedSession> = {
    key: 'seen',
    title: t('session.seen'),
    render: (row) => instantText(row.lastSeenAt),
  };
  const ends: Column<ListedSession> = {
    key: 'ends',
    title: t('session.ends'),
    render: (row) => instantText(row.expiresAt),
  };
  const columns: Column<ListedSession>[] = [
    {
      key: 'device',
      title: t('session.device'),
      render: ({ userAgent, channel, lastSeenAt }) => (
        <>
          {channel === 'api' ? t('session.api') : <Data>{deviceOf(userAgent)}</Data>}
          {isWide ? null : (
            <span className="quiet num session-seen">{instantText(lastSeenAt)}</span>
          )}
        </>
      ),
    },
    ...(isWide ? [from] : []),
    ...(isWide ? [since] : []),
    ...(isWide ? [seen] : []),
    ...(isWide ? [ends] : []),
    { key: 'end', title: '', kind: 'action', render: (row) => <EndButton session={row} /> },
  ];
  return (
    <Panel title={t('sessions')} isFlush>
      <DataTable
        label={t('sessions')}
        columns={columns}
        query={query}
        rowsOf={(data) => data.sessions}
        rowKey={(row) => row.sessionId}
      />
    </Panel>
  );
}

function ProfilePanel() {
  const t = useText(texts);
  const s = useText(shell);
  const roles = useText(roleTexts);
  const { user, userName, hasSecondFactor, idleMinutes } = useKnownSession();
  const branch =
    user.branchCode === undefined ? s('user.firm') : s('user.branch', { code: user.branchCode });
  return (
    <Panel title={t('profile')}>
      <Facts
        items={[
          { name: t('userName'), value: <Data>{userName}</Data> },
          { name: t('roles'), value: user.roles.map((role) => roles(role)).join(' · ') },
          { name: t('branch'), value: branch },
          { name: t('idle'), value: t('minutes', { count: idleMinutes }) },
          {
            name: t('factor'),
            value: (
              <StateTag tone={hasSecondFactor ? 'good' : 'warning'}>
                {t(hasSecondFactor ? 'factor.on' : 'factor.off')}
              </StateTag>
            ),
          },
        ]}
      />
    </Panel>
  );
}

/** The reader's own sessions, password and second factor. */
export function AccountPage() {
  const t = useText(texts);
  const { message } = App.useApp();
  const queries = useQueryClient();
  return (
    <Page title={t('title')} lead={t('lead')}>
      <div className="account-columns">
        <ProfilePanel />
        <Panel title={t('password')}>
          <PasswordForm
            onDone={() => {
              void message.success(t('password.done'));
              void queries.invalidateQueries({ queryKey: ['auth', 'sessions'] });
            }}
          />
        </Panel>
      </div>
      {/* The last: nothing stands below that would move when they come. */}
      <SessionsPanel />
    </Page>
  );
}

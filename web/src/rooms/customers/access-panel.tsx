import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Popconfirm } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import type { Got } from '../../api/types.ts';
import { useHasRole } from '../../app/session.ts';
import { type Customer, customerKey } from '../../parts/customer-data.ts';
import { Data } from '../../parts/figure.tsx';
import { CodeDialog, type OneTimeCode } from '../../parts/one-time-code.tsx';
import { Facts, Panel } from '../../parts/page.tsx';
import { LoadFailed, ProblemNote } from '../../parts/problem.tsx';
import { Empty, Loading, StateTag, type Tone } from '../../parts/states.tsx';
import { instantText } from '../../parts/time.ts';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

type Access = NonNullable<Got<'/customers/{customerId}/investor-access'>['access']>;

const TONES: Readonly<Record<Access['state'], Tone>> = {
  pending: 'warning',
  active: 'good',
  disabled: 'muted',
};

const accessKey = (customerId: string) => [...customerKey(customerId), 'access'];

/** The customer's own access; null when he was never invited. */
function useAccess(customerId: string) {
  return useQuery({
    queryKey: accessKey(customerId),
    queryFn: async () => {
      const params = { path: { customerId } };
      const { access } = await ask(() =>
        api.GET('/customers/{customerId}/investor-access', { params }),
      );
      return access;
    },
  });
}

function Invite({
  customerId,
  onCode,
}: {
  customerId: string;
  onCode: (code: OneTimeCode) => void;
}) {
  const t = useText(texts);
  const queries = useQueryClient();
  const invite = useMutation({
    mutationFn: ({ userName }: { userName: string }) =>
      ask(() =>
        api.POST('/customers/{customerId}/investor-access', {
          params: { path: { customerId } },
          body: { userName },
        }),
      ),
    onSuccess: async ({ access, activationCode }) => {
      onCode({ userName: access.userName, code: activationCode });
      await queries.invalidateQueries({ queryKey: accessKey(customerId) });
    },
  });
  return (
    <>
      {invite.isError ? <ProblemNote error={invite.error} /> : null}
      <Form
        layout="inline"
        colon={false}
        onFinish={(values: { userName: string }) => invite.mutate(values)}
      >
        <Form.Item
          name="userName"
          label={t('access.userName')}
          rules={[{ required: true, message: t('access.needName') }]}
        >
          <Input autoComplete="off" spellCheck={false} maxLength={40} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={invite.isPending}>
          {t('access.invite')}
        </Button>
      </Form>
    </>
  );
}

function Acts({
  customerId,
  access,
  onCode,
}: {
  customerId: string;
  access: Access;
  onCode: (code: OneTimeCode) => void;
}) {
  const t = useText(texts);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const mayRenew = useHasRole('operations', 'adviser');
  const params = { path: { customerId } };
  const onSettled = () => queries.invalidateQueries({ queryKey: accessKey(customerId) });
  const reset = useMutation({
    mutationFn: () =>
      ask(() => api.POST('/customers/{customerId}/investor-access/reset', { params })),
    onSuccess: ({ activationCode }) => onCode({ userName: access.userName, code: activationCode }),
    onSettled,
  });
  const disable = useMutation({
    mutationFn: () =>
      ask(() => api.POST('/customers/{customerId}/investor-access/disable', { params })),
    onSuccess: () => void message.success(t('access.disabledDone')),
    onSettled,
  });
  const failed = [reset, disable].find(({ isError }) => isError);
  return (
    <>
      {failed === undefined ? null : <ProblemNote error={failed.error} />}
      <div className="access-acts">
        {mayRenew ? (
          <Popconfirm title={t('access.resetSure')} onConfirm={() => reset.mutate()}>
            <Button loading={reset.isPending}>{t('access.reset')}</Button>
          </Popconfirm>
        ) : null}
        {access.state === 'disabled' ? null : (
          <Popconfirm title={t('access.disableSure')} onConfirm={() => disable.mutate()}>
            <Button danger loading={disable.isPending}>
              {t('access.disable')}
            </Button>
          </Popconfirm>
        )}
      </div>
    </>
  );
}

/** Whether the customer signs in for himself, and how he comes to. */
export function AccessPanel({ customer: { customerId } }: { customer: Customer }) {
  const t = useText(texts);
  const query = useAccess(customerId);
  const mayInvite = useHasRole('operations', 'adviser');
  const mayAct = useHasRole('operations', 'adviser', 'compliance');
  const [code, setCode] = useState<OneTimeCode>();
  const access = query.data;
  return (
    <Panel title={t('access.title')}>
      {query.isPending ? <Loading rows={2} /> : null}
      {query.isLoadingError ? (
        <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {access === null ? (
        mayInvite ? (
          <div className="stack">
            <p className="quiet">{t('access.lead')}</p>
            <Invite customerId={customerId} onCode={setCode} />
          </div>
        ) : (
          <Empty title={t('access.none')} />
        )
      ) : null}
      {access === null || access === undefined ? null : (
        <>
          <Facts
            columns={3}
            items={[
              { name: t('access.userName'), value: <Data>{access.userName}</Data> },
              {
                name: t('access.state'),
                value: (
                  <StateTag tone={TONES[access.state]}>{t(`access.is.${access.state}`)}</StateTag>
                ),
              },
              {
                name: t('access.lastLogin'),
                value: (
                  <span className="num">
                    {access.lastLoginAt === null ? '—' : instantText(access.lastLoginAt)}
                  </span>
                ),
              },
            ]}
          />
          {mayAct ? <Acts customerId={customerId} access={access} onCode={setCode} /> : null}
        </>
      )}
      <CodeDialog code={code} onClose={() => setCode(undefined)} />
    </Panel>
  );
}

import { KeyOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import type { Got, PostBody } from '../../api/types.ts';
import { useHasRole } from '../../app/session.ts';
import { Data } from '../../parts/figure.tsx';
import { Panel } from '../../parts/page.tsx';
import { ProblemNote } from '../../parts/problem.tsx';
import { Empty, StateTag } from '../../parts/states.tsx';
import { type Column, DataTable } from '../../parts/table/data-table.tsx';
import { instantText } from '../../parts/time.ts';
import { roleTexts } from '../../texts/roles.ts';
import { useText } from '../../texts/texts.ts';
import { CodeDialog, type OneTimeCode } from '../../parts/one-time-code.tsx';
import { texts } from './texts.ts';

type Key = Got<'/partner-keys'>['partnerKeys'][number];
type KeyBody = PostBody<'/partner-keys'>;

const KEYS = ['partner-keys'] as const;
const ROLES = ['partner', 'operations', 'adviser'] as const;

interface Values {
  name: string;
  roles: KeyBody['roles'];
  branchCode?: string;
  isSigned: boolean;
}

function IssueDialog({
  onClose,
  onKey,
}: {
  onClose: () => void;
  onKey: (key: OneTimeCode) => void;
}) {
  const t = useText(texts);
  const roleName = useText(roleTexts);
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const issue = useMutation({
    mutationFn: ({ name, roles, branchCode = '', isSigned }: Values) => {
      const branch = branchCode.trim() === '' ? {} : { branchCode: branchCode.trim() };
      return ask(() =>
        api.POST('/partner-keys', { body: { name: name.trim(), roles, isSigned, ...branch } }),
      );
    },
    onSuccess: async ({ key, partnerKey: { name, keyId }, signingSecret }) => {
      onClose();
      onKey({
        userName: name,
        code: key,
        ...(signingSecret === undefined
          ? {}
          : { second: { label: t('key.signingSecret'), of: keyId, code: signingSecret } }),
      });
      await queries.invalidateQueries({ queryKey: KEYS });
    },
  });
  return (
    <Modal
      open
      title={t('key.issue')}
      okText={t('key.issue')}
      confirmLoading={issue.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      {issue.isError ? <ProblemNote error={issue.error} /> : null}
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{ name: '', roles: ['partner'], isSigned: true }}
        onFinish={(values) => issue.mutate(values)}
      >
        <Form.Item
          name="name"
          label={t('key.name')}
          rules={[{ required: true, whitespace: true, message: t('key.needName') }]}
        >
          <Input autoComplete="off" spellCheck={false} maxLength={64} autoFocus />
        </Form.Item>
        <Form.Item
          name="roles"
          label={t('col.roles')}
          rules={[{ required: true, message: t('need.roles') }]}
        >
          <Checkbox.Group options={ROLES.map((value) => ({ value, label: roleName(value) }))} />
        </Form.Item>
        <Form.Item name="branchCode" label={t('col.branch')} extra={t('branch.hint')}>
          <Input autoComplete="off" maxLength={9} />
        </Form.Item>
        <Form.Item name="isSigned" valuePropName="checked" extra={t('key.signedHint')}>
          <Checkbox>{t('key.signed')}</Checkbox>
        </Form.Item>
      </Form>
    </Modal>
  );
}

function RevokeDialog({ partnerKey, onClose }: { partnerKey: Key; onClose: () => void }) {
  const t = useText(texts);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const { keyId, name } = partnerKey;
  const revoke = useMutation({
    mutationFn: () =>
      ask(() => api.DELETE('/partner-keys/{keyId}', { params: { path: { keyId } } })),
    onSuccess: async () => {
      void message.success(t('key.revoked'));
      onClose();
      await queries.invalidateQueries({ queryKey: KEYS });
    },
  });
  return (
    <Modal
      open
      title={t('key.revoke')}
      okText={t('key.revoke')}
      okButtonProps={{ danger: true }}
      confirmLoading={revoke.isPending}
      onOk={() => revoke.mutate()}
      onCancel={onClose}
    >
      <p>
        <Data>{name}</Data>
      </p>
      <p>{t('key.sure')}</p>
      {revoke.isError ? <ProblemNote error={revoke.error} /> : null}
    </Modal>
  );
}

function useColumns(onRevoke: (key: Key) => void): Column<Key>[] {
  const t = useText(texts);
  const roles = useText(roleTexts);
  const mayChange = useHasRole('administrator');
  const actions: Column<Key> = {
    key: 'actions',
    title: <span className="out-of-sight">{t('act.more')}</span>,
    kind: 'action',
    render: (row) =>
      row.revokedAt === undefined ? (
        <Button size="small" danger onClick={() => onRevoke(row)}>
          {t('key.revoke')}
          <span className="out-of-sight" translate="no">
            {' '}
            {row.name}
          </span>
        </Button>
      ) : null,
  };
  return [
    { key: 'name', title: t('key.name'), render: (row) => <Data>{row.name}</Data> },
    {
      key: 'roles',
      title: t('col.roles'),
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
      render: ({ revokedAt }) =>
        revokedAt === undefined ? (
          <StateTag tone="good">{t('key.active')}</StateTag>
        ) : (
          <StateTag tone="muted">{t('key.ended')}</StateTag>
        ),
    },
    {
      key: 'signs',
      title: t('key.signs'),
      render: ({ signingAlgorithm }) =>
        signingAlgorithm === undefined ? t('key.unsigned') : <Data>{signingAlgorithm}</Data>,
    },
    {
      key: 'created',
      title: t('col.created'),
      render: (row) => <span className="num">{instantText(row.createdAt)}</span>,
    },
    {
      key: 'revoked',
      title: t('key.revokedAt'),
      render: ({ revokedAt }) => (
        <span className="num">{revokedAt === undefined ? '—' : instantText(revokedAt)}</span>
      ),
    },
    ...(mayChange ? [actions] : []),
  ];
}

/** Keys of programs that act for the firm: shown once when issued, and ended at once when revoked. */
export function KeysTab() {
  const t = useText(texts);
  const mayChange = useHasRole('administrator');
  const [isIssuing, setIssuing] = useState(false);
  const [revoking, setRevoking] = useState<Key>();
  const [key, setKey] = useState<OneTimeCode>();
  const columns = useColumns(setRevoking);
  const query = useQuery({
    queryKey: KEYS,
    queryFn: () => ask(() => api.GET('/partner-keys')),
  });
  return (
    <>
      <Panel
        isFlush
        title={<span className="keys-lead quiet">{t('key.lead')}</span>}
        extra={
          mayChange ? (
            <Button type="primary" icon={<KeyOutlined />} onClick={() => setIssuing(true)}>
              {t('key.issue')}
            </Button>
          ) : undefined
        }
      >
        <DataTable
          label={t('tab.keys')}
          columns={columns}
          query={query}
          rowsOf={(data) => data.partnerKeys}
          rowKey={(row) => row.keyId}
          empty={<Empty title={t('key.none')} hint={t('key.noneHint')} />}
        />
      </Panel>
      {isIssuing ? <IssueDialog onClose={() => setIssuing(false)} onKey={setKey} /> : null}
      {revoking === undefined ? null : (
        <RevokeDialog partnerKey={revoking} onClose={() => setRevoking(undefined)} />
      )}
      <CodeDialog
        code={key}
        title={t('key.once')}
        lead={t('key.onceLead')}
        onClose={() => setKey(undefined)}
      />
    </>
  );
}

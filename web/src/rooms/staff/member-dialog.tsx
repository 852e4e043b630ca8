import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Checkbox, Form, Input, Modal } from 'antd';
import { api, ask } from '../../api/client.ts';
import type { PostBody } from '../../api/types.ts';
import { ProblemNote } from '../../parts/problem.tsx';
import { roleTexts } from '../../texts/roles.ts';
import { useText } from '../../texts/texts.ts';
import { isHeld, isWatched, type Member } from './member.ts';
import type { OneTimeCode } from '../../parts/one-time-code.tsx';
import { texts } from './texts.ts';

type Roles = PostBody<'/staff'>['roles'];

const ROLES = [
  'operations',
  'adviser',
  'productManager',
  'reviewer',
  'compliance',
  'auditor',
  'administrator',
] as const;

interface Values {
  userName: string;
  roles: Roles;
  branchCode?: string;
}

/** Hires the new one, or gives other roles to the one there is; a new one gets a one-time code. */
function useSave(
  member: Member | undefined,
  { onClose, onCode }: { onClose: () => void; onCode: (code: OneTimeCode) => void },
) {
  const t = useText(texts);
  const { message } = App.useApp();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ userName, roles, branchCode = '' }: Values) => {
      if (member !== undefined) {
        const params = { path: { staffId: member.staffId } };
        const answer = await ask(() =>
          api.POST('/staff/{staffId}/roles', { params, body: { roles } }),
        );
        return { waits: isHeld(answer) };
      }
      const branch = branchCode.trim() === '' ? {} : { branchCode: branchCode.trim() };
      const body = { userName: userName.trim(), roles, ...branch };
      const { activationCode } = await ask(() => api.POST('/staff', { body }));
      return { userName: body.userName, code: activationCode };
    },
    onSuccess: async (saved) => {
      onClose();
      if (saved.code !== undefined) onCode(saved);
      else void message.success(t(saved.waits ? 'done.asked' : 'done.roles'));
      await queries.invalidateQueries({ queryKey: ['staff'] });
    },
  });
}

function Fields({ isNew }: { isNew: boolean }) {
  const t = useText(texts);
  const roleName = useText(roleTexts);
  return (
    <>
      <Form.Item
        name="userName"
        label={t('col.userName')}
        rules={[
          {
            pattern: /^[A-Za-z][A-Za-z0-9._-]{2,31}$/,
            required: true,
            message: t('need.userName'),
          },
        ]}
      >
        <Input autoComplete="off" spellCheck={false} disabled={!isNew} />
      </Form.Item>
      <Form.Item
        name="roles"
        label={t('col.roles')}
        rules={[{ required: true, message: t('need.roles') }]}
      >
        <Checkbox.Group options={ROLES.map((value) => ({ value, label: roleName(value) }))} />
      </Form.Item>
      {isNew ? (
        <Form.Item name="branchCode" label={t('col.branch')} extra={t('branch.hint')}>
          <Input autoComplete="off" maxLength={9} />
        </Form.Item>
      ) : null}
    </>
  );
}

/** A new member of staff, or other roles for one there is. */
export function MemberDialog({
  member,
  onClose,
  onCode,
}: {
  member: Member | undefined;
  onClose: () => void;
  onCode: (code: OneTimeCode) => void;
}) {
  const t = useText(texts);
  const [form] = Form.useForm<Values>();
  const save = useSave(member, { onClose, onCode });
  const waits = member !== undefined && isWatched(member);
  return (
    <Modal
      open
      title={t(member === undefined ? 'new' : 'act.roles')}
      okText={t(member === undefined ? 'act.create' : waits ? 'act.ask' : 'act.roles')}
      confirmLoading={save.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      {waits ? <p>{t('waits')}</p> : null}
      {save.isError ? <ProblemNote error={save.error} /> : null}
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{ userName: member?.userName ?? '', roles: member?.roles ?? [] }}
        onFinish={(values) => save.mutate(values)}
      >
        <Fields isNew={member === undefined} />
      </Form>
    </Modal>
  );
}

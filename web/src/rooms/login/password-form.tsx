import { Button, Form, Input, type FormRule } from 'antd';
import { useMutation } from '@tanstack/react-query';
import { api, ask } from '../../api/client.ts';
import { refreshSession } from '../../app/session.ts';
import { ProblemNote } from '../../parts/problem.tsx';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

/** A password that is being set, typed twice. */
export function NewPasswordFields() {
  const t = useText(texts);
  const same: FormRule = ({ getFieldValue }) => ({
    validator: (_rule, value: string) =>
      value === getFieldValue('newPassword')
        ? Promise.resolve()
        : Promise.reject(new Error(t('change.differs'))),
  });
  return (
    <>
      <Form.Item
        name="newPassword"
        label={t('change.new')}
        extra={t('password.rule')}
        rules={[{ required: true, message: t('need.password') }]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label={t('change.again')}
        dependencies={['newPassword']}
        rules={[same]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
    </>
  );
}

interface Values {
  currentPassword: string;
  newPassword: string;
}

/** Another password: because it expired, or because the user wants one. */
export function PasswordForm({ onDone }: { onDone?: () => void }) {
  const t = useText(texts);
  const change = useMutation({
    mutationFn: async ({ currentPassword, newPassword }: Values) => {
      await ask(() => api.POST('/auth/password', { body: { currentPassword, newPassword } }));
      await refreshSession();
    },
    ...(onDone === undefined ? {} : { onSuccess: onDone }),
  });
  return (
    <>
      {change.isError ? <ProblemNote error={change.error} /> : null}
      <Form<Values> layout="vertical" onFinish={(values) => change.mutate(values)}>
        <Form.Item
          name="currentPassword"
          label={t('change.current')}
          rules={[{ required: true, message: t('need.password') }]}
        >
          <Input.Password autoComplete="current-password" autoFocus />
        </Form.Item>
        <NewPasswordFields />
        <Button type="primary" htmlType="submit" block loading={change.isPending}>
          {t('change.submit')}
        </Button>
      </Form>
    </>
  );
}

import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Form, Input } from 'antd';
import { useMutation } from '@tanstack/react-query';
import { api, ask } from '../../api/client.ts';
import { ProblemNote } from '../../parts/problem.tsx';
import { useText } from '../../texts/texts.ts';
import { LoginFrame } from './frame.tsx';
import { NewPasswordFields } from './password-form.tsx';
import { texts } from './texts.ts';

interface Values {
  userName: string;
  oneTime: string;
  newPassword: string;
}

type Way = 'activate' | 'bootstrap';

async function send(way: Way, { userName, oneTime, newPassword: password }: Values): Promise<void> {
  const code = oneTime.trim();
  if (way === 'activate') {
    const body = { userName, activationCode: code, password };
    await ask(() => api.POST('/auth/activate', { body }));
  } else {
    const body = { userName, bootstrapKey: code, password };
    await ask(() => api.POST('/auth/bootstrap', { body }));
  }
}

function FirstPassword({ way }: { way: Way }) {
  const t = useText(texts);
  const navigate = useNavigate();
  const set = useMutation({
    mutationFn: (values: Values) => send(way, values),
    onSuccess: () => navigate({ to: '/login', search: { notice: way } }),
  });
  return (
    <LoginFrame title={t(`${way}.title`)} lead={t(`${way}.lead`)}>
      {set.isError ? <ProblemNote error={set.error} /> : null}
      <Form<Values> layout="vertical" onFinish={(values) => set.mutate(values)}>
        <Form.Item
          name="oneTime"
          label={t(way === 'activate' ? 'activate.code' : 'bootstrap.key')}
          rules={[{ required: true, message: t('need.oneTime') }]}
        >
          <Input autoFocus autoComplete="off" spellCheck={false} />
        </Form.Item>
        <Form.Item
          name="userName"
          label={t('userName')}
          rules={[{ required: true, message: t('need.userName') }]}
        >
          <Input autoComplete="username" spellCheck={false} />
        </Form.Item>
        <NewPasswordFields />
        <Button type="primary" htmlType="submit" block loading={set.isPending}>
          {t(`${way}.submit`)}
        </Button>
      </Form>
      <div className="login-links">
        <Link to="/login">{t('back')}</Link>
      </div>
    </LoginFrame>
  );
}

/** A new member of staff sets his first password with the one-time code. */
export const ActivatePage = () => <FirstPassword way="activate" />;

/** The very first administrator, with the key that the terminal shows. */
export const BootstrapPage = () => <FirstPassword way="bootstrap" />;

import { Link, useSearch } from '@tanstack/react-router';
import { Alert, Button, Form, Input } from 'antd';
import { useMutation } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import { api, ask } from '../../api/client.ts';
import {
  type Stage,
  forgetSession,
  logOut,
  refreshSession,
  useSession,
} from '../../app/session.ts';
import { ProblemNote } from '../../parts/problem.tsx';
import { useText } from '../../texts/texts.ts';
import { CodeForm } from './code-form.tsx';
import { EnrolForm } from './enrol-form.tsx';
import { LoginFrame } from './frame.tsx';
import { PasswordForm } from './password-form.tsx';
import { texts } from './texts.ts';

interface Credentials {
  userName: string;
  password: string;
}

function CredentialsForm() {
  const t = useText(texts);
  const { notice } = useSearch({ from: '/login' });
  const login = useMutation({
    mutationFn: async (body: Credentials) => {
      await ask(() => api.POST('/auth/browser-login', { body }));
      await refreshSession();
    },
  });
  return (
    <>
      {notice === undefined ? null : <Alert type="success" showIcon title={t(`${notice}.done`)} />}
      {login.isError ? <ProblemNote error={login.error} /> : null}
      <Form<Credentials> layout="vertical" onFinish={(values) => login.mutate(values)} size="large">
        <Form.Item
          name="userName"
          label={t('userName')}
          rules={[{ required: true, message: t('need.userName') }]}
        >
          <Input autoComplete="username" autoFocus spellCheck={false} />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('password')}
          rules={[{ required: true, message: t('need.password') }]}
        >
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" block loading={login.isPending}>
          {t('submit')}
        </Button>
      </Form>
      <div className="login-links">
        <Link to="/activate">{t('activate.link')}</Link>
        <Link to="/bootstrap">{t('bootstrap.link')}</Link>
      </div>
    </>
  );
}

function OtherAccount() {
  const t = useText(texts);
  const leave = () => void logOut().catch(forgetSession);
  return (
    <div className="login-links">
      <button type="button" className="plain-button" onClick={leave}>
        {t('factor.other')}
      </button>
    </div>
  );
}

type StageForm = readonly [ComponentType, 'factor' | 'enrol' | 'change'];

const FORMS: Readonly<Record<Exclude<Stage, 'open'>, StageForm>> = {
  secondFactor: [CodeForm, 'factor'],
  enrolment: [EnrolForm, 'enrol'],
  passwordChange: [PasswordForm, 'change'],
};

/** Logging in, with whatever the session still lacks one after the other. */
export function LoginPage() {
  const t = useText(texts);
  const session = useSession();
  if (session.kind !== 'known' || session.stage === 'open') {
    return (
      <LoginFrame title={t('title')} lead={t('lead')}>
        <CredentialsForm />
      </LoginFrame>
    );
  }
  const [Rest, name] = FORMS[session.stage];
  return (
    <LoginFrame title={t(`${name}.title`)} lead={t(`${name}.lead`)}>
      <Rest />
      <OtherAccount />
    </LoginFrame>
  );
}

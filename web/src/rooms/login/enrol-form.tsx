import { Button, Form, Input, QRCode } from 'antd';
import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api, ask } from '../../api/client.ts';
import { refreshSession, useKnownSession } from '../../app/session.ts';
import { ProblemNote } from '../../parts/problem.tsx';
import { Loading } from '../../parts/states.tsx';
import { useText } from '../../texts/texts.ts';
import { CodeField } from './code-form.tsx';
import { texts } from './texts.ts';

const inFours = (secret: string): string => secret.replace(/(.{4})(?=.)/g, '$1 ');

function Confirm({ secret, uri }: { secret: string; uri: string }) {
  const t = useText(texts);
  const [form] = Form.useForm<{ code: string }>();
  const confirm = useMutation({
    mutationFn: async ({ code }: { code: string }) => {
      await ask(() => api.POST('/auth/second-factor/confirmation', { body: { code } }));
    },
    onSettled: () => refreshSession(),
    onError: () => form.resetFields(),
  });
  return (
    <>
      {confirm.isError ? <ProblemNote error={confirm.error} /> : null}
      <div className="login-qr">
        <QRCode value={uri} type="svg" size={144} color="#0f1c33" bgColor="#ffffff" />
        <div>
          <p>{t('enrol.scan')}</p>
          <p className="quiet">
            {t('enrol.type')}
            <span className="code login-secret" translate="no" data-testid="totp-secret">
              {inFours(secret)}
            </span>
          </p>
        </div>
      </div>
      <Form
        form={form}
        layout="vertical"
        size="large"
        onFinish={(values) => confirm.mutate(values)}
      >
        <CodeField onFull={() => form.submit()} />
        <Button type="primary" htmlType="submit" block loading={confirm.isPending}>
          {t('enrol.submit')}
        </Button>
      </Form>
    </>
  );
}

/** Binding a phone: after a reset the administrator's one-time code comes first. */
export function EnrolForm() {
  const t = useText(texts);
  const { needsRecoveryCode } = useKnownSession();
  const enrol = useMutation({
    mutationFn: (recoveryCode?: string) =>
      ask(() =>
        api.POST('/auth/second-factor/enrolment', {
          body: recoveryCode === undefined ? {} : { recoveryCode },
        }),
      ),
  });
  const { mutate } = enrol;
  useEffect(() => {
    if (!needsRecoveryCode) mutate(undefined);
  }, [needsRecoveryCode, mutate]);
  if (enrol.data !== undefined) return <Confirm {...enrol.data} />;
  return (
    <>
      {enrol.isError ? <ProblemNote error={enrol.error} /> : null}
      {needsRecoveryCode ? (
        <Form<{ code: string }>
          layout="vertical"
          size="large"
          onFinish={({ code }) => mutate(code.trim())}
        >
          <p className="quiet login-lead">{t('enrol.recoveryHint')}</p>
          <Form.Item
            name="code"
            label={t('enrol.recovery')}
            rules={[{ required: true, message: t('need.oneTime') }]}
          >
            <Input autoFocus autoComplete="off" spellCheck={false} />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={enrol.isPending}>
            {t('enrol.start')}
          </Button>
        </Form>
      ) : null}
      {!needsRecoveryCode && !enrol.isError ? <Loading rows={3} /> : null}
    </>
  );
}

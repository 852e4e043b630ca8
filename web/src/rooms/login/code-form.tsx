import { Button, Form, Input } from 'antd';
import { useMutation } from '@tanstack/react-query';
import { api, ask } from '../../api/client.ts';
import { refreshSession } from '../../app/session.ts';
import { ProblemNote } from '../../parts/problem.tsx';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

/** The field for six digits; `onFull` is called with the sixth. */
export function CodeField({ onFull }: { onFull: () => void }) {
  const t = useText(texts);
  return (
    <Form.Item
      name="code"
      label={t('code')}
      normalize={(value: string) => value.replace(/\D/g, '').slice(0, 6)}
      rules={[{ pattern: /^\d{6}$/, required: true, message: t('need.code') }]}
      validateTrigger="onSubmit"
    >
      <Input
        className="login-code"
        inputMode="numeric"
        autoComplete="one-time-code"
        autoFocus
        maxLength={6}
        onChange={(event) => {
          if (event.target.value.length === 6) onFull();
        }}
      />
    </Form.Item>
  );
}

/** The second factor of a login. */
export function CodeForm() {
  const t = useText(texts);
  const [form] = Form.useForm<{ code: string }>();
  const verify = useMutation({
    mutationFn: async ({ code }: { code: string }) => {
      await ask(() => api.POST('/auth/second-factor/verification', { body: { code } }));
    },
    onSettled: () => refreshSession(),
    onError: () => form.resetFields(),
  });
  return (
    <>
      {verify.isError ? <ProblemNote error={verify.error} /> : null}
      <Form form={form} layout="vertical" size="large" onFinish={(values) => verify.mutate(values)}>
        <CodeField onFull={() => form.submit()} />
        <Button type="primary" htmlType="submit" block loading={verify.isPending}>
          {t('factor.submit')}
        </Button>
      </Form>
    </>
  );
}

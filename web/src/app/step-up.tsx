import { Button, Form, Input, Modal } from 'antd';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { api, ask, setHooks } from '../api/client.ts';
import { ProblemNote } from '../parts/problem.tsx';
import { words } from '../texts/words.ts';
import { defineTexts, useText } from '../texts/texts.ts';
import { forgetSession, useSession } from './session.ts';

const texts = defineTexts(
  'stepUp',
  {
    title: '请再次验证身份',
    lead: '这项操作影响重大，需要确认是您本人。',
    code: '动态口令',
    password: '密码',
    'need.code': '请输入 6 位动态口令',
    'need.password': '请输入密码',
    submit: '验证并继续',
  },
  {
    title: 'Prove again that it is you',
    lead: 'This act weighs much, so it needs a fresh proof.',
    code: 'One-time code',
    password: 'Password',
    'need.code': 'Enter the code of six digits',
    'need.password': 'Enter your password',
    submit: 'Prove and go on',
  },
);

interface Proof {
  code?: string;
  password?: string;
}

function StepUpForm({ onDone }: { onDone: () => void }) {
  const t = useText(texts);
  const session = useSession();
  const hasCode = session.kind === 'known' && session.hasSecondFactor;
  const prove = useMutation({
    mutationFn: (body: Proof) => ask(() => api.POST('/auth/step-up', { body })),
    onSuccess: onDone,
  });
  const name = hasCode ? 'code' : 'password';
  return (
    <Form<Proof> layout="vertical" onFinish={(values) => prove.mutate(values)}>
      <p className="quiet">{t('lead')}</p>
      {prove.isError ? <ProblemNote error={prove.error} /> : null}
      <Form.Item
        name={name}
        label={t(name)}
        rules={[{ required: true, message: t(`need.${name}`) }]}
      >
        {hasCode ? (
          <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} autoFocus />
        ) : (
          <Input.Password autoComplete="current-password" autoFocus />
        )}
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={prove.isPending}>
        {t('submit')}
      </Button>
    </Form>
  );
}

/** Asks for a fresh proof whenever an act needs one; acts that meet it meanwhile wait together. */
export function StepUpGate({ children }: { children: ReactNode }) {
  const t = useText(texts);
  const c = useText(words);
  const [isAsking, setAsking] = useState(false);
  const waiting = useRef<((isProven: boolean) => void)[]>([]);
  const answer = (isProven: boolean) => {
    setAsking(false);
    for (const tell of waiting.current.splice(0)) tell(isProven);
  };
  useEffect(() => {
    setHooks({
      onEnd: forgetSession,
      stepUp: () =>
        new Promise((resolve) => {
          waiting.current.push(resolve);
          setAsking(true);
        }),
    });
  }, []);
  return (
    <>
      {children}
      <Modal
        open={isAsking}
        title={t('title')}
        footer={null}
        width={400}
        destroyOnHidden
        onCancel={() => answer(false)}
        closable={{ 'aria-label': c('act.close') }}
      >
        <StepUpForm onDone={() => answer(true)} />
      </Modal>
    </>
  );
}

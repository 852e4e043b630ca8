import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import { ProblemNote } from '../../parts/problem.tsx';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

/** Asks a second person to accept what of the day needs it, so that the day can be closed. */
export function AcceptButton({ businessDate }: { businessDate: string }) {
  const t = useText(texts);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [form] = Form.useForm<{ reason: string }>();
  const request = useMutation({
    mutationFn: (body: { reason: string }) =>
      ask(() =>
        api.POST('/business-days/{businessDate}/acceptances', {
          params: { path: { businessDate } },
          body,
        }),
      ),
    onSuccess: async () => {
      void message.success(t('accept.asked'));
      setOpen(false);
      await queries.invalidateQueries({ queryKey: ['approvals'] });
    },
  });
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t('accept.ask')}
      </Button>
      <Modal
        open={isOpen}
        title={t('accept.title', { day: businessDate })}
        okText={t('accept.submit')}
        confirmLoading={request.isPending}
        onOk={() => form.submit()}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <p className="quiet dialog-lead">{t('accept.lead')}</p>
        {request.isError ? <ProblemNote error={request.error} /> : null}
        <Form form={form} layout="vertical" onFinish={(values) => request.mutate(values)}>
          <Form.Item
            name="reason"
            label={t('accept.reason')}
            rules={[{ required: true, whitespace: true, message: t('accept.needReason') }]}
          >
            <Input.TextArea rows={3} maxLength={500} />
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
}

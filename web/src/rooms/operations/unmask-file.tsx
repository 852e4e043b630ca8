import { EyeOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import type { Posted } from '../../api/types.ts';
import { ProblemNote } from '../../parts/problem.tsx';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

export type ClearRecords = Posted<'/files/{fileId}/records/unmask'>;

/** Asks why the records of this page are to be seen in full; the audit keeps the answer. */
export function UnmaskFile({
  fileId,
  page,
  onClear,
}: {
  fileId: string;
  page: { from: number; limit: number };
  onClear: (records: ClearRecords) => void;
}) {
  const t = useText(texts);
  const [isOpen, setOpen] = useState(false);
  const [form] = Form.useForm<{ purpose: string }>();
  const unmask = useMutation({
    mutationFn: ({ purpose }: { purpose: string }) =>
      ask(() =>
        api.POST('/files/{fileId}/records/unmask', {
          params: { path: { fileId } },
          body: { ...page, purpose },
        }),
      ),
    onSuccess: (records) => {
      setOpen(false);
      onClear(records);
    },
  });
  return (
    <>
      <Button icon={<EyeOutlined />} onClick={() => setOpen(true)}>
        {t('file.unmask')}
      </Button>
      <Modal
        open={isOpen}
        title={t('file.unmask')}
        okText={t('file.unmask')}
        confirmLoading={unmask.isPending}
        onOk={() => form.submit()}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <p className="quiet dialog-lead">{t('file.unmaskLead')}</p>
        {unmask.isError ? <ProblemNote error={unmask.error} /> : null}
        <Form
          form={form}
          layout="vertical"
          preserve={false}
          onFinish={(values) => unmask.mutate(values)}
        >
          <Form.Item
            name="purpose"
            label={t('file.purpose')}
            rules={[{ required: true, whitespace: true, message: t('file.needPurpose') }]}
          >
            <Input.TextArea rows={2} maxLength={500} placeholder={t('file.purposeHint')} />
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
}

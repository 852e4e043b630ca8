import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Form, Input, Modal, Radio } from 'antd';
import { api, ask } from '../../api/client.ts';
import {
  chosen,
  type DocumentChoice,
  DocumentFields,
  useFirstChoice,
} from '../../parts/documents/fields.tsx';
import { ProblemNote } from '../../parts/problem.tsx';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

interface Values extends DocumentChoice {
  purpose: string;
  customerKind: 'all' | '0' | '1' | '2';
  investorClass: 'all' | 'ordinary' | 'professional';
}

function request(values: Values) {
  const { purpose, customerKind, investorClass } = values;
  const body = {
    ...chosen(values),
    purpose,
    customers: {
      ...(customerKind === 'all' ? {} : { kind: customerKind }),
      ...(investorClass === 'all' ? {} : { investorClass }),
    },
  };
  return ask(() => api.POST('/document-runs', { body }));
}

/** Asks for documents of many customers. */
export function RunDialog({ onClose }: { onClose: () => void }) {
  const t = useText(texts);
  const term = useTerms();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Values>();
  const first = useFirstChoice();
  const asking = useMutation({
    mutationFn: request,
    onSuccess: async () => {
      void message.success(t('new.asked'));
      onClose();
      await queries.invalidateQueries({ queryKey: ['documents', 'runs'] });
    },
  });
  const all = { value: 'all', label: t('new.all') };
  return (
    <Modal
      open
      title={t('new.title')}
      okText={t('new.submit')}
      confirmLoading={asking.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="quiet dialog-lead">{t('new.lead')}</p>
      {asking.isError ? <ProblemNote error={asking.error} /> : null}
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{ ...first, customerKind: 'all', investorClass: 'all' }}
        onFinish={(values) => asking.mutate(values)}
      >
        <DocumentFields form={form} />
        <Form.Item name="customerKind" label={t('new.kinds')}>
          <Radio.Group
            options={[
              all,
              ...(['1', '0', '2'] as const).map((value) => ({
                value,
                label: term('customerKind', value),
              })),
            ]}
          />
        </Form.Item>
        <Form.Item name="investorClass" label={t('new.class')}>
          <Radio.Group
            options={[
              all,
              ...(['ordinary', 'professional'] as const).map((value) => ({
                value,
                label: term('investorClass', value),
              })),
            ]}
          />
        </Form.Item>
        <Form.Item
          name="purpose"
          label={t('new.purpose')}
          rules={[{ required: true, whitespace: true, message: t('new.needPurpose') }]}
        >
          <Input.TextArea rows={2} maxLength={1000} placeholder={t('new.purposeHint')} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

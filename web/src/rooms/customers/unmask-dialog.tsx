import { useMutation } from '@tanstack/react-query';
import { Checkbox, Form, Input, Modal } from 'antd';
import { api, ask } from '../../api/client.ts';
import type { PostBody, Posted } from '../../api/types.ts';
import { ProblemNote } from '../../parts/problem.tsx';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

type Asked = PostBody<'/customers/{customerId}/unmask'>;

const FIELDS = [
  'name',
  'certificateNo',
  'phone',
  'email',
  'address',
  'birthDate',
  'representative',
] as const satisfies readonly Asked['fields'][number][];

/** Asks which fields are to be seen and why; the audit keeps the answer. */
export function UnmaskDialog({
  customerId,
  isOpen,
  onClose,
  onClear,
}: {
  customerId: string;
  isOpen: boolean;
  onClose: () => void;
  onClear: (fields: Posted<'/customers/{customerId}/unmask'>) => void;
}) {
  const t = useText(texts);
  const term = useTerms();
  const [form] = Form.useForm<Asked>();
  const unmask = useMutation({
    mutationFn: (body: Asked) =>
      ask(() =>
        api.POST('/customers/{customerId}/unmask', { params: { path: { customerId } }, body }),
      ),
    onSuccess: onClear,
  });
  return (
    <Modal
      open={isOpen}
      title={t('act.unmask')}
      okText={t('unmask.submit')}
      confirmLoading={unmask.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      destroyOnHidden
    >
      <p className="quiet dialog-lead">{t('unmask.lead')}</p>
      {unmask.isError ? <ProblemNote error={unmask.error} /> : null}
      <Form<Asked>
        form={form}
        layout="vertical"
        initialValues={{ fields: ['phone'] }}
        onFinish={(values) => unmask.mutate(values)}
      >
        <Form.Item
          name="fields"
          label={t('unmask.fields')}
          rules={[
            {
              // Not `required`: a group of boxes may not carry what that adds for screen readers.
              validator: (_rule, fields: readonly string[]) =>
                fields.length > 0
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('unmask.needFields'))),
            },
          ]}
        >
          <Checkbox.Group
            options={FIELDS.map((value) => ({ value, label: term('customerField', value) }))}
          />
        </Form.Item>
        <Form.Item
          name="purpose"
          label={t('unmask.purpose')}
          rules={[{ required: true, whitespace: true, message: t('unmask.needPurpose') }]}
        >
          <Input.TextArea rows={2} maxLength={1000} placeholder={t('unmask.purposeHint')} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

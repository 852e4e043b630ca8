import { Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import { ProblemNote } from '../../parts/problem.tsx';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import type { Customer } from '../../parts/customer-data.ts';
import { useCustomerAct } from './decision-dialogs.tsx';
import { texts } from './texts.ts';

const FIELDS = [
  'name',
  'phone',
  'email',
  'address',
  'postCode',
  'branchCode',
  'adviserId',
] as const;

type Values = Partial<Record<(typeof FIELDS)[number], string>> & { reason: string };

/** The fields that were filled in; what was left empty stays as it is. */
function changesOf(values: Values): Partial<Record<(typeof FIELDS)[number], string>> {
  return Object.fromEntries(
    FIELDS.flatMap((field) => {
      const value = values[field]?.trim() ?? '';
      return value === '' ? [] : [[field, value]];
    }),
  );
}

/** What stands in the record now, masked where it is personal. */
const presentOf = (
  customer: Customer,
): Readonly<Record<(typeof FIELDS)[number], string | null>> => ({
  name: customer.nameMasked,
  phone: customer.phoneMasked,
  email: customer.emailMasked,
  address: customer.addressMasked,
  postCode: customer.postCode,
  branchCode: customer.branchCode,
  adviserId: customer.adviserId,
});

/** Changing particulars: the masked value stands beside each field, so nobody must see it whole. */
export function EditDialog({
  customer,
  isOpen,
  onClose,
}: {
  customer: Customer;
  isOpen: boolean;
  onClose: () => void;
}) {
  const t = useText(texts);
  const term = useTerms();
  const { customerId, version } = customer;
  const [form] = Form.useForm<Values>();
  const [isNothing, setNothing] = useState(false);
  const edit = useCustomerAct<Values>(
    customerId,
    (values) =>
      ask(() =>
        api.PATCH('/customers/{customerId}', {
          params: { path: { customerId } },
          body: { expectedVersion: version, reason: values.reason, change: changesOf(values) },
        }),
      ),
    { done: t('done.edit'), onDone: onClose },
  );
  const present = presentOf(customer);
  const submit = (values: Values) => {
    const isEmpty = Object.keys(changesOf(values)).length === 0;
    setNothing(isEmpty);
    if (!isEmpty) edit.mutate(values);
  };
  return (
    <Modal
      open={isOpen}
      title={t('act.edit')}
      confirmLoading={edit.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      destroyOnHidden
    >
      <p className="quiet dialog-lead">{t('edit.lead')}</p>
      {edit.isError ? <ProblemNote error={edit.error} /> : null}
      {isNothing ? (
        <p className="dialog-fault" role="alert">
          {t('edit.nothing')}
        </p>
      ) : null}
      <Form<Values> form={form} layout="vertical" onFinish={submit} className="dialog-grid">
        {FIELDS.map((field) => (
          <Form.Item key={field} name={field} label={term('customerField', field)}>
            <Input placeholder={present[field] ?? ''} autoComplete="off" />
          </Form.Item>
        ))}
        <Form.Item
          name="reason"
          label={t('dialog.reason')}
          className="dialog-wide"
          rules={[{ required: true, whitespace: true, message: t('dialog.needReason') }]}
        >
          <Input.TextArea rows={2} maxLength={1000} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

import { Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import { AdviserName } from '../../parts/actor.tsx';
import { ClearIcon } from '../../parts/clear-icon.tsx';
import { advisersOf, type Person, useDirectory } from '../../parts/directory.ts';
import { Data } from '../../parts/figure.tsx';
import { ProblemNote } from '../../parts/problem.tsx';
import { codesOf, useTerms } from '../../texts/terms.ts';
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
  'civilCapacity',
] as const;

type Field = (typeof FIELDS)[number];
type Values = Partial<Record<Exclude<Field, 'civilCapacity'>, string>> & {
  civilCapacity?: 'full' | 'limited' | 'none';
  reason: string;
};
type Change = Omit<Values, 'reason'>;

/** The fields that were filled in; what was left empty stays as it is. */
function changesOf(values: Values): Change {
  return Object.fromEntries(
    FIELDS.flatMap((field) => {
      const value = values[field]?.trim() ?? '';
      return value === '' ? [] : [[field, value]];
    }),
  );
}

/** What stands in the record now, masked where it is personal. */
const presentOf = (customer: Customer): Readonly<Record<Field, string | null>> => ({
  name: customer.nameMasked,
  phone: customer.phoneMasked,
  email: customer.emailMasked,
  address: customer.addressMasked,
  postCode: customer.postCode,
  branchCode: customer.branchCode,
  adviserId: customer.adviserId,
  civilCapacity: customer.civilCapacity,
});

const everybody = (people: readonly Person[]) => people;

/** One new value; what a court or the years decide about a person is chosen, the rest is typed. */
function EditField({
  field,
  present,
  branchCode,
  ...input
}: {
  field: Field;
  present: string | null;
  branchCode: string;
}) {
  const term = useTerms();
  const people = useDirectory(everybody).data ?? [];
  if (field === 'adviserId') {
    return (
      <Select
        {...input}
        allowClear={{ clearIcon: <ClearIcon /> }}
        placeholder={present === null ? '' : <AdviserName adviserId={present} />}
        options={advisersOf(people, branchCode)
          .filter(({ userName }) => userName !== present)
          .map(({ userName }) => ({ value: userName, label: <Data>{userName}</Data> }))}
      />
    );
  }
  if (field !== 'civilCapacity') {
    return <Input {...input} placeholder={present ?? ''} autoComplete="off" />;
  }
  return (
    <Select
      {...input}
      allowClear={{ clearIcon: <ClearIcon /> }}
      placeholder={term('civilCapacity', present)}
      options={codesOf('civilCapacity')
        .filter((code) => code !== present)
        .map((value) => ({ value, label: term('civilCapacity', value) }))}
    />
  );
}

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
  const fields = FIELDS.filter((field) => field !== 'civilCapacity' || customer.kind === '1');
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
        {fields.map((field) => (
          <Form.Item key={field} name={field} label={term('customerField', field)}>
            <EditField field={field} present={present[field]} branchCode={customer.branchCode} />
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

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Form, Input, Modal, Radio } from 'antd';
import { api, ask } from '../../api/client.ts';
import { ProblemNote } from '../../parts/problem.tsx';
import { useText } from '../../texts/texts.ts';
import { type Customer, customerKey } from '../../parts/customer-data.ts';
import { texts } from './texts.ts';

export type StatusAction = 'freeze' | 'unfreeze' | 'close';

/** Runs an act on the customer, tells that it is done, and reads the customer anew. */
export function useCustomerAct<Values>(
  customerId: string,
  act: (values: Values) => Promise<unknown>,
  { done, onDone }: { done: string; onDone: () => void },
) {
  const queries = useQueryClient();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: act,
    onSuccess: async () => {
      void message.success(done);
      onDone();
      await queries.invalidateQueries({ queryKey: customerKey(customerId) });
    },
  });
}

function ReasonField() {
  const t = useText(texts);
  return (
    <Form.Item
      name="reason"
      label={t('dialog.reason')}
      rules={[{ required: true, whitespace: true, message: t('dialog.needReason') }]}
    >
      <Input.TextArea rows={3} maxLength={1000} />
    </Form.Item>
  );
}

interface Review {
  decision: 'verify' | 'reject';
  reason: string;
}

/** The conclusion of a review, with its reason. */
export function ReviewDialog({
  customer: { customerId },
  isOpen,
  onClose,
}: {
  customer: Customer;
  isOpen: boolean;
  onClose: () => void;
}) {
  const t = useText(texts);
  const [form] = Form.useForm<Review>();
  const review = useCustomerAct<Review>(
    customerId,
    (body) =>
      ask(() =>
        api.POST('/customers/{customerId}/kyc-review', { params: { path: { customerId } }, body }),
      ),
    { done: t('done.review'), onDone: onClose },
  );
  return (
    <Modal
      open={isOpen}
      title={t('act.review')}
      confirmLoading={review.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      destroyOnHidden
    >
      <p className="quiet dialog-lead">{t('review.lead')}</p>
      {review.isError ? <ProblemNote error={review.error} /> : null}
      <Form<Review>
        form={form}
        layout="vertical"
        initialValues={{ decision: 'verify' }}
        onFinish={(values) => review.mutate(values)}
      >
        <Form.Item name="decision" label={t('review.decision')}>
          <Radio.Group
            options={[
              { value: 'verify', label: t('review.verify') },
              { value: 'reject', label: t('review.reject') },
            ]}
          />
        </Form.Item>
        <ReasonField />
      </Form>
    </Modal>
  );
}

/** Freezing, releasing or closing, with its reason. */
export function StatusDialog({
  customer: { customerId },
  action,
  onClose,
}: {
  customer: Customer;
  action: StatusAction;
  onClose: () => void;
}) {
  const t = useText(texts);
  const [form] = Form.useForm<{ reason: string }>();
  const change = useCustomerAct<{ reason: string }>(
    customerId,
    ({ reason }) =>
      ask(() =>
        api.POST('/customers/{customerId}/status', {
          params: { path: { customerId } },
          body: { action, reason },
        }),
      ),
    { done: t('done.status'), onDone: onClose },
  );
  return (
    <Modal
      open
      title={t(`act.${action}`)}
      okText={t(`act.${action}`)}
      okButtonProps={{ danger: action === 'close' }}
      confirmLoading={change.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      {change.isError ? <ProblemNote error={change.error} /> : null}
      <Form form={form} layout="vertical" onFinish={(values) => change.mutate(values)}>
        <ReasonField />
      </Form>
    </Modal>
  );
}

import { useMutation } from '@tanstack/react-query';
import { App, Checkbox, Form, Input, Modal } from 'antd';
import { api } from '../../api/client.ts';
import { useHasRole } from '../../app/session.ts';
import { useText } from '../../texts/texts.ts';
import { download } from '../download.ts';
import { ProblemNote } from '../problem.tsx';
import { chosen, type DocumentChoice, DocumentFields, useFirstChoice } from './fields.tsx';
import { texts } from './texts.ts';

interface Values extends DocumentChoice {
  isClear?: boolean;
  purpose?: string;
}

function make(customerId: string, values: Values): Promise<void> {
  const { kind, ...rest } = chosen(values);
  const path = { customerId, kind };
  const address = '/customers/{customerId}/documents/{kind}';
  return download(() =>
    values.isClear === true
      ? api.POST(address, {
          params: { path },
          body: { ...rest, purpose: values.purpose ?? '' },
          parseAs: 'blob',
        })
      : api.GET(address, { params: { path, query: rest }, parseAs: 'blob' }),
  );
}

/** The full name is asked for apart, with its purpose. */
function ClearFields({ isClear }: { isClear: boolean }) {
  const t = useText(texts);
  return (
    <>
      <Form.Item name="isClear" valuePropName="checked" extra={t('clearHint')}>
        <Checkbox>{t('clear')}</Checkbox>
      </Form.Item>
      {isClear ? (
        <Form.Item
          name="purpose"
          label={t('purpose')}
          rules={[{ required: true, whitespace: true, message: t('needPurpose') }]}
        >
          <Input.TextArea rows={2} maxLength={1000} placeholder={t('purposeHint')} />
        </Form.Item>
      ) : null}
    </>
  );
}

/** Makes one document of one customer and saves it. */
export function DocumentDialog({
  customerId,
  isOpen,
  onClose,
}: {
  customerId: string;
  isOpen: boolean;
  onClose: () => void;
}) {
  const t = useText(texts);
  const { message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const isClear = (Form.useWatch('isClear', form) as boolean | undefined) === true;
  const mayUnmask = useHasRole('operations', 'adviser', 'compliance');
  const first = useFirstChoice();
  const making = useMutation({
    mutationFn: (values: Values) => make(customerId, values),
    onSuccess: () => {
      void message.success(t('made'));
      onClose();
    },
  });
  return (
    <Modal
      open={isOpen}
      title={t('title')}
      okText={t('make')}
      confirmLoading={making.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      destroyOnHidden
    >
      {making.isError ? <ProblemNote error={making.error} /> : null}
      <Form<Values>
        form={form}
        layout="vertical"
        preserve={false}
        initialValues={first}
        onFinish={(values) => making.mutate(values)}
      >
        <DocumentFields form={form} />
        {mayUnmask ? <ClearFields isClear={isClear} /> : null}
      </Form>
    </Modal>
  );
}

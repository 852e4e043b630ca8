import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import { useKnownSession } from '../../app/session.ts';
import { ActorName } from '../../parts/actor.tsx';
import { Figures } from '../../parts/figure-place.tsx';
import { Data } from '../../parts/figure.tsx';
import { Facts, Panel } from '../../parts/page.tsx';
import { ProblemNote } from '../../parts/problem.tsx';
import { State } from '../../parts/state.tsx';
import { instantText } from '../../parts/time.ts';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import type { Approval } from './approval.ts';
import { Change } from './change.tsx';
import { Subject } from './subject.tsx';
import { texts } from './texts.ts';

type Decision = 'approve' | 'reject';

function DecisionDialog({
  approval: { approvalId },
  decision,
  onClose,
}: {
  approval: Approval;
  decision: Decision;
  onClose: () => void;
}) {
  const t = useText(texts);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<{ reason: string }>();
  const decide = useMutation({
    mutationFn: (body: { reason: string }) => {
      const params = { path: { approvalId } };
      return decision === 'approve'
        ? ask(() => api.POST('/approvals/{approvalId}/approve', { params, body }))
        : ask(() => api.POST('/approvals/{approvalId}/reject', { params, body }));
    },
    // What was approved is carried out at once and may show anywhere.
    onSuccess: async () => {
      void message.success(t(`done.${decision}`));
      onClose();
      await queries.invalidateQueries();
    },
  });
  return (
    <Modal
      open
      title={t(`act.${decision}`)}
      okText={t(`act.${decision}`)}
      okButtonProps={{ danger: decision === 'reject' }}
      confirmLoading={decide.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <p className="quiet dialog-lead">{t(`lead.${decision}`)}</p>
      {decide.isError ? <ProblemNote error={decide.error} /> : null}
      <Form form={form} layout="vertical" onFinish={(values) => decide.mutate(values)}>
        <Form.Item
          name="reason"
          label={t('reason')}
          rules={[{ required: true, whitespace: true, message: t('needReason') }]}
        >
          <Input.TextArea rows={3} maxLength={500} autoFocus />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function Decide({ approval }: { approval: Approval }) {
  const t = useText(texts);
  const { user } = useKnownSession();
  const [decision, setDecision] = useState<Decision>();
  if (approval.state !== 'waiting') return <State kind="approvalState" code={approval.state} />;
  if (approval.maker === `staff:${user.id}`) return <span className="quiet">{t('own')}</span>;
  if (user.roles.every((role) => role === 'auditor')) return null;
  return (
    <>
      <Button danger onClick={() => setDecision('reject')}>
        {t('act.reject')}
      </Button>
      <Button type="primary" onClick={() => setDecision('approve')}>
        {t('act.approve')}
      </Button>
      {decision === undefined ? null : (
        <DecisionDialog
          approval={approval}
          decision={decision}
          onClose={() => setDecision(undefined)}
        />
      )}
    </>
  );
}

/** One change: who asks, what would be different, and the decision. */
export function ApprovalDetail({ approval }: { approval: Approval }) {
  const t = useText(texts);
  const term = useTerms();
  return (
    <div className="stack">
      <Panel title={term('approvalKind', approval.kind)} extra={<Decide approval={approval} />}>
        <Facts
          columns={3}
          items={[
            { name: t('subject'), value: <Subject subject={approval.subject} /> },
            { name: t('maker'), value: <ActorName actor={approval.maker} /> },
            {
              name: t('requestedAt'),
              value: <span className="num">{instantText(approval.requestedAt)}</span>,
            },
            {
              name: t('expiresAt'),
              value: <span className="num">{instantText(approval.expiresAt)}</span>,
            },
            ...(approval.checker === null
              ? []
              : [{ name: t('checker'), value: <ActorName actor={approval.checker} /> }]),
            ...(approval.reason === null
              ? []
              : [{ name: t('reason'), value: <Data>{approval.reason}</Data> }]),
          ]}
        />
      </Panel>
      <Panel title={t('change')}>
        <Figures asOf={approval.requestedAt}>
          <Change approval={approval} />
        </Figures>
      </Panel>
    </div>
  );
}

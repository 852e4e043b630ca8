import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Dropdown, Modal } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import { Data } from '../../parts/figure.tsx';
import { ProblemNote } from '../../parts/problem.tsx';
import { useText } from '../../texts/texts.ts';
import type { OneTimeCode } from '../../parts/one-time-code.tsx';
import { isHeld, isWatched, type Member } from './member.ts';
import { MemberDialog } from './member-dialog.tsx';
import { texts } from './texts.ts';

type Act = 'disable' | 'reset' | 'factor';

/** Carries an act out, or asks for it; those that make a one-time code give it. */
async function carryOut(act: Act, staffId: string): Promise<{ waits: boolean; code?: string }> {
  const params = { path: { staffId } };
  if (act === 'disable') {
    const answer = await ask(() => api.POST('/staff/{staffId}/disable', { params }));
    return { waits: isHeld(answer) };
  }
  if (act === 'reset') {
    const answer = await ask(() => api.POST('/staff/{staffId}/reset', { params }));
    return { waits: isHeld(answer), code: answer.activationCode };
  }
  const answer = await ask(() => api.POST('/staff/{staffId}/second-factor-reset', { params }));
  return { waits: isHeld(answer), code: answer.recoveryCode };
}

function SureDialog({
  member,
  act,
  onClose,
  onCode,
}: {
  member: Member;
  act: Act;
  onClose: () => void;
  onCode: (code: OneTimeCode) => void;
}) {
  const t = useText(texts);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const isAuditor = isWatched(member);
  const run = useMutation({
    mutationFn: () => carryOut(act, member.staffId),
    onSuccess: async ({ waits, code }) => {
      onClose();
      if (code === undefined) void message.success(t(waits ? 'done.asked' : 'done.disable'));
      else onCode({ userName: member.userName, code, ...(waits ? { lead: t('code.waits') } : {}) });
      await queries.invalidateQueries({ queryKey: ['staff'] });
    },
  });
  return (
    <Modal
      open
      title={t(`act.${act}`)}
      okText={t(isAuditor ? 'act.ask' : `act.${act}`)}
      okButtonProps={{ danger: act === 'disable' }}
      confirmLoading={run.isPending}
      onOk={() => run.mutate()}
      onCancel={onClose}
    >
      <p>
        <Data>{member.userName}</Data>
      </p>
      <p>{t(`sure.${act}`)}</p>
      {isAuditor ? <p>{t('waits')}</p> : null}
      {run.isError ? <ProblemNote error={run.error} /> : null}
    </Modal>
  );
}

/** What an administrator may do with a member of staff. */
export function StaffActions({
  member,
  onCode,
}: {
  member: Member;
  onCode: (code: OneTimeCode) => void;
}) {
  const t = useText(texts);
  const [act, setAct] = useState<Act | 'roles'>();
  if (member.state === 'disabled') return null;
  const acts = ['roles', 'reset', 'factor', 'disable'] as const;
  const close = () => setAct(undefined);
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: acts.map((key) => ({ key, label: t(`act.${key}`), danger: key === 'disable' })),
          onClick: ({ key }) => setAct(acts.find((each) => each === key)),
        }}
      >
        <Button size="small">
          {t('act.more')}
          <span className="out-of-sight" translate="no">
            {' '}
            {member.userName}
          </span>
        </Button>
      </Dropdown>
      {act === 'roles' ? <MemberDialog member={member} onClose={close} onCode={onCode} /> : null}
      {act === undefined || act === 'roles' ? null : (
        <SureDialog member={member} act={act} onClose={close} onCode={onCode} />
      )}
    </>
  );
}

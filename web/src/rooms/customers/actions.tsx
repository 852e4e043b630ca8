import { EllipsisOutlined } from '@ant-design/icons';
import { useNavigate } from '@tanstack/react-router';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useHasRole } from '../../app/session.ts';
import { useText } from '../../texts/texts.ts';
import type { Customer } from '../../parts/customer-data.ts';
import { late } from '../../parts/late.tsx';
import { ReviewDialog, type StatusAction, StatusDialog } from './decision-dialogs.tsx';
import { texts } from './texts.ts';

const EditDialog = late(async () => (await import('./edit-dialog.tsx')).EditDialog);

type Act = 'opening' | 'assess' | 'edit' | 'review' | StatusAction;

/** What may be done with a customer in this state, by these roles. */
function useActs(customer: Customer): Act[] {
  const mayEdit = useHasRole('operations', 'adviser');
  const mayReview = useHasRole('operations', 'reviewer', 'compliance');
  const maySetStatus = useHasRole('operations', 'compliance');
  if (customer.status === 'closed') return [];
  const acts: Act[] = [];
  if (mayEdit) acts.push('opening', 'assess', 'edit');
  if (mayReview && customer.kycStatus !== 'verified') acts.push('review');
  if (maySetStatus) acts.push(customer.status === 'frozen' ? 'unfreeze' : 'freeze', 'close');
  return acts;
}

/** The menu of acts at the head of a customer. */
export function CustomerActions({ customer }: { customer: Customer }) {
  const t = useText(texts);
  const acts = useActs(customer);
  const navigate = useNavigate();
  const { customerId } = customer;
  const [act, setAct] = useState<Act>();
  const close = () => setAct(undefined);
  if (acts.length === 0) return null;
  return (
    <div className="page-actions">
      <Dropdown
        trigger={['click']}
        menu={{
          items: acts.map((key) => ({
            key,
            label: t(`act.${key}`),
            danger: key === 'close',
          })),
          onClick: ({ key }) => {
            const chosen = acts.find((each) => each === key);
            const params = { customerId };
            if (chosen === 'opening') {
              void navigate({ to: '/opening/customers/$customerId', params });
            } else if (chosen === 'assess') {
              void navigate({ to: '/opening/customers/$customerId/assessment', params });
            } else setAct(chosen);
          },
        }}
      >
        <Button icon={<EllipsisOutlined />}>{t('act.more')}</Button>
      </Dropdown>
      <EditDialog customer={customer} isOpen={act === 'edit'} onClose={close} />
      <ReviewDialog customer={customer} isOpen={act === 'review'} onClose={close} />
      {act === 'freeze' || act === 'unfreeze' || act === 'close' ? (
        <StatusDialog customer={customer} action={act} onClose={close} />
      ) : null}
    </div>
  );
}

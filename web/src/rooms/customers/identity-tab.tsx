import { EyeOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import type { Posted } from '../../api/types.ts';
import { useHasRole } from '../../app/session.ts';
import { AdviserName } from '../../parts/actor.tsx';
import { Data } from '../../parts/figure.tsx';
import { Facts, Panel } from '../../parts/page.tsx';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import type { Customer } from '../../parts/customer-data.ts';
import { AccessPanel } from './access-panel.tsx';
import { texts } from './texts.ts';
import { UnmaskDialog } from './unmask-dialog.tsx';

type Clear = Posted<'/customers/{customerId}/unmask'>;

/** A value that is masked until it is shown for a purpose. */
function Masked({ masked, clear }: { masked: string | null; clear: string | null | undefined }) {
  if (clear !== undefined && clear !== null) {
    return (
      <span className="clear-value">
        <Data>{clear}</Data>
      </span>
    );
  }
  return <Data>{masked ?? '—'}</Data>;
}

function useIdentityFacts(customer: Customer, clear: Clear) {
  const t = useText(texts);
  const term = useTerms();
  const kind = customer.kind === '1' ? 'certificatePerson' : 'certificateOther';
  const person = [
    {
      name: t('identity.birthDate'),
      value: <Masked masked={customer.birthDateMasked} clear={clear.birthDate} />,
    },
    { name: t('identity.sex'), value: term('sex', customer.sex) },
    { name: t('identity.capacity'), value: term('civilCapacity', customer.civilCapacity) },
  ];
  return [
    { name: t('identity.name'), value: <Masked masked={customer.nameMasked} clear={clear.name} /> },
    { name: t('col.kind'), value: term('customerKind', customer.kind) },
    { name: t('identity.certificateType'), value: term(kind, customer.certificateType) },
    {
      name: t('col.certificate'),
      value: <Masked masked={customer.certificateMasked} clear={clear.certificateNo} />,
    },
    {
      name: t('identity.validUntil'),
      value: (
        <span className="num">{customer.certificateValidUntil ?? t('identity.longTerm')}</span>
      ),
    },
    ...(customer.kind === '1' ? person : []),
    {
      name: t('identity.representative'),
      value: <Masked masked={customer.representativeMasked} clear={clear.representative} />,
    },
  ];
}

/** Who the customer is, masked until it is asked for with a purpose. */
export function IdentityTab({ customer }: { customer: Customer }) {
  const t = useText(texts);
  const mayUnmask = useHasRole('operations', 'adviser', 'compliance');
  const maySeeAccess = useHasRole('operations', 'adviser', 'compliance', 'auditor');
  const [isAsking, setAsking] = useState(false);
  const [clear, setClear] = useState<Clear>({});
  const isClear = Object.keys(clear).length > 0;
  const facts = useIdentityFacts(customer, clear);
  return (
    <div className="stack">
      <Panel
        title={t('tab.identity')}
        extra={
          mayUnmask ? (
            <Button
              size="small"
              icon={<EyeOutlined />}
              onClick={() => (isClear ? setClear({}) : setAsking(true))}
            >
              {t(isClear ? 'unmask.hide' : 'act.unmask')}
            </Button>
          ) : undefined
        }
      >
        {isClear ? (
          <p className="unmask-note" role="status">
            {t('unmask.recorded')}
          </p>
        ) : null}
        <Facts columns={3} items={facts} />
      </Panel>
      <Panel title={t('identity.contacts')}>
        <Facts
          columns={3}
          items={[
            {
              name: t('col.phone'),
              value: <Masked masked={customer.phoneMasked} clear={clear.phone} />,
            },
            {
              name: t('identity.email'),
              value: <Masked masked={customer.emailMasked} clear={clear.email} />,
            },
            {
              name: t('identity.address'),
              value: <Masked masked={customer.addressMasked} clear={clear.address} />,
            },
            { name: t('identity.postCode'), value: <Data>{customer.postCode ?? '—'}</Data> },
            { name: t('col.branch'), value: <Data>{customer.branchCode}</Data> },
            {
              name: t('head.adviser'),
              value:
                customer.adviserId === null ? '—' : <AdviserName adviserId={customer.adviserId} />,
            },
          ]}
        />
      </Panel>
      {maySeeAccess ? <AccessPanel customer={customer} /> : null}
      <UnmaskDialog
        customerId={customer.customerId}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onClear={(fields) => {
          setClear(fields);
          setAsking(false);
        }}
      />
    </div>
  );
}

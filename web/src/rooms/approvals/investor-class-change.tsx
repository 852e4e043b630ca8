import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, ask } from '../../api/client.ts';
import { fromMinorUnits } from '../../parts/decimal.ts';
import { Diff } from '../../parts/diff.tsx';
import type { FigureId } from '../../parts/figure-definitions.ts';
import { Data, Money } from '../../parts/figure.tsx';
import { Facts } from '../../parts/page.tsx';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { type Approval, textIn } from './approval.ts';
import { texts } from './texts.ts';

interface Proof {
  readonly financialAssets?: string | null;
  readonly netAssets?: string | null;
  readonly averageIncome?: string | null;
  readonly experienceYears?: number;
  readonly isSigned?: boolean;
}

/** The proof keeps amounts in minor units. */
function Amount({ of, minor }: { of: FigureId; minor: string | null | undefined }) {
  return (
    <Money
      of={of}
      value={minor === null || minor === undefined ? undefined : fromMinorUnits(minor)}
    />
  );
}

/** Another investor class, with the proof that was given for it. */
export function InvestorClassChange({ approval: { payload } }: { approval: Approval }) {
  const t = useText(texts);
  const term = useTerms();
  const customerId = textIn(payload, 'customerId') ?? '';
  const { data: customer } = useQuery({
    queryKey: ['customers', 'one', customerId, 'self'],
    queryFn: () =>
      ask(() => api.GET('/customers/{customerId}', { params: { path: { customerId } } })),
  });
  const proof = (payload['proof'] ?? {}) as Proof;
  return (
    <div className="stack">
      <Diff
        label={t('change')}
        items={[
          {
            key: 'class',
            name: t('class'),
            before: customer === undefined ? null : term('investorClass', customer.investorClass),
            after: term('investorClass', textIn(payload, 'to')),
          },
        ]}
      />
      <Facts
        columns={3}
        items={[
          {
            name: t('customer'),
            value: (
              <Link to="/customers/$customerId" params={{ customerId }}>
                <Data>{customer?.nameMasked ?? customerId}</Data>
              </Link>
            ),
          },
          {
            name: t('proof.financialAssets'),
            value: <Amount of="investorAssets" minor={proof.financialAssets} />,
          },
          {
            name: t('proof.netAssets'),
            value: <Amount of="investorAssets" minor={proof.netAssets} />,
          },
          {
            name: t('proof.averageIncome'),
            value: <Amount of="investorIncome" minor={proof.averageIncome} />,
          },
          {
            name: t('proof.experience'),
            value: t('proof.years', { count: proof.experienceYears ?? 0 }),
          },
          { name: t('proof.signed'), value: t(proof.isSigned === true ? 'yes' : 'no') },
          { name: t('makerReason'), value: <Data>{textIn(payload, 'reason') ?? '—'}</Data> },
        ]}
      />
    </div>
  );
}

import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons';
import type { Posted } from '../../api/types.ts';
import { Count, Data } from '../../parts/figure.tsx';
import { Facts, Panel } from '../../parts/page.tsx';
import { ProblemNote } from '../../parts/problem.tsx';
import { instantText } from '../../parts/time.ts';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

type Verification = Posted<'/audit/verification'>;

function Verdict({ isIntact }: { isIntact: boolean }) {
  const t = useText(texts);
  return (
    <p className={`audit-verdict ${isIntact ? 'audit-intact' : 'audit-broken'}`}>
      {isIntact ? <CheckCircleFilled /> : <CloseCircleFilled />}
      {t(isIntact ? 'verify.intact' : 'verify.broken')}
    </p>
  );
}

/** What the verification of every chain found; nothing before it was asked for. */
export function VerificationPanel({
  verification,
}: {
  verification: { readonly data: Verification | undefined; readonly error: unknown };
}) {
  const t = useText(texts);
  const { data, error } = verification;
  if (error !== null && error !== undefined) return <ProblemNote error={error} />;
  if (data === undefined) return null;
  return (
    <Panel title={t('verify.title')}>
      <div className="stack" aria-live="polite">
        <Verdict isIntact={data.isIntact} />
        <Facts
          columns={3}
          items={[
            {
              name: t('verify.entries'),
              value: <Count of="auditEntries" value={data.entries} asOf={data.verifiedAt} />,
            },
            {
              name: t('verify.anchors'),
              value: <Count of="auditAnchors" value={data.anchors} asOf={data.verifiedAt} />,
            },
            {
              name: t('verify.at'),
              value: <span className="num">{instantText(data.verifiedAt, true)}</span>,
            },
          ]}
        />
        <ul>
          {data.faults.map(({ bucket, seq, fault }) => (
            <li key={`${bucket} ${seq} ${fault}`}>
              {t('verify.fault', { bucket, seq })} <Data>{fault}</Data>
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}

import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons';
import type { UseMutationResult } from '@tanstack/react-query';
import type { Posted } from '../../api/types.ts';
import { Count, Data } from '../../parts/figure.tsx';
import { Facts, Panel } from '../../parts/page.tsx';
import { ProblemNote } from '../../parts/problem.tsx';
import { Loading } from '../../parts/states.tsx';
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

function Found({ found }: { found: Verification }) {
  const t = useText(texts);
  return (
    <>
      <Verdict isIntact={found.isIntact} />
      <Facts
        columns={3}
        items={[
          {
            name: t('verify.entries'),
            value: <Count of="auditEntries" value={found.entries} asOf={found.verifiedAt} />,
          },
          {
            name: t('verify.anchors'),
            value: <Count of="auditAnchors" value={found.anchors} asOf={found.verifiedAt} />,
          },
          {
            name: t('verify.at'),
            value: <span className="num">{instantText(found.verifiedAt, true)}</span>,
          },
        ]}
      />
      <ul>
        {found.faults.map(({ bucket, seq, fault }) => (
          <li key={`${bucket} ${seq} ${fault}`}>
            {t('verify.fault', { bucket, seq })} <Data>{fault}</Data>
          </li>
        ))}
      </ul>
    </>
  );
}

/**
 * What the verification of every chain found; nothing before it was asked for. Its place is there
 * as soon as it is, so that the list below does not move under the reader when the answer comes.
 */
export function VerificationPanel({
  verification: { data, error, isPending },
}: {
  verification: Pick<
    UseMutationResult<Verification, unknown, void>,
    'data' | 'error' | 'isPending'
  >;
}) {
  const t = useText(texts);
  if (error !== null) return <ProblemNote error={error} />;
  if (data === undefined && !isPending) return null;
  return (
    <Panel title={t('verify.title')} className="audit-verification">
      <div className="stack" aria-live="polite">
        {data === undefined ? <Loading rows={2} /> : <Found found={data} />}
      </div>
    </Panel>
  );
}

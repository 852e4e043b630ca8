import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import { asProblem } from '../../api/problem.ts';
import { Data } from '../../parts/figure.tsx';
import { Facts, Panel } from '../../parts/page.tsx';
import { ProblemNote } from '../../parts/problem.tsx';
import { Level, State } from '../../parts/state.tsx';
import { Loading } from '../../parts/states.tsx';
import { instantText } from '../../parts/time.ts';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

function useProof(orderId: string, isAsked: boolean) {
  return useQuery({
    queryKey: ['orders', 'proof', orderId],
    enabled: isAsked,
    queryFn: () =>
      ask(() => api.GET('/orders/{orderId}/suitability-proof', { params: { path: { orderId } } })),
  });
}

type Proof = NonNullable<ReturnType<typeof useProof>['data']>;

function Verdict({ proof }: { proof: Proof }) {
  const t = useText(texts);
  return proof.agrees ? (
    <p className="proof-verdict proof-agrees">
      <CheckCircleFilled aria-hidden="true" /> {t('proof.agrees')}
    </p>
  ) : (
    <div className="proof-verdict proof-differs" role="alert">
      <p>
        <CloseCircleFilled aria-hidden="true" /> {t('proof.differs')}
      </p>
      <ul>
        {proof.disagreements.map((each) => (
          <li key={each}>
            <Data>{each}</Data>
          </li>
        ))}
      </ul>
    </div>
  );
}

function ProofFacts({ proof }: { proof: Proof }) {
  const t = useText(texts);
  const version = (value: number | undefined) =>
    value === undefined ? '—' : t('proof.version', { version: value });
  return (
    <Facts
      columns={3}
      items={[
        {
          name: t('proof.decidedAt'),
          value: <span className="num">{instantText(proof.decidedAt, true)}</span>,
        },
        { name: t('proof.outcome'), value: <State kind="outcome" code={proof.recorded.outcome} /> },
        { name: t('proof.risk'), value: <Level kind="riskLevel" level={proof.riskLevel} /> },
        { name: t('proof.profile'), value: version(proof.profileVersion) },
        { name: t('proof.parameters'), value: version(proof.parameterVersion) },
        { name: t('proof.rules'), value: version(proof.ruleVersion) },
        { name: t('proof.warning'), value: <Data isCode>{proof.warningId ?? '—'}</Data> },
        { name: t('proof.digest'), value: <Data isCode>{proof.recorded.inputDigest}</Data> },
        { name: t('proof.again'), value: <Data isCode>{proof.recomputed.inputDigest}</Data> },
      ]}
    />
  );
}

/** The suitability decision as it was recorded and as it comes out when computed again today. */
export function ProofPanel({ orderId }: { orderId: string }) {
  const t = useText(texts);
  const [isAsked, setAsked] = useState(false);
  const query = useProof(orderId, isAsked);
  const isWithout = query.isError && asProblem(query.error).code === 'ORDER_WITHOUT_SUITABILITY';
  return (
    <Panel
      title={t('proof.title')}
      extra={
        <Button
          size="small"
          loading={query.isFetching}
          onClick={() => (isAsked ? void query.refetch() : setAsked(true))}
        >
          {t(isAsked ? 'proof.repeat' : 'proof.compute')}
        </Button>
      }
    >
      {isAsked ? null : <p className="quiet">{t('proof.lead')}</p>}
      {query.isLoading ? <Loading rows={2} /> : null}
      {isWithout ? <p className="quiet">{t('proof.none')}</p> : null}
      {query.isError && !isWithout ? <ProblemNote error={query.error} /> : null}
      {query.data === undefined ? null : (
        <div className="stack">
          <Verdict proof={query.data} />
          <ProofFacts proof={query.data} />
        </div>
      )}
    </Panel>
  );
}

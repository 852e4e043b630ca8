import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import type { WireFinding } from '../../api/problem.ts';
import { AllClear, Findings } from '../../parts/findings.tsx';
import { ProblemNote } from '../../parts/problem.tsx';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

export interface Held {
  readonly approvalId: string;
  readonly findings?: readonly WireFinding[];
}

/** Sends a change to review; what waits and what the versions are is read anew. */
export function usePropose<Change>(send: (change: Change) => Promise<Held>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['approvals'] }),
        queries.invalidateQueries({ queryKey: ['todo'] }),
      ]),
  });
}

/** What was done, and the way to where it waits for a second person. */
export function Sent({
  approvalId,
  children,
}: {
  approvalId: string | undefined;
  children: string;
}) {
  const t = useText(texts);
  return (
    <div className="propose-sent" role="status">
      <AllClear>{children}</AllClear>
      {approvalId === undefined ? null : (
        <Link to="/approvals" search={{ open: approvalId }}>
          {t('propose.seeApproval')}
        </Link>
      )}
    </div>
  );
}

/** That a change waits for a second person, and what that person will read. */
export function Proposed({ held }: { held: Held }) {
  const t = useText(texts);
  const findings = held.findings ?? [];
  return (
    <div className="stack">
      <Sent approvalId={held.approvalId}>{t('propose.done')}</Sent>
      {findings.length === 0 ? null : (
        <>
          <p className="quiet">{t('propose.warnings')}</p>
          <Findings findings={findings} />
        </>
      )}
    </div>
  );
}

/** The foot of a proposal: what was refused, and sending it. */
export function ProposeFoot({
  propose,
  isReady,
  onSend,
}: {
  propose: { isPending: boolean; isError: boolean; error: unknown };
  isReady: boolean;
  onSend: () => void;
}) {
  const t = useText(texts);
  return (
    <>
      {propose.isError ? <ProblemNote error={propose.error} /> : null}
      <div className="propose-foot">
        <span className="quiet">{t('propose.lead')}</span>
        <Button type="primary" disabled={!isReady} loading={propose.isPending} onClick={onSend}>
          {t('propose.submit')}
        </Button>
      </div>
    </>
  );
}

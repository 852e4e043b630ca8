import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { api, ask } from '../../api/client.ts';
import type { Approval } from './approval.ts';
import { ActorName } from '../../parts/actor.tsx';
import { Page, Panel } from '../../parts/page.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { Empty, Loading } from '../../parts/states.tsx';
import { Pager, useCursorPages } from '../../parts/table/cursor-pages.tsx';
import { instantText } from '../../parts/time.ts';
import { useTerms } from '../../texts/terms.ts';
import { Choice } from '../../parts/choice.tsx';
import { useText } from '../../texts/texts.ts';
import { ApprovalDetail } from './approval-detail.tsx';
import './approvals.css';
import type { ApprovalState } from './room.ts';
import { Subject } from './subject.tsx';
import { texts } from './texts.ts';

const route = getRouteApi('/staff/approvals');

const STATES = ['waiting', 'approved', 'rejected', 'expired'] as const;

function ApprovalList({
  approvals,
  openId,
  onOpen,
}: {
  approvals: readonly Approval[];
  openId: string | undefined;
  onOpen: (approvalId: string) => void;
}) {
  const t = useText(texts);
  const term = useTerms();
  return (
    <ul className="approval-list" aria-label={t('title')}>
      {approvals.map((approval) => (
        <li key={approval.approvalId}>
          <button
            type="button"
            className={`approval-item plain-button ${approval.approvalId === openId ? 'approval-open' : ''}`}
            aria-current={approval.approvalId === openId}
            onClick={() => onOpen(approval.approvalId)}
          >
            <span className="approval-kind">{term('approvalKind', approval.kind)}</span>
            <Subject subject={approval.subject} isLink={false} />
            <span className="quiet approval-meta">
              <ActorName actor={approval.maker} />
              <span className="num">{instantText(approval.requestedAt)}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** The one that is open: the one that the address names, or else the first of the page. */
function useOpened(page: readonly Approval[] | undefined, open: string | undefined) {
  const listed = page?.find(({ approvalId }) => approvalId === open);
  // A link may name one that stands on another page.
  const linked = useQuery({
    queryKey: ['approvals', 'one', open],
    enabled: open !== undefined && page !== undefined && listed === undefined,
    queryFn: () =>
      ask(() =>
        api.GET('/approvals/{approvalId}', { params: { path: { approvalId: open ?? '' } } }),
      ),
  });
  return listed ?? linked.data?.approval ?? page?.[0];
}

/** What waits for a second person, with exactly what would be carried out. */
export function ApprovalsPage() {
  const t = useText(texts);
  const term = useTerms();
  const { state = 'waiting', open } = route.useSearch();
  const navigate = route.useNavigate();
  const pages = useCursorPages(
    ['approvals', state],
    ({ limit, cursor }) =>
      ask(() =>
        api.GET('/approvals', {
          params: { query: { state, limit, ...(cursor === undefined ? {} : { cursor }) } },
        }),
      ),
    (data) => data.nextCursor,
  );
  const { query } = pages;
  const approvals = query.data?.approvals ?? [];
  const opened = useOpened(query.data?.approvals, open);
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={
        <Choice<ApprovalState>
          label={t('state')}
          value={state}
          onChange={(next) => void navigate({ search: { state: next } })}
          options={STATES.map((value) => ({ value, label: term('approvalState', value) }))}
        />
      }
    >
      {query.isLoadingError ? (
        <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {query.isPending ? <Loading rows={6} /> : null}
      {query.data !== undefined && opened === undefined ? (
        <Panel>
          <Empty
            title={t(state === 'waiting' ? 'none' : 'noneOther')}
            {...(state === 'waiting' ? { hint: t('noneHint') } : {})}
          />
        </Panel>
      ) : null}
      {opened === undefined ? null : (
        <div className="approvals">
          <Panel isFlush>
            <ApprovalList
              approvals={approvals}
              openId={opened.approvalId}
              onOpen={(approvalId) => void navigate({ search: { state, open: approvalId } })}
            />
            {pages.goNext === undefined && pages.goBack === undefined ? null : (
              <div className="table-foot">
                <Pager pages={pages} shown={approvals.length} />
              </div>
            )}
          </Panel>
          <ApprovalDetail key={opened.approvalId} approval={opened} />
        </div>
      )}
    </Page>
  );
}

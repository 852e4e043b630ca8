import { Link } from '@tanstack/react-router';
import { asProblem } from '../../api/problem.ts';
import { useMyCustomerId } from '../../app/session.ts';
import { type Profile, useProfile } from '../../parts/customer-data.ts';
import { Facts, Page, Panel } from '../../parts/page.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { Reach } from '../../parts/reach/reach.tsx';
import { texts as reachTexts } from '../../parts/reach/texts.ts';
import { Level } from '../../parts/state.tsx';
import { Empty, Loading } from '../../parts/states.tsx';
import { instantText } from '../../parts/time.ts';
import { Timeline } from '../../parts/timeline.tsx';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import './my-self.css';
import { texts } from './texts.ts';

type Version = Profile['profile'];

function Now({ data }: { data: Profile }) {
  const t = useText(texts);
  const term = useTerms();
  const { profile } = data;
  return (
    <div className="stack">
      {profile.level === null ? (
        <p className="my-level-name">{t('unassessed')}</p>
      ) : (
        <p className="my-level-name">
          <Level kind="investorLevel" level={profile.level} />
        </p>
      )}
      <Facts
        columns={2}
        items={[
          {
            name: t('levelUntil'),
            value: <span className="num">{profile.validUntil ?? '—'}</span>,
          },
          { name: t('class'), value: term('investorClass', profile.investorClass) },
        ]}
      />
    </div>
  );
}

function History({ versions }: { versions: readonly Version[] }) {
  const t = useText(texts);
  const term = useTerms();
  return (
    <Timeline
      label={t('history')}
      items={versions.map((each, place) => ({
        key: `${each.version}`,
        at: instantText(each.fromAt),
        tone: place === 0 ? 'accent' : 'neutral',
        title: each.level === null ? t('unassessed') : term('investorLevel', each.level),
        detail: `${term('investorClass', each.investorClass)} · ${term('term', each.term)}`,
      }))}
    />
  );
}

/** How much risk the investor can bear, what follows from it, and how it came about. */
export function RiskPage() {
  const t = useText(texts);
  const r = useText(reachTexts);
  const query = useProfile(useMyCustomerId());
  const isUnassessed = query.isError && asProblem(query.error).code === 'PROFILE_NOT_FOUND';
  const { data } = query;
  return (
    <Page
      title={t('risk')}
      before={<Link to="/my/self">{t('title')}</Link>}
      actions={
        <Link to="/my/self/risk/questionnaire" className="link-button link-button-primary">
          {t(data === undefined ? 'assess' : 'assessAgain')}
        </Link>
      }
    >
      {query.isPending ? <Loading rows={5} /> : null}
      {query.isError && !isUnassessed ? (
        <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {isUnassessed ? (
        <Panel>
          <Empty title={t('unassessed')} hint={t('unassessedHint')} />
        </Panel>
      ) : null}
      {data === undefined ? null : (
        <div className="columns-2">
          <div className="stack">
            <Panel title={t('riskNow')}>
              <Now data={data} />
            </Panel>
            <Panel title={r('title')}>
              <Reach data={data} />
            </Panel>
          </div>
          <Panel title={t('history')}>
            <History versions={[data.profile, ...data.earlier]} />
          </Panel>
        </div>
      )}
    </Page>
  );
}

import { Link } from '@tanstack/react-router';
import { useMyCustomerId } from '../../app/session.ts';
import { type ProfileVersion, useProfile } from '../../parts/customer-data.ts';
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

function Now({ profile }: { profile: ProfileVersion }) {
  const t = useText(texts);
  const term = useTerms();
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

function History({ versions }: { versions: readonly ProfileVersion[] }) {
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
  const { data } = query;
  const profile = data?.profile ?? undefined;
  return (
    <Page
      title={t('risk')}
      before={<Link to="/my/self">{t('title')}</Link>}
      actions={
        <Link to="/my/self/risk/questionnaire" className="link-button link-button-primary">
          {t(profile === undefined ? 'assess' : 'assessAgain')}
        </Link>
      }
    >
      {query.isPending ? <Loading rows={5} /> : null}
      {query.isLoadingError ? (
        <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
      ) : null}
      {data !== undefined && profile === undefined ? (
        <Panel>
          <Empty title={t('unassessed')} hint={t('unassessedHint')} />
        </Panel>
      ) : null}
      {data === undefined || profile === undefined ? null : (
        <div className="columns-2">
          <div className="stack">
            <Panel title={t('riskNow')}>
              <Now profile={profile} />
            </Panel>
            <Panel title={r('title')}>
              <Reach data={data} />
            </Panel>
          </div>
          <Panel title={t('history')}>
            <History versions={[profile, ...data.earlier]} />
          </Panel>
        </div>
      )}
    </Page>
  );
}

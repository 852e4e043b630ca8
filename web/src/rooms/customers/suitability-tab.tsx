import { Button, Input } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import { AllClear, Findings } from '../../parts/findings.tsx';
import { Data } from '../../parts/figure.tsx';
import { FundName } from '../../parts/fund.tsx';
import { Facts, Panel } from '../../parts/page.tsx';
import { LoadFailed, ProblemNote } from '../../parts/problem.tsx';
import { Level, State } from '../../parts/state.tsx';
import { Empty, Loading } from '../../parts/states.tsx';
import { Timeline } from '../../parts/timeline.tsx';
import { instantText } from '../../parts/time.ts';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import {
  type Customer,
  customerKey,
  type ProfileVersion,
  useProfile,
} from '../../parts/customer-data.ts';
import { AgreementsPanel } from './agreements-panel.tsx';
import { texts } from './texts.ts';

function Present({ profile }: { profile: ProfileVersion }) {
  const t = useText(texts);
  const term = useTerms();
  return (
    <Facts
      columns={3}
      items={[
        {
          name: t('profile.level'),
          value:
            profile.level === null ? (
              t('profile.unassessed')
            ) : (
              <Level kind="investorLevel" level={profile.level} />
            ),
        },
        {
          name: t('profile.validUntil'),
          value: <span className="num">{profile.validUntil ?? '—'}</span>,
        },
        { name: t('col.class'), value: term('investorClass', profile.investorClass) },
        { name: t('profile.term'), value: term('term', profile.term) },
        {
          name: t('profile.varieties'),
          value: profile.varieties.map((each) => term('variety', each)).join(' · ') || '—',
        },
        {
          name: t('profile.lowest'),
          value: t(profile.lowest ? 'profile.isLowest' : 'profile.isNotLowest'),
        },
      ]}
    />
  );
}

function History({ versions }: { versions: readonly ProfileVersion[] }) {
  const t = useText(texts);
  const term = useTerms();
  return (
    <Timeline
      label={t('profile.history')}
      items={versions.map((each, place) => ({
        key: `${each.version}`,
        at: instantText(each.fromAt),
        tone: place === 0 ? 'accent' : 'neutral',
        title: (
          <>
            {t('profile.version', { version: each.version })} ·{' '}
            {each.level === null ? t('profile.unassessed') : term('investorLevel', each.level)}
          </>
        ),
        detail: (
          <>
            {term('investorClass', each.investorClass)} · {term('term', each.term)}
            {each.assessmentId === null ? null : (
              <>
                {' · '}
                {t('profile.assessment')} <Data isCode>{each.assessmentId}</Data>
              </>
            )}
          </>
        ),
      }))}
    />
  );
}

/** May this customer buy that product, and what would make it possible. */
function WhyNot({ customerId }: { customerId: string }) {
  const t = useText(texts);
  const [fundCode, setFundCode] = useState('');
  const query = useQuery({
    queryKey: [...customerKey(customerId), 'suitability', fundCode],
    enabled: fundCode !== '',
    queryFn: () =>
      ask(() =>
        api.GET('/customers/{customerId}/products/{fundCode}/suitability', {
          params: { path: { customerId, fundCode } },
        }),
      ),
  });
  return (
    <Panel title={t('whyNot.title')}>
      <p className="quiet why-not-lead">{t('whyNot.lead')}</p>
      <Input.Search
        aria-label={t('whyNot.code')}
        placeholder={t('whyNot.code')}
        enterButton={<Button type="primary">{t('whyNot.ask')}</Button>}
        maxLength={6}
        loading={query.isFetching}
        onSearch={(text) => setFundCode(text.trim().toUpperCase())}
      />
      {query.isError ? <ProblemNote error={query.error} /> : null}
      {query.data === undefined ? null : (
        <div className="why-not-answer" aria-live="polite">
          <p>
            <FundName code={query.data.fundCode} />{' '}
            <State kind="outcome" code={query.data.outcome} />
          </p>
          {query.data.findings.length === 0 ? (
            <AllClear>{t('whyNot.clear')}</AllClear>
          ) : (
            <Findings findings={query.data.findings} />
          )}
        </div>
      )}
    </Panel>
  );
}

/** The profile in force, how it came about, and what it allows. */
export function SuitabilityTab({ customer }: { customer: Customer }) {
  const t = useText(texts);
  const query = useProfile(customer.customerId);
  const { profile, earlier } = query.data ?? {};
  return (
    <div className="columns-2">
      <div className="stack">
        <Panel title={t('profile.now')}>
          {query.isPending ? <Loading rows={2} /> : null}
          {query.isLoadingError ? (
            <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
          ) : null}
          {profile === null ? <Empty title={t('profile.none')} /> : null}
          {profile ? <Present profile={profile} /> : null}
        </Panel>
        <Panel title={t('profile.history')}>
          {profile && earlier ? <History versions={[profile, ...earlier]} /> : <Empty />}
        </Panel>
      </div>
      <div className="stack">
        <WhyNot customerId={customer.customerId} />
        <AgreementsPanel customerId={customer.customerId} />
      </div>
    </div>
  );
}

import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Form, Radio } from 'antd';
import { useState } from 'react';
import { customerKey, useCustomer } from '../../parts/customer-data.ts';
import { Data } from '../../parts/figure.tsx';
import { Page, Panel } from '../../parts/page.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { type Channel, useQuestionnaire } from '../../parts/questionnaire/data.ts';
import { Questionnaire } from '../../parts/questionnaire/questionnaire.tsx';
import { Loading } from '../../parts/states.tsx';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import './opening.css';
import { texts } from './texts.ts';

const route = getRouteApi('/staff/opening/customers/$customerId/assessment');

const CHANNELS = ['counter', 'telephone'] as const satisfies readonly Channel[];

function ChannelChoice({
  channel,
  onChange,
}: {
  channel: Channel;
  onChange: (channel: Channel) => void;
}) {
  const t = useText(texts);
  const term = useTerms();
  return (
    <Form layout="inline" component="div">
      <Form.Item label={t('assess.channel')}>
        <Radio.Group
          aria-label={t('assess.channel')}
          value={channel}
          onChange={(event) => onChange(event.target.value as Channel)}
          options={CHANNELS.map((value) => ({ value, label: term('channel', value) }))}
        />
      </Form.Item>
    </Form>
  );
}

/** The questionnaire, asked by staff: question by question, to the level and what it means. */
export function AssessmentPage() {
  const t = useText(texts);
  const { customerId } = route.useParams();
  const queries = useQueryClient();
  const [channel, setChannel] = useState<Channel>('counter');
  const customer = useCustomer(customerId);
  const kind = customer.data?.kind;
  const query = useQuestionnaire(
    kind === undefined ? undefined : kind === '1' ? 'person' : 'organisation',
  );
  const failed = [customer, query].find(({ isLoadingError }) => isLoadingError);
  const links = { params: { customerId }, className: 'link-button' };
  return (
    <Page
      title={t('assess.title')}
      before={
        <Link to="/opening/customers/$customerId" params={{ customerId }}>
          {t('assess.back')}
        </Link>
      }
      lead={
        <>
          <Data>{customer.data?.nameMasked}</Data> · {t('assess.lead')}
        </>
      }
    >
      <ChannelChoice channel={channel} onChange={setChannel} />
      <Panel className="opening-questions">
        {failed === undefined ? null : (
          <LoadFailed error={failed.error} onRetry={() => void failed.refetch()} />
        )}
        {failed === undefined && query.data === undefined ? <Loading rows={6} /> : null}
        {query.data === undefined ? null : (
          <Questionnaire
            customerId={customerId}
            questionnaire={query.data}
            channel={channel}
            onDone={() => void queries.invalidateQueries({ queryKey: customerKey(customerId) })}
          >
            <Link to="/opening/customers/$customerId" {...links}>
              {t('assess.back')}
            </Link>
            <Link to="/customers/$customerId" search={{ tab: 'suitability' }} {...links}>
              {t('assess.customer')}
            </Link>
          </Questionnaire>
        )}
      </Panel>
    </Page>
  );
}

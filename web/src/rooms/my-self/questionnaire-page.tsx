import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMyCustomerId } from '../../app/session.ts';
import { customerKey, useCustomer } from '../../parts/customer-data.ts';
import { Page, Panel } from '../../parts/page.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { useQuestionnaire } from '../../parts/questionnaire/data.ts';
import { Questionnaire } from '../../parts/questionnaire/questionnaire.tsx';
import { Loading } from '../../parts/states.tsx';
import { useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

/** The questionnaire, one question at a time, and the level that it gives. */
export function QuestionnairePage() {
  const t = useText(texts);
  const customerId = useMyCustomerId();
  const queries = useQueryClient();
  const customer = useCustomer(customerId);
  const kind = customer.data?.kind;
  const query = useQuestionnaire(
    kind === undefined ? undefined : kind === '1' ? 'person' : 'organisation',
  );
  const failed = [customer, query].find(({ isLoadingError }) => isLoadingError);
  return (
    <Page title={t('questionnaire')} before={<Link to="/my/self/risk">{t('risk')}</Link>}>
      <Panel className="my-narrow">
        {failed === undefined ? null : (
          <LoadFailed error={failed.error} onRetry={() => void failed.refetch()} />
        )}
        {failed === undefined && query.data === undefined ? <Loading rows={6} /> : null}
        {query.data === undefined ? null : (
          <Questionnaire
            customerId={customerId}
            questionnaire={query.data}
            channel="internet"
            onDone={() => void queries.invalidateQueries({ queryKey: customerKey(customerId) })}
          >
            <Link to="/my/self/risk" className="link-button">
              {t('seeRisk')}
            </Link>
            <Link to="/my/products" className="link-button link-button-primary">
              {t('seeProducts')}
            </Link>
          </Questionnaire>
        )}
      </Panel>
    </Page>
  );
}

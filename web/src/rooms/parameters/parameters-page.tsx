import { getRouteApi } from '@tanstack/react-router';
import { Tabs } from 'antd';
import { Page } from '../../parts/page.tsx';
import { useText } from '../../texts/texts.ts';
import { ImportTab } from './import-tab.tsx';
import './parameters.css';
import { ProductsTab } from './products-tab.tsx';
import { RetentionTab } from './retention-tab.tsx';
import { SuitabilityTab } from './suitability-tab.tsx';
import { texts } from './texts.ts';

const route = getRouteApi('/staff/parameters');

const TABS = [
  ['products', ProductsTab],
  ['suitability', SuitabilityTab],
  ['retention', RetentionTab],
  ['import', ImportTab],
] as const;

/** Everything that decides by its day: terms, fees, questionnaires, rules, and files of them. */
export function ParametersPage() {
  const t = useText(texts);
  const { tab = 'products' } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page title={t('title')} lead={t('lead')}>
      <Tabs
        activeKey={tab}
        destroyOnHidden
        onChange={(key) => {
          const [next] = TABS.find(([name]) => name === key) ?? TABS[0];
          void navigate({ search: { tab: next }, replace: true });
        }}
        items={TABS.map(([key, Tab]) => ({ key, label: t(`tab.${key}`), children: <Tab /> }))}
      />
    </Page>
  );
}

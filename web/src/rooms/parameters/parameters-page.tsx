import { getRouteApi } from '@tanstack/react-router';
import { Tabs } from 'antd';
import { Page } from '../../parts/page.tsx';
import { Loading } from '../../parts/states.tsx';
import { useText } from '../../texts/texts.ts';
import './parameters.css';
import { ProductsTab } from './products-tab.tsx';
import { texts } from './texts.ts';
import { late } from '../../parts/late.tsx';

const route = getRouteApi('/staff/parameters');

const SuitabilityTab = late(
  async () => (await import('./suitability-tab.tsx')).SuitabilityTab,
  <Loading rows={6} />,
);
const CalendarTab = late(
  async () => (await import('./calendar-tab.tsx')).CalendarTab,
  <Loading rows={6} />,
);
const RetentionTab = late(
  async () => (await import('./retention-tab.tsx')).RetentionTab,
  <Loading rows={6} />,
);
const ImportTab = late(
  async () => (await import('./import-tab.tsx')).ImportTab,
  <Loading rows={6} />,
);

const TABS = [
  ['products', ProductsTab],
  ['suitability', SuitabilityTab],
  ['calendar', CalendarTab],
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
        items={TABS.map(([key, Tab]) => ({
          key,
          label: t(`tab.${key}`),
          children: <Tab />,
        }))}
      />
    </Page>
  );
}

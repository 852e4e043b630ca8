import { getRouteApi } from '@tanstack/react-router';
import { Select, Tabs } from 'antd';
import { Page } from '../../parts/page.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { Loading } from '../../parts/states.tsx';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { DayBoard } from './day-board.tsx';
import { type DayItem, useDays, useDueBoard } from './data.ts';
import './operations.css';
import { DAY_TABS } from './search.ts';
import { texts } from './texts.ts';
import { late } from '../../parts/late.tsx';

const route = getRouteApi('/staff/operations');

// The board is what most people come for; what stands behind it comes when it is opened.
const FilesTab = late(async () => (await import('./files-tab.tsx')).FilesTab, <Loading rows={8} />);
const ExceptionsTab = late(
  async () => (await import('./exceptions-tab.tsx')).ExceptionsTab,
  <Loading rows={8} />,
);
const ReconciliationTab = late(
  async () => (await import('./reconciliation-tab.tsx')).ReconciliationTab,
  <Loading rows={8} />,
);

const VIEWS = {
  board: DayBoard,
  files: FilesTab,
  exceptions: ExceptionsTab,
  reconciliation: ReconciliationTab,
} as const;

/** The days there are, with the one that is due first. */
function DayChoice({
  days,
  due,
  value,
  onChange,
}: {
  days: readonly DayItem[];
  due: string;
  value: string;
  onChange: (day: string) => void;
}) {
  const t = useText(texts);
  const term = useTerms();
  const isNew = days.every(({ businessDate }) => businessDate !== due);
  return (
    <Select
      aria-label={t('day')}
      value={value}
      onChange={onChange}
      popupMatchSelectWidth={false}
      className="day-choice"
      options={[
        ...(isNew ? [{ value: due, label: `${due} · ${term('dayState', 'due')}` }] : []),
        ...days.map(({ businessDate, state }) => ({
          value: businessDate,
          label: `${businessDate} · ${term('dayState', state)}`,
        })),
      ]}
    />
  );
}

/** The business day: its steps, its files, what did not agree, and the three columns. */
export function OperationsPage() {
  const t = useText(texts);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const query = useDays();
  const due = useDueBoard();
  const failed = [query, due].find(({ isLoadingError }) => isLoadingError);
  if (failed !== undefined) {
    return <LoadFailed error={failed.error} onRetry={() => void failed.refetch()} />;
  }
  if (query.data === undefined || due.data === undefined) return <Loading />;
  const businessDate = search.day ?? due.data.businessDate;
  const { tab = 'board' } = search;
  return (
    <Page
      title={t('title')}
      lead={
        <span className="day-lead">
          <DayChoice
            days={query.data}
            due={due.data.businessDate}
            value={businessDate}
            onChange={(next) => void navigate({ search: { ...search, day: next } })}
          />
        </span>
      }
    >
      <Tabs
        activeKey={tab}
        destroyOnHidden
        onChange={(key) => {
          const next = DAY_TABS.find((each) => each === key) ?? 'board';
          void navigate({ search: { ...search, tab: next }, replace: true });
        }}
        items={DAY_TABS.map((key) => {
          const View = VIEWS[key];
          return { key, label: t(`tab.${key}`), children: <View businessDate={businessDate} /> };
        })}
      />
    </Page>
  );
}

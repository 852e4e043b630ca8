import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import type { Got } from '../../api/types.ts';
import { useHasRole } from '../../app/session.ts';
import { ActorName } from '../../parts/actor.tsx';
import { Facts, Panel } from '../../parts/page.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { Loading } from '../../parts/states.tsx';
import { instantText } from '../../parts/time.ts';
import { YearCalendar } from '../../parts/year-calendar.tsx';
import { useText } from '../../texts/texts.ts';
import { ImportForm } from './import-tab.tsx';
import { texts } from './texts.ts';
import { WaitingChanges } from './waiting.tsx';

type Year = Got<'/calendar'>;

function useYear(year: number | undefined) {
  return useQuery({
    queryKey: ['calendar', year],
    placeholderData: (before) => before,
    queryFn: () =>
      ask(() => api.GET('/calendar', { params: { query: year === undefined ? {} : { year } } })),
  });
}

const yearOf = (date: string): number => Number.parseInt(date.slice(0, 4), 10);

/** Who said the days that the program did not come with. */
function Imports({ imports }: { imports: Year['imports'] }) {
  const t = useText(texts);
  return (
    <ul className="waiting">
      {imports.map(({ approvalId, recordedAt, maker, checker, days }) => (
        <li key={approvalId}>
          <span className="waiting-name num">{t('calendar.importOf', { count: days })}</span>
          <span className="num">{instantText(recordedAt)}</span>
          <span className="quiet">
            <ActorName actor={maker} />
            {checker === null ? null : (
              <>
                {' · '}
                <ActorName actor={checker} />
              </>
            )}
          </span>
          <Link to="/approvals" search={{ open: approvalId }}>
            {t('waiting.open')}
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** As much as a year takes: the heading below does not move when it comes. */
const SKELETON_ROWS = 25;

function YearFacts({ data: { days, first, imports, last, tradingDays } }: { data: Year }) {
  const t = useText(texts);
  const versionMax = Math.max(...days.map(({ version }) => version));
  return (
    <Facts
      columns={3}
      items={[
        { name: t('calendar.open'), value: <span className="num">{tradingDays}</span> },
        {
          name: t('calendar.closed'),
          value: <span className="num">{days.length - tradingDays}</span>,
        },
        {
          name: t('calendar.known'),
          value: (
            <span className="num">
              {first} ~ {last}
            </span>
          ),
        },
        {
          name: t('calendar.source'),
          value: t(imports.length === 0 ? 'calendar.program' : 'calendar.imported'),
        },
        { name: t('calendar.version'), value: <span className="num">{versionMax}</span> },
      ]}
    />
  );
}

/** The exchange calendar year by year, where it comes from, and bringing in the next year. */
export function CalendarTab() {
  const t = useText(texts);
  const [year, setYear] = useState<number>();
  const query = useYear(year);
  const mayImport = useHasRole('productManager', 'operations');
  const { data } = query;
  const shown = data?.year ?? 0;
  return (
    <div className="stack">
      {data === undefined ? null : <WaitingChanges subject={`calendar:${yearOf(data.last) + 1}`} />}
      <WaitingChanges subject="calendar:corrections" />
      <Panel
        title={
          <span className="calendar-year">
            <Button
              size="small"
              icon={<LeftOutlined />}
              aria-label={t('calendar.previous')}
              disabled={data === undefined || shown <= yearOf(data.first)}
              onClick={() => setYear(shown - 1)}
            />
            <span className="num">{t('calendar.year', { year: `${shown}` })}</span>
            <Button
              size="small"
              icon={<RightOutlined />}
              aria-label={t('calendar.next')}
              disabled={data === undefined || shown >= yearOf(data.last)}
              onClick={() => setYear(shown + 1)}
            />
          </span>
        }
      >
        {query.isLoadingError ? (
          <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
        ) : null}
        {data === undefined ? (
          <Loading rows={SKELETON_ROWS} />
        ) : (
          <div className="stack">
            <YearFacts data={data} />
            <YearCalendar days={data.days.map((day) => ({ ...day, isMarked: day.version > 0 }))} />
            {data.imports.length === 0 ? null : <Imports imports={data.imports} />}
          </div>
        )}
      </Panel>
      {mayImport ? (
        <>
          <h2 className="calendar-import">{t('calendar.import')}</h2>
          <ImportForm kinds={['tradingDays', 'tradingDayCorrections']} />
        </>
      ) : null}
    </div>
  );
}

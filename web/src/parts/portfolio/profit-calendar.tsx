import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { addDays, addMonths, dayOfWeek, daysBetween, localDate } from '@cairn/kernel';
import { Button } from 'antd';
import { useState } from 'react';
import { useText } from '../../texts/texts.ts';
import { directionOf } from '../decimal.ts';
import { Figures } from '../figure-place.tsx';
import { Money } from '../figure.tsx';
import { FundLink } from '../fund.tsx';
import { LoadFailed } from '../problem.tsx';
import { Loading } from '../states.tsx';
import { type Calendar, useCalendar } from './data.ts';
import './portfolio.css';
import { useIsWide } from '../wide.ts';
import { texts } from './texts.ts';

type Day = Calendar['days'][number];

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const monthAfter = (month: string, by: number): string =>
  addMonths(localDate(`${month}-01`), by).slice(0, 7);

/** The days of a month, each with what it earned if it was a trading day. */
function cellsOf(month: string, days: readonly Day[]): { date: string; day: Day | undefined }[] {
  const byDate = new Map(days.map((day) => [day.date, day]));
  const first = localDate(`${month}-01`);
  const count = daysBetween(first, addMonths(first, 1));
  return Array.from({ length: count }, (_day, place) => {
    const date = addDays(first, place);
    return { date, day: byDate.get(date) };
  });
}

function DayCell({
  date,
  day,
  isChosen,
  onChoose,
}: {
  date: string;
  day: Day | undefined;
  isChosen: boolean;
  onChoose: () => void;
}) {
  const t = useText(texts);
  const number = Number.parseInt(date.slice(8), 10);
  const isWide = useIsWide();
  if (day === undefined) return <span className="calendar-day calendar-idle">{number}</span>;
  const direction = directionOf(day.profit);
  return (
    <button
      type="button"
      className={`calendar-day calendar-${direction} ${isChosen ? 'calendar-chosen' : ''}`}
      aria-pressed={isChosen}
      onClick={onChoose}
    >
      <span>
        {number}
        <span className="out-of-sight"> {t('calendar.day', { date })}</span>
      </span>
      <span className="calendar-profit">
        <Figures isInside>
          <Money of="dayProfit" value={day.profit} isMovement isShort={!isWide} />
        </Figures>
      </span>
    </button>
  );
}

function ChosenDay({ day }: { day: Day }) {
  const t = useText(texts);
  return (
    <div className="calendar-detail" aria-live="polite">
      <p>
        {t('calendar.day', { date: day.date })}{' '}
        <Money of="dayProfit" value={day.profit} isMovement asOf={day.date} />
      </p>
      {day.funds.length === 0 ? <p className="quiet">{t('calendar.none')}</p> : null}
      <ul>
        {day.funds.map(({ fundCode, fundName, profit }) => (
          <li key={fundCode}>
            <FundLink code={fundCode} name={fundName} />
            <Money of="dayProfit" value={profit} isMovement asOf={day.date} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Month({ calendar, onMonth }: { calendar: Calendar; onMonth: (month: string) => void }) {
  const t = useText(texts);
  const { month, days, profit } = calendar;
  const [chosen, setChosen] = useState<string>();
  const first = dayOfWeek(localDate(`${month}-01`));
  const day =
    days.find(({ date }) => date === chosen) ??
    days.findLast(({ profit: earned }) => directionOf(earned) !== 'flat') ??
    days.at(-1);
  return (
    <div className="calendar">
      <div className="calendar-head">
        <Button
          size="small"
          icon={<LeftOutlined />}
          aria-label={t('calendar.previous')}
          onClick={() => onMonth(monthAfter(month, -1))}
        />
        <p>
          {t('calendar.month', { month })}{' '}
          <Money of="periodProfit" value={profit} isMovement asOf={days.at(-1)?.date ?? month} />
        </p>
        <Button
          size="small"
          icon={<RightOutlined />}
          aria-label={t('calendar.next')}
          onClick={() => onMonth(monthAfter(month, 1))}
        />
      </div>
      <div className="calendar-grid">
        {WEEKDAYS.map((name) => (
          <span key={name} className="calendar-weekday">
            {t(name)}
          </span>
        ))}
        {Array.from({ length: first - 1 }, (_blank, place) => (
          <span key={`blank ${place + 1}`} />
        ))}
        {cellsOf(month, days).map((cell) => (
          <DayCell
            key={cell.date}
            date={cell.date}
            day={cell.day}
            isChosen={cell.date === day?.date}
            onChoose={() => setChosen(cell.date)}
          />
        ))}
      </div>
      {day === undefined ? null : <ChosenDay day={day} />}
    </div>
  );
}

/** What each day of a month earned. */
export function ProfitCalendar({ customerId }: { customerId: string }) {
  const [month, setMonth] = useState<string>();
  const query = useCalendar(customerId, month);
  if (query.isLoadingError)
    return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Loading rows={6} />;
  return <Month calendar={query.data} onMonth={setMonth} />;
}

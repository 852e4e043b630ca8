import { addDays, dayNumberOf, dayOfWeek, localDate } from '@cairn/kernel';
import { usePreferences } from '../app/preferences.ts';
import { defineTexts, useText } from '../texts/texts.ts';
import './year-calendar.css';

const texts = defineTexts(
  'yearCalendar',
  {
    closed: '休市',
    marked: '导入或更正',
    'legend.open': '交易日',
    'legend.closed': '工作日休市',
    'legend.weekend': '周末',
    'legend.marked': '导入或更正的日期',
  },
  {
    closed: 'closed',
    marked: 'imported or corrected',
    'legend.open': 'Trading day',
    'legend.closed': 'Closed weekday',
    'legend.weekend': 'Weekend',
    'legend.marked': 'Imported or corrected',
  },
);

export interface CalendarDate {
  readonly date: string;
  readonly isTradingDay: boolean;
  /** Said by somebody after the program was made. */
  readonly isMarked: boolean;
}

const WEEK = 7;
const WEEKEND = 6;
const DAY_MS = 86_400_000;
// A Monday: the names of weekdays are those of the seven days from here.
const MONDAY = localDate('2024-01-01');

/** The days of a month in weeks from Monday to Sunday; undefined where another month's day would be. */
function weeksOf(days: readonly CalendarDate[]): (CalendarDate | undefined)[][] {
  const [first] = days;
  if (first === undefined) return [];
  const blanks = dayOfWeek(localDate(first.date)) - 1;
  const cells = [...Array.from({ length: blanks }, () => undefined), ...days];
  return Array.from({ length: Math.ceil(cells.length / WEEK) }, (_, week) =>
    Array.from({ length: WEEK }, (__, day) => cells[week * WEEK + day]),
  );
}

function Cell({ day }: { day: CalendarDate | undefined }) {
  const t = useText(texts);
  if (day === undefined) return <td />;
  const isWeekend = dayOfWeek(localDate(day.date)) >= WEEKEND;
  const kind = day.isTradingDay ? 'open' : isWeekend ? 'weekend' : 'closed';
  return (
    <td className={`year-day year-day-${kind} ${day.isMarked ? 'year-day-marked' : ''}`}>
      <span className="num">{Number.parseInt(day.date.slice(8), 10)}</span>
      {kind === 'closed' ? <span className="out-of-sight">{t('closed')}</span> : null}
      {day.isMarked ? <span className="out-of-sight">{t('marked')}</span> : null}
    </td>
  );
}

function Month({ month, days }: { month: string; days: readonly CalendarDate[] }) {
  const { language } = usePreferences();
  const name = (form: Intl.DateTimeFormatOptions, date: string) =>
    new Intl.DateTimeFormat(language, { ...form, timeZone: 'UTC' }).format(
      dayNumberOf(localDate(date)) * DAY_MS,
    );
  const weekdays = Array.from({ length: WEEK }, (_, day) => addDays(MONDAY, day));
  return (
    <table className="year-month">
      <caption>{name({ month: 'long' }, `${month}-01`)}</caption>
      <thead>
        <tr>
          {weekdays.map((day) => (
            <th key={day} scope="col">
              <abbr title={name({ weekday: 'long' }, day)}>{name({ weekday: 'narrow' }, day)}</abbr>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(days).map((week) => (
          <tr key={week.find((day) => day !== undefined)?.date}>
            {week.map((day, at) => (
              <Cell key={day?.date ?? `blank ${at}`} day={day} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A year month by month: trading days, closed weekdays, weekends, and what was said later. */
export function YearCalendar({ days }: { days: readonly CalendarDate[] }) {
  const t = useText(texts);
  const months = Map.groupBy(days, ({ date }) => date.slice(0, 7));
  const legend = (['open', 'closed', 'weekend', 'marked'] as const).filter(
    (name) => name !== 'marked' || days.some(({ isMarked }) => isMarked),
  );
  return (
    <div className="year-calendar">
      <p className="year-legend" aria-hidden="true">
        {legend.map((name) => (
          <span key={name}>
            <i className={`year-day year-day-${name}`} />
            {t(`legend.${name}`)}
          </span>
        ))}
      </p>
      <div className="year-months">
        {[...months].map(([month, own]) => (
          <Month key={month} month={month} days={own} />
        ))}
      </div>
    </div>
  );
}

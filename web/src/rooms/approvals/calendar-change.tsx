import { addDays, localDate } from '@cairn/kernel';
import { Diff } from '../../parts/diff.tsx';
import { Data } from '../../parts/figure.tsx';
import { type CalendarDate, YearCalendar } from '../../parts/year-calendar.tsx';
import { useText } from '../../texts/texts.ts';
import type { Approval } from './approval.ts';
import { PlainChange } from './plain-change.tsx';
import { texts } from './texts.ts';

interface Day {
  readonly date: string;
  readonly open: boolean;
}

const daysIn = (facts: Record<string, unknown> | null): readonly Day[] =>
  Array.isArray(facts?.['days']) ? (facts['days'] as Day[]) : [];

function wholeYear(year: number, tradingDays: readonly string[]): CalendarDate[] {
  const open = new Set(tradingDays);
  const days: CalendarDate[] = [];
  for (let day = localDate(`${year}-01-01`); day.startsWith(`${year}`); day = addDays(day, 1)) {
    days.push({ date: day, isTradingDay: open.has(day), isMarked: false });
  }
  return days;
}

/** A year of trading days, month by month. */
export function CalendarYearChange({ approval }: { approval: Approval }) {
  const t = useText(texts);
  const { year, tradingDays } = approval.payload;
  if (typeof year !== 'number' || !Array.isArray(tradingDays)) {
    return <PlainChange approval={approval} />;
  }
  return (
    <div className="stack">
      <p className="num">{t('calendar.year', { year: `${year}`, count: tradingDays.length })}</p>
      <YearCalendar days={wholeYear(year, tradingDays as string[])} />
    </div>
  );
}

/** Days that are open or closed otherwise than they stand in the calendar. */
export function CalendarCorrections({ approval: { payload, before } }: { approval: Approval }) {
  const t = useText(texts);
  const said = (isOpen: boolean) => t(isOpen ? 'calendar.open' : 'calendar.closed');
  const stood = new Map(daysIn(before).map(({ date, open }) => [date, open]));
  return (
    <Diff
      label={t('change')}
      items={daysIn(payload).map(({ date, open }) => ({
        key: date,
        name: <Data>{date}</Data>,
        before: said(stood.get(date) ?? !open),
        after: said(open),
      }))}
    />
  );
}

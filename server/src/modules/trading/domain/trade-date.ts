/** Which business day an order belongs to: 15:00 of a trading day in Shanghai parts two days. */
import {
  addDays,
  type Instant,
  type LocalDate,
  shanghaiDate,
  shanghaiTime,
  type TradingCalendar,
} from '@cairn/kernel';

/** What decides the day, besides the calendar. */
export interface DayRule {
  /** The business clock at acceptance. */
  readonly now: Instant;
  /** The product's cut-off in Shanghai, 'HH:MM' or longer; from that millisecond on, the next day. */
  readonly cutOff: string;
  /** The last day already cut off: its files are made, so nothing may join it. */
  readonly lastCutOffDate?: LocalDate | undefined;
  /** The day of the fund account's own application: an order never travels before its account. */
  readonly notBeforeDate?: LocalDate | undefined;
}

/** Later than any time of day: no roll by the clock. */
const NEVER = '99';

/**
 * The trade date (T day): the first trading day that is not before the Shanghai date (the date
 * after it from the cut-off on), later than every day already cut off, and not before
 * `notBeforeDate`. CalendarRangeError beyond the calendar.
 */
export function computeTradeDate(calendar: TradingCalendar, rule: DayRule): LocalDate {
  const today = shanghaiDate(rule.now);
  let earliest = shanghaiTime(rule.now) >= rule.cutOff ? addDays(today, 1) : today;
  if (rule.lastCutOffDate !== undefined && rule.lastCutOffDate >= earliest) {
    earliest = addDays(rule.lastCutOffDate, 1);
  }
  if (rule.notBeforeDate !== undefined && rule.notBeforeDate > earliest) {
    earliest = rule.notBeforeDate;
  }
  return calendar.tradingDayOnOrAfter(earliest);
}

/** The day whose terms hold the cut-off that is asked: the trade date if no cut-off had passed. */
export function computeTermsDate(
  calendar: TradingCalendar,
  rule: Omit<DayRule, 'cutOff'>,
): LocalDate {
  return computeTradeDate(calendar, { ...rule, cutOff: NEVER });
}

/** Whether an order of this trade date may still be cancelled by the clock. */
export function isBeforeCutOff(now: Instant, tradeDate: LocalDate, cutOff: string): boolean {
  const today = shanghaiDate(now);
  return today < tradeDate || (today === tradeDate && shanghaiTime(now) < cutOff);
}

/** Instants and dates as a reader in Shanghai sees them: the house keeps that time. */

import type { Language } from '../app/preferences.ts';
import { groupDecimal } from './decimal.ts';

const ZONE = 'Asia/Shanghai';

const partsFormat = new Intl.DateTimeFormat('en-CA', {
  timeZone: ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

function partsOf(instant: string): Record<string, string> {
  const parts = partsFormat.formatToParts(new Date(instant));
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]));
}

/** '2026-03-06 15:30', or with seconds. */
export function instantText(instant: string, withSeconds = false): string {
  const { year, month, day, hour, minute, second } = partsOf(instant);
  return `${year}-${month}-${day} ${hour}:${minute}${withSeconds ? `:${second}` : ''}`;
}

/** '15:30:07' */
export function clockText(instant: string): string {
  const { hour, minute, second } = partsOf(instant);
  return `${hour}:${minute}:${second}`;
}

/** The day of an instant in Shanghai: '2026-03-06'. */
export function dayOf(instant: string): string {
  const { year, month, day } = partsOf(instant);
  return `${year}-${month}-${day}`;
}

/** How long something took: '0.4 s', '12 s', '3 min 05 s'; '3 分 05 秒'. */
export function lengthText(ms: number, language: Language): string {
  const [minute, second] = language === 'en' ? ['min', 's'] : ['分', '秒'];
  if (ms < 9_950) return `${groupDecimal(`${Math.max(ms, 0) / 1000}`, 1)} ${second}`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} ${second}`;
  const rest = `${seconds % 60}`.padStart(2, '0');
  return `${Math.floor(seconds / 60)} ${minute} ${rest} ${second}`;
}

let aheadMs = 0;

/** Learns from an answer how far the server's clock is ahead of this one. */
export function noteServerTime(response: Response): void {
  const said = Date.parse(response.headers.get('date') ?? '');
  if (!Number.isNaN(said)) aheadMs = said - Date.now();
}

/** An instant of the browser by the server's clock, to the second; undefined before any answer. */
export function serverInstant(localMs: number): string | undefined {
  return localMs === 0 ? undefined : new Date(localMs + aheadMs).toISOString();
}

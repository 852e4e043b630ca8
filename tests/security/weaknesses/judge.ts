/**
 * Judges what `npm audit --json` tells: a grave weakness has to be mended, or stand among the
 * exceptions with a reason and a deadline that is not too far off.
 */
import { addDays, type LocalDate, parseLocalDate } from '@cairn/kernel';

/** The longest that a weakness may be put up with, in days from when it became known. */
const DAYS = { critical: 7, high: 30 } as const;
type Grave = keyof typeof DAYS;

/** A weakness that is put up with for a time. */
export interface Exception {
  /** The address of the advisory, as the report gives it. */
  readonly advisory: string;
  /** Why it does no harm here, or what is awaited. */
  readonly reason: string;
  readonly since: string;
  readonly until: string;
}

/** One advisory, or the name of another package in the report by which this one is touched. */
type Via = string | { readonly url: string; readonly title: string; readonly severity: string };

interface Report {
  readonly auditReportVersion: 2;
  readonly vulnerabilities: Readonly<
    Record<string, { readonly severity: string; readonly via: readonly Via[] }>
  >;
}

/** The report in a text that npm printed; undefined when the registry told nothing of weaknesses. */
export function readReport(printed: string): Report | undefined {
  let report: unknown;
  try {
    report = JSON.parse(printed);
  } catch {
    return undefined;
  }
  const { auditReportVersion, vulnerabilities } = (report ?? {}) as Partial<Report>;
  return auditReportVersion === 2 && typeof vulnerabilities === 'object'
    ? (report as Report)
    : undefined;
}

const isGrave = (severity: string): severity is Grave => Object.hasOwn(DAYS, severity);

/** The grave advisories of a report by address, each with the packages that have it. */
function graveOf({ vulnerabilities }: Report) {
  const found = new Map<string, { severity: Grave; title: string; packages: string[] }>();
  for (const [name, { via }] of Object.entries(vulnerabilities)) {
    for (const one of via) {
      if (typeof one === 'string' || !isGrave(one.severity)) continue;
      const { severity, title } = one;
      const { packages } = found.get(one.url) ?? { packages: [] };
      found.set(one.url, { severity, title, packages: [...packages, name] });
    }
  }
  return found;
}

function faultOfException(
  { advisory, reason, since, until }: Exception,
  severity: Grave | undefined,
  today: LocalDate,
): string | undefined {
  const from = parseLocalDate(since);
  const to = parseLocalDate(until);
  if (severity === undefined) return `${advisory}: the exception is not needed, take it out`;
  if (from === undefined || to === undefined || from > today) {
    return `${advisory}: its dates are none`;
  }
  if (reason.trim() === '') return `${advisory}: the exception gives no reason`;
  const last = addDays(from, DAYS[severity]);
  if (to > last) return `${advisory}: ${severity} is put up with until ${last} at most`;
  return to < today ? `${advisory}: the deadline was ${until}` : undefined;
}

/** What has to be done about a report on a day, in sentences; empty when nothing has. */
export function faultsOf(
  report: Report,
  exceptions: readonly Exception[],
  today: LocalDate,
): string[] {
  const grave = graveOf(report);
  const borne = new Set(exceptions.map(({ advisory }) => advisory));
  return [
    ...[...grave]
      .filter(([url]) => !borne.has(url))
      .map(([url, { severity, title, packages }]) =>
        [`${packages.join(', ')}: ${severity}`, title, url].join(' · '),
      ),
    ...exceptions.flatMap(
      (one) => faultOfException(one, grave.get(one.advisory)?.severity, today) ?? [],
    ),
  ];
}

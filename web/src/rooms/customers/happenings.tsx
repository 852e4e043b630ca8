/** What happened to a customer, from six sources, as one list in order of time. */
import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { api, ask } from '../../api/client.ts';
import type { Got } from '../../api/types.ts';
import { usePreferences } from '../../app/preferences.ts';
import { ActorName, AdviserName } from '../../parts/actor.tsx';
import { customerKey, type Movements, type ProfileVersion } from '../../parts/customer-data.ts';
import { Diff } from '../../parts/diff.tsx';
import { Data, Money, Units } from '../../parts/figure.tsx';
import { FundName } from '../../parts/fund.tsx';
import { Asked, type OrderRow } from '../../parts/order-columns.tsx';
import { State } from '../../parts/state.tsx';
import type { Happening } from '../../parts/timeline.tsx';
import { dayOf, instantText } from '../../parts/time.ts';
import { type TermKind, useTerms } from '../../texts/terms.ts';
import { inLanguage, useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

type Version = Got<'/customers/{customerId}/versions'>['versions'][number];
type Note = Got<'/customers/{customerId}/notes'>['notes'][number];
type Warning = Got<'/customers/{customerId}/warnings'>['warnings'][number];

export const SOURCES = [
  'notes',
  'changes',
  'assessments',
  'orders',
  'movements',
  'agreements',
] as const;
export type Source = (typeof SOURCES)[number];

/** A happening that says when, to sort by, and where it comes from. */
export interface Dated extends Happening {
  readonly source: Source;
  /** An instant, or the day when no more is known. */
  readonly when: string;
}

/** So many of a source are asked for, the latest; a source that has more says so. */
export const SOURCE_MAX = 200;

/** Fields whose values are codes. */
const CODED: Readonly<Record<string, TermKind>> = {
  kycStatus: 'kycStatus',
  status: 'customerStatus',
  investorClass: 'investorClass',
  civilCapacity: 'civilCapacity',
};

function Value({ field, value }: { field: string; value: string }) {
  const term = useTerms();
  const kind = Object.hasOwn(CODED, field) ? CODED[field] : undefined;
  if (field === 'adviserId') return <AdviserName adviserId={value} />;
  return kind === undefined ? <Data>{value}</Data> : term(kind, value);
}

function Changes({ version }: { version: Version }) {
  const t = useText(texts);
  const term = useTerms();
  const changes = Object.entries(version.changes);
  return (
    <>
      <span className="quiet">
        <ActorName actor={version.changedBy} />
        {version.reason === null ? null : (
          <>
            {' · '}
            <Data>{version.reason}</Data>
          </>
        )}
      </span>
      {changes.length === 0 ? null : (
        <Diff
          label={t('timeline.changes', { version: version.version })}
          items={changes.map(([field, { from, to }]) => ({
            key: field,
            name: term('customerField', field),
            before: from === null ? null : <Value field={field} value={from} />,
            after: to === null ? null : <Value field={field} value={to} />,
          }))}
        />
      )}
    </>
  );
}

function useViews() {
  const t = useText(texts);
  const term = useTerms();
  return {
    change: (version: Version): Dated => ({
      key: `change ${version.version}`,
      source: 'changes',
      when: version.changedAt,
      at: instantText(version.changedAt),
      tone: version.version === 1 ? 'accent' : 'neutral',
      title: term('customerAction', version.action),
      detail: <Changes version={version} />,
    }),
    profile: (profile: ProfileVersion): Dated => ({
      key: `profile ${profile.version}`,
      source: 'assessments',
      when: profile.fromAt,
      at: instantText(profile.fromAt),
      tone: 'good',
      title: (
        <>
          {t('timeline.profile')} ·{' '}
          {profile.level === null ? t('profile.unassessed') : term('investorLevel', profile.level)}
        </>
      ),
      detail: (
        <span className="quiet">
          {t('profile.version', { version: profile.version })} ·{' '}
          {term('investorClass', profile.investorClass)}
        </span>
      ),
    }),
    order: (order: OrderRow): Dated => ({
      key: `order ${order.orderId}`,
      source: 'orders',
      when: order.acceptedAt,
      at: instantText(order.acceptedAt),
      tone: 'accent',
      title: (
        <>
          {t('timeline.order')} <FundName code={order.fundCode} />
        </>
      ),
      detail: (
        <>
          <Asked order={order} /> <State kind="orderState" code={order.state} />{' '}
          <Link to="/orders/$orderId" params={{ orderId: order.orderId }}>
            {t('timeline.openOrder')}
          </Link>
        </>
      ),
    }),
  };
}

/** What staff wrote down; one that was corrected stays and says so. */
function useNoteView(onCorrect: ((noteNo: number) => void) | undefined) {
  const t = useText(texts);
  return ({ noteNo, text, writtenAt, writtenBy, corrects, correctedBy }: Note): Dated => ({
    key: `note ${noteNo}`,
    source: 'notes',
    when: writtenAt,
    at: instantText(writtenAt),
    tone: correctedBy === null ? 'accent' : 'muted',
    title: (
      <>
        {t('note.no', { no: noteNo })}
        {corrects === null ? null : ` · ${t('note.corrects', { no: corrects })}`}
        {correctedBy === null ? null : ` · ${t('note.correctedBy', { no: correctedBy })}`}
      </>
    ),
    detail: (
      <>
        <p className={`note-text ${correctedBy === null ? '' : 'note-corrected'}`} translate="no">
          {text}
        </p>
        <span className="quiet">
          <ActorName actor={writtenBy} />
        </span>
        {onCorrect === undefined || correctedBy !== null ? null : (
          <Button type="link" size="small" onClick={() => onCorrect(noteNo)}>
            {t('note.correct')}
            <span className="out-of-sight"> {t('note.no', { no: noteNo })}</span>
          </Button>
        )}
      </>
    ),
  });
}

function useMovementViews() {
  const t = useText(texts);
  const term = useTerms();
  return {
    cash: (row: Movements['cash'][number], place: number): Dated => ({
      key: `cash ${place}`,
      source: 'movements',
      when: row.date,
      at: row.date,
      title: term('postingKind', row.kind),
      detail: <Money of="cashMovement" value={row.amount} isMovement asOf={row.date} />,
    }),
    units: (row: Movements['units'][number], place: number): Dated => ({
      key: `units ${place}`,
      source: 'movements',
      when: row.date,
      at: row.date,
      title: (
        <>
          {term('movementKind', row.kind)} <FundName code={row.fundCode} />
        </>
      ),
      detail: (
        <>
          <Units of="unitsMovement" value={row.units} asOf={row.date} />{' '}
          <span className="figure-unit">{t('units.unit')}</span> ·{' '}
          <Money of="movementAmount" value={row.amount} asOf={row.date} />
        </>
      ),
    }),
  };
}

/** What was shown and signed; also the panel of agreements tells it so. */
export function useWarningView() {
  const t = useText(texts);
  const { language } = usePreferences();
  return (warning: Warning): Dated => {
    const { confirmedAt, confirmedBy } = warning;
    const when = confirmedAt ?? warning.shownAt;
    return {
      key: `warning ${warning.warningId}`,
      source: 'agreements',
      when,
      at: instantText(when),
      tone: confirmedAt === undefined ? 'warning' : 'good',
      title: (
        <>
          {t(confirmedAt === undefined ? 'agreement.shown' : 'agreement.confirmed')}{' '}
          <FundName code={warning.fundCode} />
        </>
      ),
      detail: (
        <>
          <details className="agreement-text">
            <summary>{t('agreement.text')}</summary>
            <p>{inLanguage(language, { en: warning.textEn, zh: warning.textZh })}</p>
          </details>
          <span className="quiet">
            <ActorName actor={confirmedBy ?? warning.shownBy} />
          </span>
        </>
      ),
    };
  };
}

/** The latest warnings of a customer. */
const warningsQuery = (customerId: string) => ({
  queryKey: [...customerKey(customerId), 'warnings'],
  queryFn: () =>
    ask(() =>
      api.GET('/customers/{customerId}/warnings', {
        params: { path: { customerId }, query: { limit: SOURCE_MAX } },
      }),
    ),
});

function useSources(customerId: string, since: string) {
  const path = { customerId };
  const key = customerKey(customerId);
  const from = dayOf(since);
  return useQueries({
    queries: [
      {
        queryKey: [...key, 'versions'],
        queryFn: () => ask(() => api.GET('/customers/{customerId}/versions', { params: { path } })),
      },
      {
        queryKey: [...key, 'profile'],
        queryFn: () =>
          ask(() => api.GET('/customers/{customerId}/suitability-profile', { params: { path } })),
      },
      {
        queryKey: [...key, 'orders', 'timeline'],
        queryFn: () =>
          ask(() => api.GET('/orders', { params: { query: { customerId, limit: SOURCE_MAX } } })),
      },
      {
        queryKey: [...key, 'movements', from],
        queryFn: () =>
          ask(() =>
            api.GET('/customers/{customerId}/movements', { params: { path, query: { from } } }),
          ),
      },
      warningsQuery(customerId),
      {
        queryKey: [...key, 'notes'],
        queryFn: () =>
          ask(() =>
            api.GET('/customers/{customerId}/notes', {
              params: { path, query: { limit: SOURCE_MAX } },
            }),
          ),
      },
    ],
  });
}

/** Everything that happened since the customer was opened, the latest first. */
export function useHappenings(
  customerId: string,
  { since, onCorrect }: { since: string; onCorrect: ((noteNo: number) => void) | undefined },
) {
  const views = useViews();
  const moved = useMovementViews();
  const viewWarning = useWarningView();
  const viewNote = useNoteView(onCorrect);
  const queries = useSources(customerId, since);
  const [versions, profile, orders, movements, warnings, notes] = queries;
  const named = { versions, profile, orders, movements, warnings, notes };
  const items: Dated[] = [
    ...(versions.data?.versions.map(views.change) ?? []),
    ...(profile.data?.profile
      ? [profile.data.profile, ...profile.data.earlier].map(views.profile)
      : []),
    ...(orders.data?.orders.map(views.order) ?? []),
    ...(movements.data?.cash.map(moved.cash) ?? []),
    ...(movements.data?.units.map(moved.units) ?? []),
    ...(warnings.data?.warnings.map(viewWarning) ?? []),
    ...(notes.data?.notes.map(viewNote) ?? []),
  ];
  const paged = [
    ['notes', notes.data?.next],
    ['orders', orders.data?.cursor],
    ['agreements', warnings.data?.nextCursor],
  ] as const;
  return {
    /** The sources that have more than is here. */
    cut: paged.flatMap(([source, more]) => (more === undefined ? [] : [source])),
    items: items.toSorted((a, b) => (a.when < b.when ? 1 : -1)),
    isPending: queries.some((query) => query.isPending),
    failed: Object.entries(named).filter(([, query]) => query.isError),
  };
}

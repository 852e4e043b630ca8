import {
  CheckCircleFilled,
  ExclamationCircleFilled,
  StopOutlined,
  WarningFilled,
} from '@ant-design/icons';
import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import type { Profile } from '../customer-data.ts';
import './reach.css';
import { texts } from './texts.ts';

type ReachData = NonNullable<Profile['reach']>;
type ReachState = 'match' | 'warned' | 'never';

const ICONS = {
  match: CheckCircleFilled,
  warned: ExclamationCircleFilled,
  never: StopOutlined,
} as const;
const STATES = ['match', 'warned', 'never'] as const;
const RISK_LEVELS = [1, 2, 3, 4, 5];

interface Item {
  readonly key: string;
  readonly name: string;
  readonly state: ReachState;
}

function Row({ title, items }: { title: string; items: readonly Item[] }) {
  const t = useText(texts);
  return (
    <section className="reach-row">
      <h3>{title}</h3>
      <ul className="reach-items">
        {items.map(({ key, name, state }) => {
          const Icon = ICONS[state];
          return (
            <li key={key} className={`reach-item reach-${state}`}>
              <Icon aria-hidden="true" />
              {name}
              <span className="out-of-sight"> {t(`state.${state}`)}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** The warning that stands beside the level of who tolerates least. */
export function LowestNote() {
  const t = useText(texts);
  return (
    <div className="reach-lowest" role="note">
      <WarningFilled aria-hidden="true" />
      <p>
        <strong>{t('lowest')}</strong>
        {t('lowestHint')}
      </p>
    </div>
  );
}

function useRows(reach: ReachData): { title: string; items: Item[] }[] {
  const t = useText(texts);
  const term = useTerms();
  const stateOf = <T,>(one: T, matching: readonly T[], warned: readonly T[]): ReachState => {
    if (matching.includes(one)) return 'match';
    return warned.includes(one) ? 'warned' : 'never';
  };
  return [
    {
      title: t('risk'),
      items: RISK_LEVELS.map((level) => ({
        key: `${level}`,
        name: term('riskLevel', level),
        state: stateOf(level, reach.riskLevels, reach.warnedRiskLevels),
      })),
    },
    {
      title: t('term'),
      items: [...reach.terms, ...reach.warnedTerms].map((code) => ({
        key: code,
        name: term('term', code),
        state: stateOf(code, reach.terms, reach.warnedTerms),
      })),
    },
    {
      title: t('variety'),
      items: [...reach.varieties, ...reach.warnedVarieties].map((code) => ({
        key: code,
        name: term('variety', code),
        state: stateOf(code, reach.varieties, reach.warnedVarieties),
      })),
    },
  ];
}

/** What a profile lets its customer buy: directly, after a warning, or not at all. */
export function Reach({ data }: { data: Profile }) {
  const t = useText(texts);
  if (data.reach === null) {
    return (data.profile?.level ?? null) === null ? null : <p className="quiet">{t('unknown')}</p>;
  }
  return <ReachOf reach={data.reach} isLowest={data.profile?.lowest === true} />;
}

function ReachOf({ reach, isLowest }: { reach: ReachData; isLowest: boolean }) {
  const t = useText(texts);
  const rows = useRows(reach);
  const shown = new Set(rows.flatMap(({ items }) => items.map(({ state }) => state)));
  return (
    <div className="reach">
      {isLowest ? <LowestNote /> : null}
      {rows.map((row) => (
        <Row key={row.title} {...row} />
      ))}
      <p className="reach-legend" aria-hidden="true">
        {STATES.filter((state) => shown.has(state)).map((state) => {
          const Icon = ICONS[state];
          return (
            <span key={state} className={`reach-key-${state}`}>
              <Icon />
              {t(`state.${state}`)}
            </span>
          );
        })}
      </p>
      <p className="quiet reach-hint">{t('legend')}</p>
    </div>
  );
}

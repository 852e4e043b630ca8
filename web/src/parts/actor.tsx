import { type Person, useDirectory } from './directory.ts';
import { defineTexts, useText } from '../texts/texts.ts';

const texts = defineTexts(
  'actor',
  { staff: '员工', investor: '投资者', partner: '合作方', system: '系统' },
  { staff: 'Staff', investor: 'Investor', partner: 'Partner', system: 'System' },
);

const KINDS = ['staff', 'investor', 'partner', 'system'] as const;
const SHOWN = 7;

/** The names behind the ids of records. */
const namesOf = (people: readonly Person[]): ReadonlyMap<string, string> =>
  new Map(people.map(({ actor, userName }) => [actor, userName]));

/** Who did something, by name where there is one; the whole id shows on hovering. */
export function ActorName({ actor }: { actor: string }) {
  const t = useText(texts);
  const name = useDirectory(namesOf).data?.get(actor);
  if (name !== undefined) {
    return (
      <span translate="no" title={actor}>
        {name}
      </span>
    );
  }
  const [kind = '', id = ''] = actor.split(':');
  const known = KINDS.find((each) => each === kind);
  if (known === undefined) return <span translate="no">{actor}</span>;
  if (known === 'system') return <span>{t('system')}</span>;
  return (
    <span>
      {t(known)}{' '}
      <span className="code" translate="no" title={actor}>
        {id.length > SHOWN + 1 ? `${id.slice(0, SHOWN)}…` : id}
      </span>
    </span>
  );
}

/** The adviser of a customer, by name: records of other houses may give the id of a member of staff. */
export function AdviserName({ adviserId }: { adviserId: string }) {
  const name = useDirectory(namesOf).data?.get(`staff:${adviserId}`);
  return (
    <span translate="no" title={adviserId}>
      {name ?? adviserId}
    </span>
  );
}

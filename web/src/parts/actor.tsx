import { defineTexts, useText } from '../texts/texts.ts';

const texts = defineTexts(
  'actor',
  { staff: '员工', investor: '投资者', partner: '合作方', system: '系统' },
  { staff: 'Staff', investor: 'Investor', partner: 'Partner', system: 'System' },
);

const KINDS = ['staff', 'investor', 'partner', 'system'] as const;
const SHOWN = 7;

/** Who did something, from 'staff:S6AD1AEFB4D817688F833'; the whole id shows on hovering. */
export function ActorName({ actor }: { actor: string }) {
  const t = useText(texts);
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

import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../api/client.ts';
import { useSession } from '../app/session.ts';
import { defineTexts, useText } from '../texts/texts.ts';

const texts = defineTexts(
  'actor',
  { staff: '员工', investor: '投资者', partner: '合作方', system: '系统' },
  { staff: 'Staff', investor: 'Investor', partner: 'Partner', system: 'System' },
);

const KINDS = ['staff', 'investor', 'partner', 'system'] as const;
const SHOWN = 7;

const FRESH_MS = 300_000;

/** The names behind the ids of records, asked for once by everyone who acts for the firm. */
function useDirectory(): ReadonlyMap<string, string> | undefined {
  const session = useSession();
  const isStaff = session.kind === 'known' && session.user.kind === 'staff';
  const { data } = useQuery({
    queryKey: ['directory'],
    enabled: isStaff,
    staleTime: FRESH_MS,
    queryFn: async () => {
      const { people } = await ask(() => api.GET('/directory'));
      return new Map(people.map(({ actor, userName }) => [actor, userName]));
    },
  });
  return data;
}

/** Who did something, by name where there is one; the whole id shows on hovering. */
export function ActorName({ actor }: { actor: string }) {
  const t = useText(texts);
  const name = useDirectory()?.get(actor);
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

import { Link } from '@tanstack/react-router';
import { ActorName } from '../../parts/actor.tsx';
import { Data } from '../../parts/figure.tsx';
import { FundName } from '../../parts/fund.tsx';
import { hasText, useText } from '../../texts/texts.ts';
import { texts } from './texts.ts';

/** What a change is about, from 'customer:C…', 'fund:990421' or 'suitability:rules'. */
export function Subject({ subject, isLink = true }: { subject: string; isLink?: boolean }) {
  const t = useText(texts);
  const said = `of.${subject}`;
  if (hasText(texts, said)) return t(said);
  const at = subject.indexOf(':');
  const kind = subject.slice(0, at);
  const id = subject.slice(at + 1);
  if (kind === 'fund' && /^[0-9A-Z]{6}$/.test(id)) return <FundName code={id} isLink={isLink} />;
  if (kind === 'staff') return <ActorName actor={subject} />;
  if (kind === 'customer' && isLink) {
    return (
      <Link to="/customers/$customerId" params={{ customerId: id }}>
        <Data isCode>{id}</Data>
      </Link>
    );
  }
  return <Data isCode>{id === '' ? subject : id}</Data>;
}

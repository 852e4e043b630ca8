import { useTerms } from '../../texts/terms.ts';
import { useText } from '../../texts/texts.ts';
import { Data, Money } from '../figure.tsx';
import { Panel } from '../page.tsx';
import type { Assets } from './data.ts';
import { texts } from './texts.ts';

/** Money that is decided and not here yet; nothing when there is none. */
export function Dues({ assets: { date, dues } }: { assets: Assets }) {
  const t = useText(texts);
  const term = useTerms();
  if (dues.length === 0) return null;
  return (
    <Panel title={t('dues')}>
      <ul className="dues">
        {dues.map(({ kind, amount, dueDate, ref }) => (
          <li key={`${kind} ${ref} ${dueDate ?? ''}`}>
            <span>{term('dueKind', kind)}</span>
            <Data isCode>{ref}</Data>
            <span className="quiet">
              {t('dues.date')} {dueDate ?? t('dues.open')}
            </span>
            <Money of="cashDue" value={amount} isMovement asOf={date} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

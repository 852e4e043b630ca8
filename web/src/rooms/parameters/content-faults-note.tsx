import { useText } from '../../texts/texts.ts';
import type { ContentFault } from './content-faults.ts';
import { texts } from './fault-texts.ts';

/** What is wrong with what was typed so far; said as soon as it is, and gone when it is mended. */
export function ContentFaultsNote({ faults }: { faults: readonly ContentFault[] }) {
  const t = useText(texts);
  return (
    <div role="status">
      {faults.length === 0 ? null : (
        <ul className="content-faults">
          {faults.map(({ name, values = {} }) => (
            <li key={`${name} ${Object.values(values).join(' ')}`}>{t(name, values)}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

import { StateTag } from '../../parts/states.tsx';
import { useText } from '../../texts/texts.ts';
import type { Timing } from './timing.ts';
import { texts } from './texts.ts';

const TONES = { now: 'good', future: 'accent', past: 'muted' } as const;

export interface Listed {
  readonly key: string;
  readonly name: string;
  /** The day or instant from which it holds, as people read it. */
  readonly from: string;
  readonly timing: Timing;
}

/** Whether a version is in force, to come or replaced. */
export function TimingTag({ timing }: { timing: Timing }) {
  const t = useText(texts);
  return <StateTag tone={TONES[timing]}>{t(`timing.${timing}`)}</StateTag>;
}

/** Versions, of which one is open. */
export function VersionList({
  label,
  items,
  open,
  onOpen,
}: {
  label: string;
  items: readonly Listed[];
  open: string | undefined;
  onOpen: (key: string) => void;
}) {
  const t = useText(texts);
  return (
    <ul className="version-list" aria-label={label}>
      {items.map(({ key, name, from, timing }) => (
        <li key={key}>
          <button
            type="button"
            className={`version-item plain-button ${key === open ? 'version-open' : ''}`}
            aria-current={key === open}
            onClick={() => onOpen(key)}
          >
            <span className="version-name">
              {name}
              <TimingTag timing={timing} />
            </span>
            <span className="quiet num">{t('from', { date: from })}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

import { useTerms } from '../texts/terms.ts';
import { StateTag } from './states.tsx';
import { type TonedKind, toneOf } from './tones.ts';

/** A state of the data, in words and in its tone. */
export function State({ kind, code }: { kind: TonedKind; code: string }) {
  const term = useTerms();
  return <StateTag tone={toneOf(kind, code)}>{term(kind, code)}</StateTag>;
}

/** A level from 1 to 5 as five steps beside its name: C for investors, R for products. */
export function Level({ kind, level }: { kind: 'investorLevel' | 'riskLevel'; level: number }) {
  const term = useTerms();
  return (
    <span className="level">
      <span className={`level-steps level-${level}`} aria-hidden="true">
        {[1, 2, 3, 4, 5].map((step) => (
          <i key={step} className={step <= level ? 'level-on' : ''} />
        ))}
      </span>
      {term(kind, level)}
    </span>
  );
}

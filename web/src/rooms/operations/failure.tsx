import { Data } from '../../parts/figure.tsx';
import { useText } from '../../texts/texts.ts';
import type { Step } from './data.ts';
import { texts } from './texts.ts';

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

/** Why a step failed: its code and what it is about. */
export function Failure({ failure }: { failure: NonNullable<Step['failure']> }) {
  const t = useText(texts);
  return (
    <div className="step-failure" role="alert">
      <p>
        {t('failure')} <Data isCode>{failure.code}</Data>
      </p>
      <dl>
        {Object.entries(failure.details).map(([name, value]) => (
          <div key={name}>
            <dt translate="no">{name}</dt>
            <dd>
              <Data>{textOf(value)}</Data>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

import { Diff } from '../../parts/diff.tsx';
import { useText } from '../../texts/texts.ts';
import type { Approval } from './approval.ts';
import { texts } from './texts.ts';

const daysIn = (facts: Record<string, unknown> | null): number =>
  typeof facts?.['days'] === 'number' ? facts['days'] : 0;

/** For how many days files are kept, before and after, and from when. */
export function RetentionChange({ approval: { payload, before } }: { approval: Approval }) {
  const t = useText(texts);
  return (
    <div className="stack">
      <p className="quiet">{t('from', { date: String(payload['effectiveDate']) })}</p>
      <Diff
        label={t('change')}
        items={[
          {
            key: 'days',
            name: t('retention'),
            before: t('days', { count: daysIn(before) }),
            after: t('days', { count: daysIn(payload) }),
          },
        ]}
      />
    </div>
  );
}

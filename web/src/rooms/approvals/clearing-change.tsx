import { Link } from '@tanstack/react-router';
import { Data } from '../../parts/figure.tsx';
import { Facts } from '../../parts/page.tsx';
import { useText } from '../../texts/texts.ts';
import { type Approval, textIn } from './approval.ts';
import { texts } from './texts.ts';

/** Acts on the business day: which day, package or exception, and why. */
export function ClearingChange({ approval: { kind, payload } }: { approval: Approval }) {
  const t = useText(texts);
  const day = textIn(payload, 'businessDate');
  const parcel = textIn(payload, 'package');
  const exceptionId = textIn(payload, 'exceptionId');
  const all = Array.isArray(payload['exceptionIds']) ? (payload['exceptionIds'] as string[]) : [];
  return (
    <div className="stack">
      <p>
        {t(
          kind === 'clearing.waive' ? 'waive' : kind === 'clearing.void-record' ? 'void' : 'accept',
        )}
      </p>
      <Facts
        items={[
          ...(day === undefined
            ? []
            : [{ name: t('day'), value: <span className="num">{day}</span> }]),
          ...(parcel === undefined
            ? []
            : [{ name: t('package'), value: <Data isCode>{parcel}</Data> }]),
          ...(exceptionId === undefined
            ? []
            : [{ name: t('exception'), value: <Data isCode>{exceptionId}</Data> }]),
          ...(all.length === 0
            ? []
            : [{ name: t('exceptions'), value: <Data isCode>{all.join(' ')}</Data> }]),
          { name: t('makerReason'), value: <Data>{textIn(payload, 'reason') ?? '—'}</Data> },
        ]}
      />
      <Link to="/operations" search={{ tab: 'exceptions', ...(day === undefined ? {} : { day }) }}>
        {t('seeExceptions')}
      </Link>
    </div>
  );
}

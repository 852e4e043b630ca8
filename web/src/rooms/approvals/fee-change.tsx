import { FundName } from '../../parts/fund.tsx';
import { type FeeKind, FeeTable, type Tier } from '../../parts/fund-terms/fee-table.tsx';
import { LoadFailed } from '../../parts/problem.tsx';
import { Loading } from '../../parts/states.tsx';
import { useText } from '../../texts/texts.ts';
import type { Approval } from './approval.ts';
import { useTermsOn } from '../../parts/fund-terms/terms-on.ts';
import { texts } from './texts.ts';

interface Row {
  readonly fundCode: string;
  readonly kind: FeeKind;
  readonly effectiveDate: string;
  readonly tiers: readonly Tier[];
}

const ROWS_SHOWN_MAX = 20;

function RowTables({ row }: { row: Row }) {
  const t = useText(texts);
  const query = useTermsOn(row.fundCode, row.effectiveDate);
  if (query.isLoadingError)
    return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Loading rows={2} />;
  return (
    <section className="change-row">
      <h3>
        <FundName code={row.fundCode} /> {t('from', { date: row.effectiveDate })}
      </h3>
      <div className="change-columns">
        <div>
          <h4 className="quiet">{t('before')}</h4>
          <FeeTable kind={row.kind} tiers={query.data.fees[row.kind]} />
        </div>
        <div>
          <h4>{t('after')}</h4>
          <FeeTable kind={row.kind} tiers={row.tiers} />
        </div>
      </div>
    </section>
  );
}

/** Fee schedules: the tiers in force beside those that would be. */
export function FeeChange({ approval: { payload } }: { approval: Approval }) {
  const t = useText(texts);
  const rows = Array.isArray(payload['rows']) ? (payload['rows'] as Row[]) : [];
  return (
    <div className="stack">
      {rows.slice(0, ROWS_SHOWN_MAX).map((row) => (
        <RowTables key={`${row.fundCode} ${row.kind} ${row.effectiveDate}`} row={row} />
      ))}
      {rows.length > ROWS_SHOWN_MAX ? (
        <p className="quiet">{t('more', { count: rows.length - ROWS_SHOWN_MAX })}</p>
      ) : null}
    </div>
  );
}

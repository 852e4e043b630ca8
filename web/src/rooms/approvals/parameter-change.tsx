import { FundName } from '../../parts/fund.tsx';
import { ParameterDiff, type ParameterValues } from '../../parts/fund-terms/parameter-diff.tsx';
import { useTermsOn } from '../../parts/fund-terms/terms-on.ts';
import { LoadFailed } from '../../parts/problem.tsx';
import { Loading } from '../../parts/states.tsx';
import { useText } from '../../texts/texts.ts';
import type { Approval } from './approval.ts';
import { texts } from './texts.ts';

interface Row {
  readonly fundCode: string;
  readonly effectiveDate: string;
  readonly values: ParameterValues;
}

const ROWS_SHOWN_MAX = 20;

function rowsOf({ payload }: Approval): readonly Row[] {
  return Array.isArray(payload['rows']) ? (payload['rows'] as Row[]) : [];
}

function RowDiff({ row }: { row: Row }) {
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
      <ParameterDiff label={t('change')} before={query.data.parameters} after={row.values} />
    </section>
  );
}

/** Parameters of products: what would differ from the terms in force on that day. */
export function ParameterChange({ approval }: { approval: Approval }) {
  const t = useText(texts);
  const rows = rowsOf(approval);
  return (
    <div className="stack">
      {rows.slice(0, ROWS_SHOWN_MAX).map((row) => (
        <RowDiff key={`${row.fundCode} ${row.effectiveDate}`} row={row} />
      ))}
      {rows.length > ROWS_SHOWN_MAX ? (
        <p className="quiet">{t('more', { count: rows.length - ROWS_SHOWN_MAX })}</p>
      ) : null}
    </div>
  );
}

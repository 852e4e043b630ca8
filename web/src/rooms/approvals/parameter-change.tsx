import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../../api/client.ts';
import { Diff } from '../../parts/diff.tsx';
import { FundName } from '../../parts/fund.tsx';
import {
  type ParameterName,
  PARAMETERS,
  ParameterValue,
} from '../../parts/fund-terms/parameters.tsx';
import { fundTermTexts } from '../../parts/fund-terms/texts.ts';
import { LoadFailed } from '../../parts/problem.tsx';
import { Loading } from '../../parts/states.tsx';
import { useText } from '../../texts/texts.ts';
import type { Approval } from './approval.ts';
import { texts } from './texts.ts';

interface Row {
  readonly fundCode: string;
  readonly effectiveDate: string;
  readonly values: Readonly<Partial<Record<ParameterName, string>>>;
}

const ROWS_SHOWN_MAX = 20;

function rowsOf({ payload }: Approval): readonly Row[] {
  return Array.isArray(payload['rows']) ? (payload['rows'] as Row[]) : [];
}

/** The terms that are in force on the day on which the change would begin. */
export function useTermsOn(fundCode: string, date: string) {
  return useQuery({
    queryKey: ['products', 'terms', fundCode, date],
    queryFn: () =>
      ask(() =>
        api.GET('/products/{fundCode}', { params: { path: { fundCode }, query: { date } } }),
      ),
  });
}

/** Two texts of one decimal mean the same: '0.00' and '0'. */
const same = (a: string | undefined, b: string | undefined): boolean => {
  const plain = (text: string | undefined) =>
    text?.includes('.') === true ? text.replace(/\.?0+$/, '') : text;
  return plain(a) === plain(b);
};

function RowDiff({ row }: { row: Row }) {
  const t = useText(texts);
  const f = useText(fundTermTexts);
  const query = useTermsOn(row.fundCode, row.effectiveDate);
  if (query.isError) return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />;
  if (query.data === undefined) return <Loading rows={2} />;
  const { parameters } = query.data;
  const changed = PARAMETERS.filter((name) => !same(parameters[name], row.values[name]));
  return (
    <section className="change-row">
      <h3>
        <FundName code={row.fundCode} /> {t('from', { date: row.effectiveDate })}
      </h3>
      <Diff
        label={t('change')}
        items={changed.map((name) => ({
          key: name,
          name: f(`param.${name}`),
          before:
            parameters[name] === undefined ? null : (
              <ParameterValue name={name} value={parameters[name]} />
            ),
          after:
            row.values[name] === undefined ? null : (
              <ParameterValue name={name} value={row.values[name]} />
            ),
        }))}
      />
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

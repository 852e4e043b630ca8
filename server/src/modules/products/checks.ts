/** The invariant of terms and fees, re-derived from facts (`cairn check`). */
import type { Check } from '../../platform/check.ts';

/** A3 of this module: a version was written at the moment two people had agreed to it. */
const termsByTwo: Check = {
  id: 'A3-terms',
  title: 'Every version of terms and fees stands in a change that two people agreed to',
  titleZh: '每个参数与费率版本均出自经双人复核的变更',
  run: (sql) =>
    sql.query<{ subject: string; detail: Record<string, unknown> }>(
      `select what as subject,
         jsonb_build_object('version', version, 'recordedAt', recorded_at) as detail
       from (
         select 'terms:' || fund_code as what, 'products.parameters' as kind, fund_code,
           effective_date, version, recorded_at
         from products.fund_parameters
         union all
         select 'fees:' || fund_code || '/' || kind, 'products.fee-schedules', fund_code,
           effective_date, version, recorded_at
         from products.fee_schedules) as v
       where not exists (select 1 from platform.approvals a
         where a.kind = v.kind and a.state = 'approved' and a.decided_at = v.recorded_at
           and a.payload::jsonb -> 'rows' @> jsonb_build_array(jsonb_build_object(
             'fundCode', v.fund_code, 'effectiveDate', v.effective_date::text)))
       order by 1, version limit 100`,
    ),
};

/** Every invariant of this module. */
export const productsChecks: readonly Check[] = [termsByTwo];

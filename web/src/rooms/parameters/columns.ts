/** The columns of each kind of file, as its header names them; those in the second list may lack. */
import type { paths } from '../../api/schema.ts';

export type ImportKind = paths['/products/imports']['post']['parameters']['query']['kind'];

export const COLUMNS: Readonly<
  Record<ImportKind, readonly [readonly string[], readonly string[]]>
> = {
  funds: [
    ['fund_code', 'name', 'registrar_code', 'fund_type'],
    [
      'main_code',
      'class_name',
      'share_class',
      'manager_name',
      'custodian_name',
      'currency',
      'established_date',
      'sold',
    ],
  ],
  navs: [
    ['fund_code', 'nav_date', 'nav'],
    ['accumulated', 'source'],
  ],
  parameters: [
    [
      'fund_code',
      'effective_date',
      'status',
      'risk_level',
      'term',
      'variety',
      'min_first_purchase',
      'min_next_purchase',
      'purchase_step',
      'max_purchase',
      'day_max_purchase',
      'min_redemption',
      'redemption_step',
      'min_holding',
      'confirm_days',
      'purchase_pay_days',
      'redemption_cash_days',
      'dividend_cash_days',
      'units_rounding',
      'holding_days_rule',
      'fee_rounding',
      'default_dividend_method',
      'service_fee_rate',
      'face_value',
      'cut_off',
    ],
    ['offer_start', 'offer_end'],
  ],
  feeSchedules: [
    ['fund_code', 'kind', 'effective_date'],
    ['from_amount', 'from_days', 'rate', 'flat', 'to_fund_share'],
  ],
  dividends: [['fund_code', 'record_date', 'ex_date', 'pay_date', 'per_unit'], ['source']],
  splits: [['fund_code', 'ex_date', 'ratio'], ['source']],
  closedDays: [['fund_code', 'closed_date', 'reason'], ['closed']],
  tradingDays: [['date', 'open'], []],
  tradingDayCorrections: [['date', 'open'], []],
};

export const IMPORT_KINDS: readonly [ImportKind, ...ImportKind[]] = [
  'navs',
  'funds',
  'parameters',
  'feeSchedules',
  'dividends',
  'splits',
  'closedDays',
  'tradingDays',
  'tradingDayCorrections',
];

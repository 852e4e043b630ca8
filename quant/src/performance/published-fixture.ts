/*
 * Published cases that cannot pass, by the reason. A test holds this list against what really
 * fails: a case that begins to pass must leave it. Keys are cut to 72 characters.
 */
const BY_REASON: Readonly<Record<string, readonly string[]>> = {
  'states no value: it compares two random draws with each other; see laws.test.ts for ours': [
    'test_alpha_beta_correlation: 0.1 | 0.9',
    'test_alpha_beta_translation: 0 | 0.001',
    'test_alpha_beta_translation: 0.01 | 0.001',
    'test_alpha_beta_with_nan_inputs: sparse_noise | sparse_noise',
    'test_cagr_noisy: flat_line_1_tz | noise',
    'test_cagr_noisy: pos_line | noise',
    'test_cagr_noisy: pos_line | noise_uniform',
    'test_cagr_with_nan_inputs: sparse_noise',
    'test_downside_risk_std: 0 | 0.001',
    'test_downside_risk_std: 0.001 | 0.002',
    'test_downside_risk_std: 0.001 | 0.01',
    'test_downside_risk_trans: noise | 0.005',
    'test_downside_risk_trans: noise_uniform | 0.005',
    'test_excess_sharpe_noisy: flat_line_0 | pos_line',
    'test_excess_sharpe_noisy: flat_line_1_tz | pos_line',
    'test_excess_sharpe_noisy: noise | pos_line',
    'test_excess_sharpe_trans: neg_line | inv_noise | flat_line_1_tz',
    'test_excess_sharpe_trans: neg_line | noise | flat_line_1_tz',
    'test_excess_sharpe_trans: pos_line | inv_noise | flat_line_1_tz',
    'test_excess_sharpe_trans: pos_line | noise | flat_line_1_tz',
    'test_max_drawdown_translation: noise | 0.0001',
    'test_max_drawdown_translation: noise | 0.001',
    'test_max_drawdown_translation: noise_uniform | 0.01',
    'test_max_drawdown_translation: noise_uniform | 0.1',
    'test_omega_returns: noise | 0.001 | 0.002',
    'test_omega_returns: noise_uniform | 0.0 | 0.001',
    'test_sharpe_noise: 0.001 | 0.002',
    'test_sharpe_noise: 0.01 | 0.02',
    'test_sharpe_translation_1: noise | 0 | 0.005',
    'test_sharpe_translation_1: noise_uniform | 0 | 0.005',
    'test_sharpe_translation_diff: noise_uniform | 0 | 0.0002 | 0.0001',
    'test_sharpe_translation_diff: noise_uniform | 0.005 | 0.0001 | 0.0002',
    'test_sortino_sub_noise: noise | 0',
    'test_sortino_sub_noise: noise_uniform | 0',
    'test_sortino_translation_diff: noise_uniform | 0 | 0 | 0.001',
    'test_sortino_translation_diff: noise_uniform | 0.005 | 0.001 | 0',
  ],
  'its two digits hold for the draw of the source, which is not printed': [
    'test_beta: simple_benchmark + rand.normal(0, 0.001, len(simple_benchmark',
  ],
  'rests on one observation; this library asks for at least two and says TOO_FEW_OBSERVATIONS': [
    'test_downside_risk: one_return | 0.0 | empyrical.DAILY | 0.0',
    'test_tail_ratio: one_return | 1.0',
    'test_up_capture: one_return | one_return | 1.0',
  ],
  'expects one row for each day of the benchmark; a fund without returns has no window here': [
    'test_roll_alpha_beta: empty_returns | simple_benchmark | 1 | [(np.nan, n',
  ],
  'begins with a price of zero; this library says TOTAL_LOSS instead of an infinite return': [
    'test_simple_returns: pos_line | [np.inf] + [1 / n for n in range(1, 999)',
  ],
};

/** Each case with its reason. */
export const UNREPRODUCED_CASES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(BY_REASON).flatMap(([reason, cases]) => cases.map((name) => [name, reason])),
);

/*
 * Published cases that cannot pass, by the reason. A test holds this list against what really
 * fails: a case that begins to pass must leave it. Keys are cut to 72 characters.
 */
const BY_REASON: Readonly<Record<string, readonly string[]>> = {
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

import type { Visit } from '../visit.ts';

/** The shelf, one product with its tabs, and two side by side. */
export async function productManagerCompares(visit: Visit): Promise<void> {
  const { page, say } = visit;
  await visit.enter('产品货架', 'Products');
  await visit.look('shelf');
  await page.getByRole('checkbox').nth(0).check();
  await page.getByRole('checkbox').nth(1).check();
  await visit.button('对比（2）', 'Compare (2)').click();
  await page.getByRole('heading', { name: say('产品对比', 'Products side by side') }).waitFor();
  await visit.look('comparison');
  await page.getByRole('columnheader').getByRole('link').first().click();
  await page.getByRole('tab').first().waitFor();
  await visit.look('fund');
  for (const [zh, en] of [
    ['业绩与风险', 'Returns and risk'],
    ['费率', 'Fees'],
    ['交易参数', 'Terms'],
    ['分红', 'Dividends'],
  ] as const) {
    await page.getByRole('tab', { name: say(zh, en) }).click();
    await visit.look(`fund, ${en}`);
  }
}

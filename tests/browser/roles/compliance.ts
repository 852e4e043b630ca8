import type { Visit } from '../visit.ts';

/** A busy machine takes its time; nothing here is measured. */
const MADE_WITHIN_MS = 120_000;

interface OrderPage {
  orders: { orderId: string; customerId: string; kind: string }[];
}

/** Looks a customer up in full for a purpose, finds that look in the audit, proves an order. */
export async function complianceLooks(visit: Visit): Promise<void> {
  const { page, say, house } = visit;
  const token = await house.logIn(await house.hire('compliance'));
  const { orders } = await house.call<OrderPage>('GET', '/orders?limit=100', undefined, token);
  const order = orders.find(({ kind }) => kind === 'purchase');
  if (order === undefined) throw new Error('the demonstration has no purchase');

  await visit.open(`/customers/${order.customerId}?tab=identity`);
  await visit.button('查看完整信息', 'Show in full').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(say('用途', 'Purpose')).fill(say('回访', 'Call back'));
  await visit.look('unmask, purpose');
  await dialog.getByRole('button', { name: say('查看', 'Show'), exact: true }).click();
  await page.getByText(say('正在显示完整信息', 'Shown in full')).waitFor();
  await visit.look('customer in full');

  await visit.enter('审计', 'Audit');
  await visit.field('动作', 'Action').fill('customers.unmask');
  const row = page.getByRole('row').filter({ hasText: order.customerId }).first();
  await row.waitFor();
  await row.getByRole('button').click();
  await page.getByRole('dialog').getByText(say('回访', 'Call back')).waitFor();
  await visit.look('audit of a look');
  await page.keyboard.press('Escape');
  await visit.button('校验哈希链', 'Verify the chains').click();
  await page
    .getByText(say('全部记录完整，未被改动', 'Every record is there and unchanged'))
    .waitFor();

  await visit.open(`/orders/${order.orderId}`);
  await visit.button('重新计算', 'Compute again').click();
  await page
    .getByText(say('重新计算的结果与当时记录完全一致', 'Computed again, it agrees with the record'))
    .waitFor();
  await visit.look('proof of an order');

  await visit.enter('对账单与报告', 'Statements');
  await visit.button('批量生成', 'Make for many').click();
  await page.getByLabel(say('持仓报告', 'Holdings report')).check();
  await page.getByLabel(say('产品', 'Product'), { exact: true }).check();
  await visit.field('用途', 'Purpose').fill(say('抽查', 'Sample'));
  await visit.look('documents for many');
  await visit.button('提交', 'Begin').click();
  const made = page.getByRole('button', { name: say('下载压缩包', 'Fetch the archive') }).first();
  await made.waitFor();
  await page.waitForFunction(
    () => document.querySelector('tbody td.cell-action button:not([disabled])') !== null,
    undefined,
    { timeout: MADE_WITHIN_MS },
  );
  const [archive] = await Promise.all([page.waitForEvent('download'), made.click()]);
  if (!archive.suggestedFilename().endsWith('.zip')) throw new Error('no archive came');
  await visit.look('documents for many, made');
}

import { expect } from 'vitest';
import type { Visit } from '../visit.ts';
import { findCautious, findHolder } from './cautious.ts';

/** A note that was wrong stays and says by which it was corrected. */
async function writeNotes(visit: Visit): Promise<void> {
  const { page, say } = visit;
  await visit.field('备注内容', 'Note').fill('约定三月下旬回访');
  await visit.button('添加备注', 'Add the note').click();
  const note = page.getByText(/^(?:备注|Note) \d+$/).first();
  const no = Number(/\d+/.exec((await note.textContent()) ?? '')?.[0]);
  await page.getByRole('button', { name: say(`更正 备注 ${no}`, `Correct Note ${no}`) }).click();
  await visit.field('备注内容', 'Note').fill('约定四月上旬回访');
  await visit.button('更正', 'Correct').click();
  const corrected = say(`已由第 ${no + 1} 条更正`, `corrected by note ${no + 1}`);
  await page.getByText(corrected).waitFor();
  await visit.look('notes of a customer');
}

/** Addresses that lead nowhere: said in words with a way out, and nothing of the wire. */
async function asksForNothing(visit: Visit): Promise<void> {
  const { page, say } = visit;
  for (const [path, said] of [
    ['/orders/abc', say('没有找到', 'Nothing was found')],
    ['/nothing/here', say('没有这个页面', 'There is no such page')],
  ] as const) {
    await visit.open(path);
    await page.getByRole('heading', { name: said, exact: true }).waitFor();
    await visit.link('回到首页', 'Back to the first page').waitFor();
    await visit.room('客户', 'Customers').waitFor();
    expect(await page.getByText('orderId').count()).toBe(0);
  }
}

/** Redeeming: which lots would go first, how long each was held, and the fee of that step. */
async function asksForLots(visit: Visit, token: string): Promise<void> {
  const { page, say } = visit;
  const { customerId, fundCode } = await findHolder(visit.house, token);
  await visit.open(`/orders/new?customerId=${customerId}&fundCode=${fundCode}`);
  await page.getByText(say('赎回', 'Redemption'), { exact: true }).click();
  await visit.button('全部', 'All').click();
  await page.getByRole('table', { name: say('将赎回的明细', 'Lots to be redeemed') }).waitFor();
  await visit.look('order desk, redemption');
}

/** From the search to the proof: find, look, preview, warn, place, prove. */
export async function adviserOrders(visit: Visit): Promise<void> {
  const { page } = visit;
  const token = await visit.house.logIn(await visit.house.hire('adviser'));
  const customerId = await findCautious(visit.house, token);
  await visit.look('home of the adviser');
  await visit.enter('客户', 'Customers');
  await visit.field('查找客户', 'Find a customer').fill(customerId);
  await page.getByText(customerId).waitFor();
  await visit.look('customers');
  await page.getByRole('row').filter({ hasText: customerId }).getByRole('link').first().click();
  await page.getByRole('tab').first().waitFor();
  await visit.look('customer');
  for (const [zh, en] of [
    ['持仓', 'Holdings'],
    ['适当性', 'Suitability'],
    ['资金与份额', 'Cash and units'],
    ['身份资料', 'Identity'],
    ['时间线', 'Timeline'],
  ] as const) {
    await page.getByRole('tab', { name: visit.say(zh, en) }).click();
    await visit.look(`customer, ${en}`);
  }
  await writeNotes(visit);
  await visit.button('对账单与报告', 'Statements and reports').click();
  await page.getByRole('dialog').waitFor();
  await visit.look('documents of a customer');
  const [statement] = await Promise.all([
    page.waitForEvent('download'),
    visit.button('生成并下载', 'Make and download').click(),
  ]);
  expect(statement.suggestedFilename()).toMatch(/^statement-C[0-9A-Z]{15}-(zh|en)\.pdf$/);
  await asksForLots(visit, token);
  await visit.open(`/orders/new?customerId=${customerId}&fundCode=990321`);
  await visit.field('金额', 'Amount').fill('10000');
  await page.getByText(visit.say('不能受理', 'Cannot be accepted'), { exact: true }).waitFor();
  await visit.look('order desk, refused');
  await visit.button('出示警示', 'Show the warning').click();
  await page.getByRole('checkbox').check();
  await visit.look('order desk, warning');
  await visit.button('记录确认', 'Record the confirmation').click();
  await page.getByText(visit.say('可以受理', 'Can be accepted'), { exact: true }).waitFor();
  await visit.button('提交委托', 'Place the order').click();
  await page.getByText(visit.say('委托已受理', 'The order is accepted')).waitFor();
  await page.getByRole('alert').getByRole('link').click();
  await visit.button('重新计算', 'Compute again').click();
  const verdict = visit.say(
    '重新计算的结果与当时记录完全一致',
    'Computed again, it agrees with the record',
  );
  await page.getByText(verdict).waitFor();
  expect(await page.getByText(customerId).count()).toBeGreaterThan(0);
  await visit.look('order');
  await visit.enter('交易委托', 'Orders');
  await page.getByRole('row').nth(1).waitFor();
  await visit.look('orders');
  await asksForNothing(visit);
}

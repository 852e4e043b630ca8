import { expect } from 'vitest';
import { tabTo } from '../keyboard.ts';
import type { Visit } from '../visit.ts';

/** The demonstration's fund of the lowest risk. */
const CALM_FUND = '990011';

interface Found {
  customers: { customerId: string }[];
}

/** A customer who may buy the calm fund without any warning. */
async function findReady(visit: Visit): Promise<string> {
  const { house } = visit;
  const token = await house.logIn(await house.hire('adviser'));
  const { customers } = await house.call<Found>('GET', '/customers?limit=200', undefined, token);
  for (const { customerId } of customers) {
    const asked = {
      kind: 'purchase',
      customerId,
      fundCode: CALM_FUND,
      amount: '5000',
      channel: '0',
    };
    const { findings } = await house.call<{ findings: object[] }>(
      'POST',
      '/orders/preview',
      asked,
      token,
    );
    if (findings.length === 0) return customerId;
  }
  throw new Error('the demonstration has nobody who may buy the calm fund');
}

/** From the side bar to an accepted order without a mouse; every stop shows that it has the focus. */
export async function adviserTypesAnOrder(visit: Visit): Promise<void> {
  const { page, say } = visit;
  const customerId = await findReady(visit);
  const { keyboard } = page;
  const hidden: string[] = [];
  const go = async (wanted: Parameters<typeof tabTo>[1]) => {
    hidden.push(...(await tabTo(page, wanted)));
  };
  await page.reload();
  await visit.room('交易委托', 'Orders').waitFor();
  await go(visit.room('交易委托', 'Orders'));
  await keyboard.press('Enter');
  await visit.link('下单', 'New order').waitFor();
  await go(visit.link('下单', 'New order'));
  await keyboard.press('Enter');
  await page.locator('#customer').waitFor();
  await go(page.locator('#customer'));
  await keyboard.type(customerId);
  await page.locator('.ant-select-item-option', { hasText: customerId }).waitFor();
  await keyboard.press('Enter');
  await go(page.locator('#fund'));
  await keyboard.type(CALM_FUND);
  await page.locator('.ant-select-item-option', { hasText: CALM_FUND }).waitFor();
  await keyboard.press('Enter');
  await go(page.locator('#quantity'));
  await keyboard.type('5000');
  await page.getByText(say('可以受理', 'Can be accepted'), { exact: true }).waitFor();
  // A figure of the preview opens, and gives the focus back.
  const fee = page.locator('button[data-figure="purchaseFeeExpected"]');
  await go(fee);
  await keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await fee.evaluate((button) => button === document.activeElement)).toBe(true);
  await go(visit.button('提交委托', 'Place the order'));
  await keyboard.press('Enter');
  await page.getByText(say('委托已受理', 'The order is accepted')).waitFor();
  expect(hidden).toEqual([]);
}

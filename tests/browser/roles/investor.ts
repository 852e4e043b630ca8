import { expect } from 'vitest';
import type { Visit } from '../visit.ts';
import { BOLD_FUND, findCautious, findHeld } from './cautious.ts';

// Each language invites somebody else: an access belongs to one person.
const invited = new Set<string>();

/** Staff invite a customer who is more careful than the bold fund and holds something. */
async function invite(visit: Visit) {
  const { house } = visit;
  const token = await house.logIn(await house.hire('adviser'));
  for (;;) {
    const customerId = await findCautious(house, token, invited);
    invited.add(customerId);
    const held = await findHeld(house, token, customerId);
    if (held === undefined) continue;
    const userName = `investor.${invited.size}`;
    const answer = await house.call<{ activationCode: string }>(
      'POST',
      `/customers/${customerId}/investor-access`,
      { userName },
      token,
    );
    return { userName, code: answer.activationCode, held };
  }
}

/** The bank brings cash in, and the page says on which business day. */
async function paysIn(visit: Visit): Promise<void> {
  const { page, say } = visit;
  await visit.link('转入资金', 'Pay in').click();
  await page.getByRole('textbox', { name: say('金额', 'Amount') }).fill('20000');
  await visit.look('cash in');
  await visit.button('确认转入', 'Pay in').click();
  await page.getByText(say('已转入', 'Paid in')).waitFor();
  await visit.look('cash in, done');
}

/** What is his alone: the questionnaire, which he leaves, and his logins. */
async function looksAfterHimself(visit: Visit): Promise<void> {
  const { page, say } = visit;
  await visit.open('/my/self/risk');
  await page.getByText(say('当前等级', 'Present level')).waitFor();
  await visit.look('my risk level');
  await visit.link('重新测评', 'Assess again').click();
  await page.locator('fieldset.question').waitFor();
  await visit.look('my questionnaire');
  await visit.open('/my/self');
  await visit.look('my particulars');
  await visit.link('密码与登录', 'Password and logins').click();
  await page.getByText(say('当前会话', 'This session')).waitFor();
  await visit.look('my logins');
}

async function buys(visit: Visit): Promise<void> {
  const { page, say } = visit;
  await visit.open('/my/products');
  await page.locator('.my-fund').first().waitFor();
  await visit.look('products of an investor');
  await visit.open(`/my/products/${BOLD_FUND}`);
  await visit.link('买入', 'Buy').waitFor();
  await visit.look('product of an investor');
  await visit.link('买入', 'Buy').click();
  await page.getByRole('textbox', { name: say('金额', 'Amount') }).fill('10000');
  await visit.button('阅读警示', 'Read the warning').click();
  // One can insist only after the end of the text was seen.
  await page.locator('.warning-text').evaluate((text) => text.scrollTo(0, text.scrollHeight));
  await page.getByRole('checkbox').check();
  await visit.look('warning before a purchase');
  await visit.button('确认', 'Confirm').click();
  await visit.button('核对并提交', 'Check and place').click();
  await page.getByRole('dialog').waitFor();
  await visit.look('purchase, checked');
  await visit.button('确认提交', 'Place the order').click();
  await page.getByText(say('委托已受理', 'The order is accepted')).waitFor();
  await visit.look('purchase, accepted');
  await visit.link('查看委托', 'See the order').click();
  await page.getByText(BOLD_FUND).first().waitFor();
  await visit.look('order of an investor');
  await visit.open('/my/orders');
  await page.locator('.my-order').first().waitFor();
  await visit.look('my orders');
}

async function redeems(visit: Visit, fundCode: string): Promise<void> {
  const { page, say } = visit;
  await visit.open(`/my/products/${fundCode}/redeem`);
  await page.getByRole('textbox', { name: say('份额', 'Units') }).fill('100');
  await visit.button('核对并提交', 'Check and place').click();
  await visit.button('确认提交', 'Place the order').click();
  await page.getByText(say('委托已受理', 'The order is accepted')).waitFor();
  await visit.look('redemption, accepted');
}

/** On a phone: what is his, what he earned, paying in, buying after a warning, redeeming, level, logins, papers. */
export async function investorOnAPhone(visit: Visit): Promise<void> {
  const { page, say } = visit;
  const { held, ...invitation } = await invite(visit);
  await visit.takeUp(invitation);
  await page.getByText(held.fundName).first().waitFor();
  await visit.look('my assets');
  await page.getByText(say('日历', 'Calendar'), { exact: true }).click();
  await visit.look('profit calendar');
  await paysIn(visit);
  await buys(visit);
  await redeems(visit, held.fundCode);
  await looksAfterHimself(visit);
  await visit.open('/my/self/statements');
  await page.getByText(say('份额变动', 'Units'), { exact: true }).click();
  await visit.look('my statements');
  await visit.button('对账单与报告', 'Statements and reports').click();
  await page.getByLabel('Excel').check();
  await visit.look('my documents');
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    visit.button('生成并下载', 'Make and download').click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/\.xlsx$/);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
}

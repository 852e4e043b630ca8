import { expect } from 'vitest';
import type { Visit } from '../visit.ts';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** A right identity number, computed apart from the server's own check. */
function identityNumber(sequence: number): string {
  const digits = `11010519900307${String(sequence).padStart(3, '0')}`;
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(digits[place]), 0);
  return digits + ('10X98765432'[sum % 11] ?? '');
}

/** The last digit is one off: the mistake that the check character is there for. */
const mistyped = (number: string): string =>
  number.slice(0, -1) + (number.endsWith('1') ? '2' : '1');

async function typeCertificate(visit: Visit, number: string): Promise<void> {
  const { page, say } = visit;
  await visit.field('姓名', 'Name').fill('欧阳娜娜');
  const certificate = visit.field('证件号码', 'Certificate number');
  await certificate.fill(mistyped(number));
  await visit.field('证件有效期至', 'Valid until').fill('20200101');
  await visit.field('姓名', 'Name').focus();
  // The server's own words, while one types.
  await page.getByText(say('末位校验码不符', 'does not agree with its check character')).waitFor();
  await page.getByText(say('请提供有效证件', 'Present a valid certificate')).waitFor();
  await visit.look('opening, faults');
  await certificate.fill(number);
  await visit.field('证件有效期至', 'Valid until').fill('20351231');
  await page.getByText(say('证件号码显示', 'By the number')).waitFor();
  await visit.button('下一步', 'Next').click();
}

/** Left in the middle, found among the drafts, gone on with. */
async function leaveAndGoOn(visit: Visit): Promise<void> {
  const { page } = visit;
  await visit.field('联系电话', 'Telephone').fill('13800138000');
  await visit.look('opening, contact');
  await visit.button('保存并离开', 'Save and leave').click();
  await page.getByRole('link', { name: '欧**娜' }).waitFor();
  await visit.look('openings with a draft');
  await page.getByRole('link', { name: '欧**娜' }).click();
  expect(await visit.field('联系电话', 'Telephone').inputValue()).toBe('13800138000');
  await visit.field('营业部', 'Branch').fill('B01');
  await page.keyboard.press('Tab');
  await visit.button('下一步', 'Next').click();
}

async function openCashAccount(visit: Visit): Promise<void> {
  const { page, say } = visit;
  await visit.field('开户银行代码', 'Bank code').fill('102');
  const account = visit.field('银行账号', 'Bank account number');
  await account.fill('6222021001116245703');
  await page.getByText(say('可能输错', 'looks mistyped')).waitFor();
  await visit.look('opening, steps');
  await account.fill('6222021001116245702');
  await visit.button('开立资金账户', 'Open the cash account').click();
  await page.getByText('****5702').waitFor();
}

/** Before the questionnaire a customer has no profile: the page says so, its console says nothing. */
async function lookUnassessed(visit: Visit): Promise<void> {
  const { page, say } = visit;
  const steps = page.url();
  await page.locator(`a[href^="/app/customers/C"]`).first().click();
  await page.getByText(say('尚无适当性档案', 'There is no suitability profile yet')).waitFor();
  await visit.look('customer, not assessed');
  // Who did it stands by name, though the form of the opening asked the directory before.
  await page.getByRole('tab', { name: say('时间线', 'Timeline') }).click();
  await page
    .getByText(/^adviser\.\d+$/)
    .first()
    .waitFor();
  await page.goto(steps);
}

/** Answers the question that is shown, and goes on. */
async function answer(visit: Visit): Promise<void> {
  const question = visit.page.locator('fieldset.question');
  const choice = question.locator('input').nth(1);
  await choice.check();
  await visit.page.locator('.questionnaire-acts button').last().click();
}

async function assess(visit: Visit): Promise<void> {
  const { page, say } = visit;
  await visit.link('开始测评', 'Begin').click();
  const place = (number: number) =>
    page.getByText(say(`第 ${number} 题，共 12 题`, `Question ${number} of 12`));
  await place(1).waitFor();
  for (let number = 1; number <= 4; number += 1) {
    await answer(visit);
    await place(number + 1).waitFor();
  }
  await page.getByText(say('已保存，可稍后继续', 'Saved; you may go on later')).waitFor();
  await page.reload();
  await page.getByText(say('从第 5 题继续', 'go on with question 5')).waitFor();
  await visit.look('questionnaire, gone on with');
  for (let number = 5; number < 12; number += 1) {
    await answer(visit);
    await place(number + 1).waitFor();
  }
  await answer(visit);
  await page.getByText(say('提交前请核对答案', 'Check the answers before handing')).waitFor();
  await visit.look('questionnaire, check');
  await visit.button('提交', 'Submit').click();
  await page.getByText(say('产品风险等级', 'Risk level of products')).waitFor();
  await visit.look('questionnaire, result');
}

/** From the certificate to the level: faults in words, a draft, accounts, questions, and what it means. */
export async function adviserOpens(visit: Visit): Promise<void> {
  const { page, say } = visit;
  const number = identityNumber(visit.language === 'en' ? 12 : 14);
  await visit.enter('开户与测评', 'Openings');
  await visit.link('到期的风险测评', 'Assessments that are due').click();
  await page
    .getByRole('heading', { name: say('到期的风险测评', 'Assessments that are due') })
    .waitFor();
  await visit.look('assessments due');
  await visit.enter('开户与测评', 'Openings');
  await page.getByRole('link', { name: new RegExp(say('个人开户', 'A person')) }).click();
  await typeCertificate(visit, number);
  await leaveAndGoOn(visit);
  await page.getByText(say('资料齐全有效，可以开户', 'Everything is there and right')).waitFor();
  await visit.look('opening, review');
  await visit.button('确认开户', 'Open the customer').click();
  await openCashAccount(visit);
  await lookUnassessed(visit);
  await assess(visit);
  await visit.link('开户进度', 'How far the opening is').last().click();
  await page.getByText(say('3 项已完成', '3 of 5 done')).waitFor();
  await visit.open('/opening/form?kind=1');
  await visit.field('证件号码', 'Certificate number').fill(number);
  // One person, one customer.
  await visit.link('打开客户', 'Open the customer').waitFor();
  await visit.look('opening, one customer already');
  // Another certificate of a person of this name and birthday.
  await visit.field('姓名', 'Name').fill('欧阳娜娜');
  await visit
    .field('证件号码', 'Certificate number')
    .fill(identityNumber(visit.language === 'en' ? 13 : 15));
  await page.getByText(say('姓名与出生日期相同', 'Same name and date of birth')).first().waitFor();
  await visit.look('opening, a similar customer');
  const [similar] = await Promise.all([
    page.waitForEvent('popup'),
    page.locator('.opening-similar a').first().click(),
  ]);
  await similar.getByRole('heading', { name: '欧**娜' }).waitFor();
  await similar.close();
}

import { addDays, dayOfWeek, localDate } from '@cairn/kernel';
import { expect } from 'vitest';
import type { Visit } from '../visit.ts';

async function proposeTerms(visit: Visit): Promise<void> {
  const { page, say } = visit;
  await visit.button('变更参数', 'Change the terms').click();
  await visit.field('生效日期', 'In force from').fill('20260501');
  await visit.field('首次申购下限', 'Least first purchase').fill('1000');
  // Before and after, in the words of the trade.
  await page.getByText('1,000.00').waitFor();
  await visit.look('terms, proposed');
  await visit.button('提交复核', 'Send to review').click();
  await page.getByText(say('已提交，等待另一人复核', 'Sent; it waits')).waitFor();
  await page.keyboard.press('Escape');
  await page.getByText(say('待复核的变更', 'Changes to be reviewed')).waitFor();
  await page.getByText(say('2026-05-01 起', 'from 2026-05-01')).first().waitFor();
}

async function proposeFees(visit: Visit): Promise<void> {
  const { page, say } = visit;
  await visit.button('变更费率', 'Change the fees').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(say('认购', 'Subscription'), { exact: true }).first().click();
  await page.getByLabel(say('第 1 档 费率（%）', 'Tier 1 Rate (%)'), { exact: true }).fill('0.3');
  await page.getByText('0.30%').waitFor();
  await visit.look('fees, proposed');
  await visit.button('提交复核', 'Send to review').click();
  await page.getByText(say('已提交，等待另一人复核', 'Sent; it waits')).waitFor();
  await page.keyboard.press('Escape');
}

async function importNavs(visit: Visit): Promise<void> {
  const { page, say } = visit;
  const file = (rows: readonly string[]) => ({
    name: 'navs.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(['fund_code,nav_date,nav', ...rows].join('\n')),
  });
  await visit.open('/parameters?tab=import');
  const input = page.locator('input[type=file]');
  await input.setInputFiles(file(['999999,2026-03-05,1.2', '990011,2026-13-05,1.2']));
  await visit.button('试运行', 'Try it').click();
  await page.getByRole('row').filter({ hasText: 'nav_date' }).waitFor();
  expect(await visit.button('导入', 'Import').isDisabled()).toBe(true);
  await visit.look('import, faults by row');
  await input.setInputFiles(file(['990011,2026-01-03,1.0000']));
  await visit.button('试运行', 'Try it').click();
  await page.getByText(say('没有错误，可以导入', 'There is no fault')).waitFor();
  await visit.button('导入', 'Import').click();
  await page.getByText(say('已导入', 'Imported'), { exact: true }).waitFor();
  await visit.look('import, done');
}

/** The calendar of this year, and a file of the next one: tried with a fault, then sent to review. */
async function importCalendar(visit: Visit): Promise<void> {
  const { page, say } = visit;
  await page.getByRole('tab', { name: say('交易日历', 'Trading calendar') }).click();
  await page.getByText(say('2026 年交易日历', 'Trading calendar of 2026')).waitFor();
  await visit.look('calendar of a year');
  await visit.button('上一年', 'Previous year').click();
  await page.getByText(say('2025 年交易日历', 'Trading calendar of 2025')).waitFor();
  const rows: string[] = [];
  for (let day = localDate('2027-01-01'); day < '2028-01-01'; day = addDays(day, 1)) {
    if (dayOfWeek(day) <= 5)
      rows.push(`${day},${!/-(01-01|02-0[589]|02-1[0-2]|10-0[1-7])$/.test(day)}`);
  }
  const file = (lines: readonly string[]) => ({
    name: 'calendar-2027.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(['date,open', ...lines].join('\n')),
  });
  const input = page.locator('input[type=file]');
  await input.setInputFiles(file(rows.slice(1)));
  await visit.button('试运行', 'Try it').click();
  await page.getByText(say('缺少 2027-01-01', '2027-01-01')).first().waitFor();
  await visit.look('calendar, a day is missing');
  await input.setInputFiles(file(rows));
  await visit.button('试运行', 'Try it').click();
  await page.getByText(say('没有错误，可以导入', 'There is no fault')).waitFor();
  await visit.button('导入', 'Import').click();
  await page.getByText(say('已提交', 'Sent')).first().waitFor();
  await visit.look('calendar, sent to review');
}

/** Terms and fees of a product from their versions to what waits, and a file with every fault by row. */
export async function parametersAreProposed(visit: Visit): Promise<void> {
  const { page, say } = visit;
  await visit.enter('参数管理', 'Parameters');
  await visit.look('parameters');
  await page.getByRole('link', { name: '990011' }).click();
  await page.getByRole('heading', { name: say('参数版本', 'Versions of the terms') }).waitFor();
  await visit.look('parameters of a product');
  await proposeTerms(visit);
  await proposeFees(visit);
  await visit.look('parameters of a product, waiting');
  await importNavs(visit);
  await importCalendar(visit);
}

/** The questionnaire from the version in force to a next one that waits for a second person. */
export async function questionnaireIsDrawnUp(visit: Visit): Promise<void> {
  const { page, say } = visit;
  await visit.enter('参数管理', 'Parameters');
  await page.getByRole('tab', { name: say('问卷与规则', 'Questionnaires and rules') }).click();
  await visit.look('questionnaires and rules');
  const name = say('个人投资者问卷', 'Questionnaire for persons');
  await page.getByRole('link', { name: new RegExp(name) }).click();
  await page.getByRole('heading', { name }).waitFor();
  await visit.look('questionnaire versions');
  await visit.button('拟定新版本', 'Draw up a new version').click();
  await visit.field('生效时间', 'In force from').fill('20260601');
  await visit.field('有效天数', 'Days it holds').fill('365');
  await page.keyboard.press('Tab');
  await page.getByText(say('1 处变化', '1 differences')).waitFor();
  await visit.look('questionnaire, drawn up');
  // What is typed is judged at once; a question in another place is one difference.
  await visit.button('增加题目', 'Add a question').click();
  await page.getByText(say('第 13 题：题目与选项', 'Question 13: question and options')).waitFor();
  expect(await visit.button('提交复核', 'Send to review').isDisabled()).toBe(true);
  for (const field of ['', say('选项 1 ', 'Option 1 '), say('选项 2 ', 'Option 2 ')]) {
    for (const [zh, en] of [
      ['中文', 'Chinese'],
      ['英文', 'English'],
    ] as const) {
      const name = `${say('第 13 题', 'Question 13')} ${field}${say(zh, en)}`;
      await page.getByLabel(name, { exact: true }).fill(`${zh} ${en}`);
    }
  }
  await page.getByText(say('第 13 题：题目与选项', 'Question 13: question and')).waitFor({
    state: 'detached',
  });
  await visit.button('上移 第 13 题', 'Move up Question 13').click();
  await page.getByText(say('题目顺序', 'Order of the questions'), { exact: true }).waitFor();
  await visit.look('questionnaire, a question more');
  await visit.button('删除 第 12 题', 'Remove Question 12').click();
  await page.getByText(say('1 处变化', '1 differences')).waitFor();
  await visit.button('提交复核', 'Send to review').click();
  await page.getByText(say('已提交，等待另一人复核', 'Sent; it waits')).waitFor();
  await page.keyboard.press('Escape');
  await page.getByText(say('待复核的变更', 'Changes to be reviewed')).waitFor();
  await visit.open('/parameters/suitability/rules');
  await page.getByText(say('匹配表', 'Which risk levels each')).waitFor();
  await visit.look('rules versions');
  await visit.button('拟定新版本', 'Draw up a new version').click();
  await visit.field('生效时间', 'In force from').fill('20260601');
  const cell = (level: RegExp) => page.getByRole('dialog').getByLabel(level);
  await cell(/^C2.* R1/).uncheck();
  await page
    .getByText(say('未包含较低等级已匹配的 R1', 'lacks R1, which a lower'))
    .first()
    .waitFor();
  expect(await visit.button('提交复核', 'Send to review').isDisabled()).toBe(true);
  await visit.look('rules, a fault while typing');
  await cell(/^C2.* R1/).check();
  await visit.field('警示书有效分钟', 'Minutes a warning holds').fill('45');
  await page.keyboard.press('Tab');
  await page.getByText(say('1 处变化', '1 differences')).waitFor();
  await visit.look('rules, drawn up');
  await visit.button('提交复核', 'Send to review').click();
  await page.getByText(say('已提交，等待另一人复核', 'Sent; it waits')).waitFor();
  await page.keyboard.press('Escape');
  await page.getByText(say('待复核的变更', 'Changes to be reviewed')).waitFor();
  await page
    .getByRole('link', { name: say('去复核', 'Review') })
    .first()
    .click();
  await page.getByText(say('警示书有效分钟', 'Minutes a warning holds')).waitFor();
  await visit.look('rules, waiting for a second person');
}

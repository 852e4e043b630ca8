import { findsNoEntry } from './no-entry.ts';
import type { Visit } from '../visit.ts';

/** Reads a record, and has every chain verified. */
export async function auditorVerifies(visit: Visit): Promise<void> {
  const { page, say } = visit;
  await visit.enter('审计', 'Audit');
  await page.getByRole('row').nth(1).getByRole('button').click();
  await page.getByRole('dialog').getByText(say('哈希', 'Hash'), { exact: true }).waitFor();
  await visit.look('audit record');
  await page.keyboard.press('Escape');
  await visit.button('校验哈希链', 'Verify the chains').click();
  await page
    .getByText(say('全部记录完整，未被改动', 'Every record is there and unchanged'))
    .waitFor();
  await visit.look('audit');
  await findsNoEntry(visit, ['/documents', '/opening/form?kind=1']);
  await visit.open('/opening/due');
  await page.getByRole('main').getByRole('table').waitFor();
}

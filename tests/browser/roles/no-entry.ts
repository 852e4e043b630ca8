import type { Request } from 'playwright-core';
import { expect } from 'vitest';
import type { Visit } from '../visit.ts';

/** The address of a room that is not the reader's shows the refusal alone, and asks for nothing. */
export async function findsNoEntry(visit: Visit, paths: readonly string[]): Promise<void> {
  const { page, say } = visit;
  const asked: string[] = [];
  const note = (request: Request) => {
    if (request.resourceType() === 'fetch') asked.push(new URL(request.url()).pathname);
  };
  for (const path of paths) {
    await visit.open('/account');
    await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
    page.on('request', note);
    await visit.open(path);
    const refusal = page.getByRole('main').getByRole('alert');
    await refusal
      .getByRole('heading', { name: say('您没有权限查看', 'You may not see this') })
      .waitFor();
    await visit.look(`no entry to ${path}`);
    page.off('request', note);
    // Nothing else stands in the page: no heading, filter or table of the room.
    expect(await page.getByRole('main').getByRole('heading').count()).toBe(1);
    const parts = page.getByRole('main').locator('input, table, button, select');
    expect(await parts.count()).toBe(0);
  }
  // The header asks for the day that is due; the room asks for nothing.
  const header = ['/auth/session', '/business-days/due/board'];
  expect(asked.filter((path) => !header.includes(path))).toEqual([]);
}

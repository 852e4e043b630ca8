/** A page walked with the keyboard alone: what cannot be reached, and what does not show its focus. */
import type { Locator, Page } from 'playwright-core';

const STOPS_MAX = 120;

/** What has the focus and does not show it; undefined when it does. */
export async function hiddenFocus(page: Page): Promise<string | undefined> {
  // A ring may fade in.
  await page.waitForTimeout(60);
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (focused === null || focused === document.body) return 'nothing has the focus';
    const isShown = (element: Element) => {
      const style = getComputedStyle(element);
      const hasOutline =
        style.outlineStyle !== 'none' && Number.parseInt(style.outlineWidth, 10) > 0;
      return hasOutline || style.boxShadow !== 'none';
    };
    // A field of a library shows it on the frame around itself; a radio on the circle beside.
    const frame = focused.closest(
      '.ant-select, .ant-input-affix-wrapper, .ant-segmented-item, .ant-radio-wrapper, .ant-checkbox-wrapper',
    );
    const around = [focused, ...(frame === null ? [] : [frame, ...frame.querySelectorAll('*')])];
    if (around.some(isShown)) return undefined;
    const name = focused.getAttribute('aria-label') ?? focused.textContent?.trim() ?? '';
    return `${focused.tagName.toLowerCase()} ${name.slice(0, 60)}`;
  });
}

/**
 * Presses Tab until the focus is where it is wanted. Throws when it never comes there; gives the
 * stops on the way that did not show that they had the focus.
 */
export async function tabTo(page: Page, wanted: Locator): Promise<string[]> {
  const hidden: string[] = [];
  for (let stop = 0; stop < STOPS_MAX; stop += 1) {
    await page.keyboard.press('Tab');
    const fault = await hiddenFocus(page);
    if (fault !== undefined) hidden.push(fault);
    const isThere = await wanted
      .first()
      .evaluate((element) => element.contains(document.activeElement))
      .catch(() => false);
    if (isThere) return hidden;
  }
  throw new Error(`the keyboard does not reach ${String(wanted)}`);
}

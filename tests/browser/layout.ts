/** What a page's width does to it: columns out of sight, words cut off, a page that moves sideways. */
import type { Page } from 'playwright-core';

/**
 * What does not fit: the page itself, a table of staff whose last columns are out of sight at the
 * width that their pages are made for (a decoded file has as many columns as its layout), a label or
 * choice that ends in dots, and a placeholder that is longer than its field.
 */
export async function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth + 1) {
      faults.push(`the page moves sideways by ${root.scrollWidth - root.clientWidth} px`);
    }
    const isShown = (element: Element) => element.getClientRects().length > 0;
    const overflow = (element: Element) => element.scrollWidth - element.clientWidth;
    if (window.innerWidth >= 1280) {
      for (const table of document.querySelectorAll('.table-scroll:not(.table-any-width)')) {
        const name = table.querySelector('caption')?.textContent ?? '';
        if (overflow(table) > 1) faults.push(`table ${name}: ${overflow(table)} px out of sight`);
      }
    }
    const labels =
      'button, label, th, .ant-segmented-item-label, .ant-select-placeholder, .ant-tag';
    for (const label of document.querySelectorAll(labels)) {
      if (!isShown(label) || getComputedStyle(label).overflowX === 'visible') continue;
      if (label.closest('.out-of-sight') !== null) continue;
      if (overflow(label) > 1) faults.push(`cut off: ${label.textContent?.trim().slice(0, 60)}`);
    }
    const pen = document.createElement('canvas').getContext('2d');
    for (const input of document.querySelectorAll<HTMLInputElement>('input[placeholder]')) {
      if (pen === null || !isShown(input) || input.value !== '') continue;
      const style = getComputedStyle(input);
      pen.font = style.font;
      const room =
        input.clientWidth -
        Number.parseInt(style.paddingLeft, 10) -
        Number.parseInt(style.paddingRight, 10);
      const wide = pen.measureText(input.placeholder).width;
      if (wide > room + 1) faults.push(`placeholder cut off: ${input.placeholder}`);
    }
    return faults;
  });
}

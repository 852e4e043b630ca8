/** Figures on a page that do not open: each must lead to its definition, its inputs and its time. */
import type { Page } from 'playwright-core';

/**
 * What is wrong with the figures that are shown: one that does not open, or opens without a time;
 * one inside a link or button whose definition opens nowhere on the page; and text that reads like
 * an amount or a percentage and is no figure at all. Charts say their figures by their own legend
 * and table, and a document (a decoded file, a warning, a finding) stands as it was written.
 */
export async function figureFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults = new Set<string>();
    const isShown = (element: Element) => element.getClientRects().length > 0;
    const where = (element: Element) => {
      const row = element.closest('tr, li, dl > div, p') ?? element;
      return `${element.textContent?.trim()} in "${row.textContent?.trim().slice(0, 60)}"`;
    };
    const openers = [...document.querySelectorAll('button[data-figure]')].filter(isShown);
    const opening = new Set(
      openers.flatMap((button) => (button.getAttribute('data-figure') ?? '').split(' ')),
    );
    for (const opener of openers) {
      if ((opener.getAttribute('data-as-of') ?? '') === '') faults.add(`no time: ${where(opener)}`);
    }
    for (const figure of [...document.querySelectorAll('.figure')].filter(isShown)) {
      if (!/\d/.test(figure.textContent ?? '')) continue;
      if (figure.closest('button[data-figure], .figure-card') !== null) continue;
      const id = figure.getAttribute('data-figure') ?? '';
      const isInside = figure.closest('a, button') !== null;
      if (!isInside) faults.add(`does not open: ${where(figure)}`);
      else if (!opening.has(id)) faults.add(`opens nowhere on the page: ${where(figure)}`);
    }
    // What is read back while it is typed is the typist's own.
    const NOT_FIGURES =
      '.figure, .figure-card, .chart, .code, .findings, .warning-text, [class*="-read"]';
    const looksLikeFigure = /^[+−-]?\d{1,3}(,\d{3})*(\.\d{2,8})?%?$/;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.textContent?.trim() ?? '';
      const parent = node.parentElement;
      if (parent === null || !looksLikeFigure.test(text) || !/[.,%]/.test(text)) continue;
      if (parent.closest(NOT_FIGURES)) continue;
      if (isShown(parent)) faults.add(`no figure: ${where(parent)}`);
    }
    return [...faults];
  });
}

/** Text on a page that nobody translated: what is neither in the reader's language nor data. */
import type { Page } from 'playwright-core';

export type Language = 'zh-CN' | 'en';

/** Names and signs that are the same in both languages. */
const SAME = new Set([
  'Cairn',
  'OFD',
  'PDF',
  'Excel',
  'CNY',
  'QDII',
  'FOF',
  'ETF',
  'HTTP',
  'min',
  'CSV',
  'UTF',
]);

/** Every text of the page that is shown or spoken and is not marked as data (`translate="no"`). */
async function textsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    // The nearest mark holds, as in HTML: words may stand inside data.
    const isData = (element: Element | null) =>
      element === null ||
      element.closest('script, style, noscript') !== null ||
      element.closest('[translate]')?.getAttribute('translate') === 'no';
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.textContent?.trim() ?? '';
      if (text !== '' && !isData(node.parentElement)) found.push(text);
    }
    for (const element of document.body.querySelectorAll('[aria-label], [title], [placeholder]')) {
      if (isData(element) || element.closest('[aria-hidden="true"]') !== null) continue;
      for (const name of ['aria-label', 'title', 'placeholder']) {
        const text = element.getAttribute(name);
        if (text !== null) found.push(text);
      }
    }
    if (!isData(document.querySelector('title'))) found.push(document.title);
    return found;
  });
}

/** An instant as programs write it: UTC, and nobody's language. */
const INSTANT = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

/** The texts that are in the other language, or in that of programs. */
export function foreignTexts(texts: readonly string[], language: Language): string[] {
  const isForeign = (text: string) => {
    if (INSTANT.test(text)) return true;
    if (language === 'en') return /\p{Script=Han}/u.test(text);
    const latin = text.match(/[A-Za-z]{3,}/g) ?? [];
    return latin.some((word) => !SAME.has(word));
  };
  return [...new Set(texts.filter(isForeign))];
}

/** The texts of a page that are in the other language. */
export async function untranslated(page: Page, language: Language): Promise<string[]> {
  return foreignTexts(await textsOf(page), language);
}

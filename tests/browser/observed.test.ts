/** The look at a page catches what it is there for: each fault is planted once. */
import { chromium } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { findBrowser } from '../../scripts/find-browser.ts';
import { accessibilityFaults, observe } from './observed.ts';
import { untranslated } from './languages.ts';

const executablePath = findBrowser();

describe.skipIf(executablePath === undefined)('a look at a page', () => {
  test('finds text of the other language, a broken rule and an error in the console', async () => {
    const browser = await chromium.launch({
      executablePath: executablePath ?? '',
      args: ['--no-sandbox', '--disable-gpu'],
    });
    try {
      const page = await browser.newPage();
      const { problems } = await observe(page);
      await page.goto('about:blank');
      await page.setContent(
        `<html lang="en"><title>Page</title><main><h1>Customers</h1>
         <p>客户</p><p translate="no">王*</p><input placeholder="姓名"><button></button><script>boom()</script></main>`,
      );
      expect(await untranslated(page, 'en')).toEqual(['客户', '姓名']);
      expect(await untranslated(page, 'zh-CN')).toEqual(['Customers', 'Page']);
      expect((await accessibilityFaults(page)).join()).toContain('button-name');
      expect(problems.join()).toContain('boom is not defined');
    } finally {
      await browser.close();
    }
  });
});

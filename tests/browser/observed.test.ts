/** The look at a page catches what it is there for: each fault is planted once. */
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findBrowser } from '../../scripts/find-browser.ts';
import { accessibilityFaults, darkFaults, observe, shiftFaults, takeWatched } from './observed.ts';
import { figureFaults } from './figures.ts';
import { tabTo } from './keyboard.ts';
import { layoutFaults } from './layout.ts';
import { untranslated } from './languages.ts';

const executablePath = findBrowser();

describe.skipIf(executablePath === undefined)('a look at a page', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    const args = ['--no-sandbox', '--disable-gpu'];
    browser = await chromium.launch({ executablePath: executablePath ?? '', args });
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  });
  afterEach(() => page.close());

  test('finds a figure that does not open, or opens without its time', async () => {
    await page.setContent(
      `<p><span class="figure">1.00</span></p>
         <p><button data-figure="cost"><span class="figure">2.00</span></button></p>
         <p><button data-figure="nav" data-as-of="2026-03-06"><span class="figure">3.00</span></button></p>
         <p><a href="/"><span class="figure" data-figure="nav">4.00</span></a></p>
         <p><a href="/"><span class="figure" data-figure="profit">5.00</span></a></p>
         <p>6,000.00</p><p>7.50%</p><p>2026-03-06</p><p>12</p><p class="code">8.00</p>
         <p hidden>9.00</p><p><span class="figure">••••••</span></p>`,
    );
    expect(await figureFaults(page)).toEqual([
      'no time: 2.00 in "2.00"',
      'does not open: 1.00 in "1.00"',
      'opens nowhere on the page: 5.00 in "5.00"',
      'no figure: 6,000.00 in "6,000.00"',
      'no figure: 7.50% in "7.50%"',
    ]);
  });

  test('finds what the keyboard cannot reach, and a focus that does not show', async () => {
    await page.setContent(
      `<button>One</button><button style="outline:none">Two</button><button>Three</button>
         <span role="button">Four</span>`,
    );
    expect(await tabTo(page, page.getByText('Three'))).toEqual(['button Two']);
    await expect(tabTo(page, page.getByText('Four'))).rejects.toThrow('does not reach');
  });

  test('finds what cannot be read in the dark', async () => {
    await page.setContent(
      `<style>body { background: #fff } p { color: #222; transition: color 0.3s }
         @media (prefers-color-scheme: dark) {
           body { background: #111 }
           p + p { color: #ddd }
         }</style>
         <p>one</p><p>two</p>`,
    );
    expect(await accessibilityFaults(page, ['color-contrast'])).toEqual([]);
    expect(await darkFaults(page)).toEqual([expect.stringMatching(/^dark: color-contrast.*one/)]);
    expect(await accessibilityFaults(page, ['color-contrast'])).toEqual([]);
  });

  test('finds what does not fit', async () => {
    const table = '<table><caption>Orders</caption><td style="min-width:1400px">1</td></table>';
    await page.setContent(
      `<div class="table-scroll" style="overflow:auto;width:600px">${table}</div>
         <div class="table-scroll table-any-width" style="overflow:auto;width:600px">${table}</div>
         <button style="overflow:hidden;width:40px;white-space:nowrap">Follow the system</button>
         <button>Follow the system</button>
         <input style="width:60px" placeholder="Part of a name"><input placeholder="Name">`,
    );
    expect(await layoutFaults(page)).toEqual([
      expect.stringMatching(/^table Orders: \d+ px out of sight$/),
      'cut off: Follow the system',
      'placeholder cut off: Part of a name',
    ]);
    await page.setContent('<p style="width:1500px">wide</p>');
    expect(await layoutFaults(page)).toEqual([
      expect.stringMatching(/^the page moves sideways by \d+ px$/),
    ]);
  });

  test('finds text of the other language, a broken rule and an error in the console', async () => {
    const { problems } = await observe(page);
    await page.goto('about:blank');
    await page.setContent(
      `<html lang="en"><title>Page</title><main><h1>Customers</h1>
         <p>客户</p><p translate="no" title="王*">王*<b translate="yes">国籍</b></p><input placeholder="姓名"><button></button><script>boom()</script></main>`,
    );
    expect(await untranslated(page, 'en')).toEqual(['客户', '国籍', '姓名']);
    expect(await untranslated(page, 'zh-CN')).toEqual(['Customers', 'Page']);
    expect((await accessibilityFaults(page)).join()).toContain('button-name');
    expect(problems.join()).toContain('boom is not defined');
  });

  test('finds what moves by itself, and leaves out what the reader moved', async () => {
    await observe(page);
    await page.goto('about:blank');
    await page.setContent(
      `<button onclick="push()" style="display:block">More</button><div id="late"></div>
         <p class="read" style="height:400px;background:#ccc">Read</p>
         <script>
           const push = () => { document.getElementById('late').style.height = '300px'; };
           const drawn = () => new Promise((done) =>
             requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));
         </script>`,
    );
    const drawn = () => page.evaluate('drawn()');
    await drawn();
    await page.getByRole('button').click();
    await drawn();
    expect(shiftFaults((await takeWatched(page)).shifts)).toEqual([]);
    // A load is no act of the reader.
    await page.goto('about:blank');
    await page.setContent(
      `<div id="late"></div><p class="read" style="height:400px;background:#ccc">Read</p>`,
    );
    await page.evaluate(async () => {
      const turn = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      await turn();
      await turn();
      document.getElementById('late')?.setAttribute('style', 'height:300px');
      await turn();
      await turn();
    });
    expect(shiftFaults((await takeWatched(page)).shifts)).toEqual([
      expect.stringMatching(/^the page moved by itself by 0\.\d\d: <p class="read">/),
    ]);
  });

  test('sums what moves in a burst, which a second of rest or five seconds end', () => {
    const moved = (...at: number[]) => at.map((each) => ({ at: each, value: 0.06, what: 'p' }));
    expect(shiftFaults(moved(0, 1_000, 2_000))).toEqual([]);
    expect(shiftFaults(moved(0, 999))).toEqual([expect.stringContaining('by 0.12')]);
    const small = [0, 900, 1_800, 2_700, 3_600, 4_500, 5_400].map((at) => ({
      at,
      value: 0.016,
      what: 'p',
    }));
    expect(shiftFaults(small)).toEqual([]);
  });
});

/** One person's visit in a browser of his own: language, watching, and steps that many visits take. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { ROOT } from '../journeys/served.ts';
import { type House, PASSWORD, type Person } from './house.ts';
import type { Language } from './languages.ts';
import { look, observe, settle } from './observed.ts';
import { codeNow } from './totp.ts';

const PICTURES = join(ROOT, '.cache', 'browser');

/** What buttons and fields are called in the visitor's language. */
export type Say = (zh: string, en: string) => string;

export class Visit {
  readonly page: Page;
  readonly language: Language;
  readonly house: House;
  readonly say: Say;
  private readonly problems: string[];
  private readonly isWalk: boolean;
  private readonly lookHeight: number | undefined;

  private constructor(parts: {
    house: House;
    language: Language;
    page: Page;
    problems: string[];
    isWalk: boolean;
    lookHeight: number | undefined;
  }) {
    this.isWalk = parts.isWalk;
    this.lookHeight = parts.lookHeight;
    this.house = parts.house;
    this.language = parts.language;
    this.page = parts.page;
    this.problems = parts.problems;
    this.say = (zh, en) => (parts.language === 'en' ? en : zh);
  }

  /**
   * Runs a visit; a picture of the page is kept when it fails. On a walk a page is only asked whether
   * its console is silent: for pages that another visit looks at, served in another way.
   */
  static async run(
    place: {
      browser: Browser;
      house: House;
      language: Language;
      name: string;
      width?: number;
      height?: number;
      /** How high the window is made for a look. */
      lookHeight?: number;
      isWalk?: boolean;
    },
    body: (visit: Visit) => Promise<void>,
  ): Promise<void> {
    const { browser, house, language, name, lookHeight, isWalk = false } = place;
    const { width = 1280, height = 800 } = place;
    const viewport = { width, height };
    // Without motion a page is looked at when it stands.
    const context = await browser.newContext({
      viewport,
      locale: language,
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(20_000);
    await context.addInitScript(
      (chosen) => localStorage.setItem('cairn.preferences', JSON.stringify({ language: chosen })),
      language,
    );
    const page = await context.newPage();
    const { problems } = await observe(page);
    try {
      await body(new Visit({ house, language, page, problems, isWalk, lookHeight }));
    } catch (error) {
      mkdirSync(PICTURES, { recursive: true });
      const path = join(PICTURES, `${name} ${language}.png`.replaceAll(/[^\w.-]+/g, '-'));
      await page.screenshot({ path, fullPage: true }).catch(() => undefined);
      console.log(`The page at the failure: ${path}\n${problems.join('\n')}`);
      throw error;
    } finally {
      await context.close();
    }
  }

  async open(path: string): Promise<void> {
    await this.page.goto(`${this.house.url}/app${path}`);
  }

  button(zh: string, en: string): Locator {
    return this.page.getByRole('button', { name: this.say(zh, en), exact: true });
  }

  link(zh: string, en: string): Locator {
    return this.page.getByRole('link', { name: this.say(zh, en), exact: true });
  }

  /** A room in the side bar. */
  room(zh: string, en: string): Locator {
    const name = this.say(zh, en);
    return this.page.getByRole('navigation').getByRole('link', { name, exact: true });
  }

  field(zh: string, en: string): Locator {
    return this.page.getByLabel(this.say(zh, en), { exact: true });
  }

  /** Goes to a room and waits for it: what is clicked next must not be what the page before shows. */
  async enter(zh: string, en: string): Promise<void> {
    await this.room(zh, en).click();
    await this.page.getByRole('heading', { level: 1, name: this.say(zh, en) }).waitFor();
  }

  /** The server has refused what was just asked, as it must: the console of a browser notes that. */
  expectRefusal(status: number): void {
    const at = this.problems.findIndex((text) => text.includes(`a status of ${status}`));
    expect([this.problems, at >= 0]).toEqual([this.problems, true]);
    this.problems.splice(at, 1);
  }

  /** Checks the page as it stands; see `look`. */
  async look(name: string): Promise<void> {
    const { page, language, problems, lookHeight: height } = this;
    if (!this.isWalk) return look(page, name, { language, problems, height });
    await settle(page);
    expect.soft([name, problems.splice(0)]).toEqual([name, []]);
  }

  /** An investor takes up his invitation and logs in, with the password alone. */
  async takeUp({ userName, code }: { userName: string; code: string }): Promise<void> {
    await this.open('/activate');
    await this.field('激活码', 'Activation code').fill(code);
    await this.field('用户名', 'User name').fill(userName);
    await this.field('新密码', 'New password').fill(PASSWORD);
    await this.field('再次输入新密码', 'New password again').fill(PASSWORD);
    await this.look('taking up an invitation');
    await this.button('启用', 'Activate').click();
    await this.field('密码', 'Password').fill(PASSWORD);
    await this.field('用户名', 'User name').fill(userName);
    await this.button('登录', 'Log in').click();
    await this.page.getByRole('navigation').first().waitFor();
  }

  /** Logs in for the first time: password, then a phone is bound by its first code. Gives its key. */
  async logIn({ userName }: Person): Promise<string> {
    await this.open('/login');
    await this.field('用户名', 'User name').fill(userName);
    await this.field('密码', 'Password').fill(PASSWORD);
    await this.button('登录', 'Log in').click();
    const secret = (await this.page.getByTestId('totp-secret').textContent()) ?? '';
    await this.field('动态口令', 'One-time code').fill(codeNow(secret));
    await this.page.getByRole('navigation').waitFor();
    return secret;
  }
}

/**
 * One journey a role through the console in a real browser, from the login to a result, over the
 * demonstration: as one process over the embedded database in both languages, and as four processes
 * over PostgreSQL in Chinese, since neither databases nor processes know the reader's language. The
 * first administrator comes once a house, so he reads Chinese in one and English in the other. Each
 * page is looked at for language, rules of accessibility, what moves by itself and errors of its
 * console; a picture is kept when a journey fails.
 */
import { writeFileSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { findBrowser } from '../../scripts/find-browser.ts';
import { canServe, type Parts } from '../journeys/broker.ts';
import { buildConsole, CONSOLE_OF, House } from './house.ts';
import type { Language } from './languages.ts';
import { moved, painted, slowest } from './observed.ts';
import { adviserOrders } from './roles/adviser.ts';
import { auditorAccountIsHeld } from './roles/auditor-account.ts';
import { auditorVerifies } from './roles/auditor.ts';
import { complianceLooks } from './roles/compliance.ts';
import { firstAdministrator } from './roles/first-administrator.ts';
import { investorOnAPhone } from './roles/investor.ts';
import { adviserTypesAnOrder } from './roles/keyboard.ts';
import { adviserOpens } from './roles/opening.ts';
import { operationsRunsTheDay } from './roles/operations.ts';
import { parametersAreProposed, questionnaireIsDrawnUp } from './roles/parameters.ts';
import { productManagerCompares } from './roles/shelf.ts';
import { reviewerApproves } from './roles/reviewer.ts';
import { Visit } from './visit.ts';

/** The narrowest phone that the pages of investors are made for. */
const PHONE = { width: 360, height: 740, lookHeight: 2_600 };

const OPENED_WITHIN_MS = 400_000;
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const executablePath = findBrowser();
if (executablePath === undefined && process.env['CI'] === 'true') {
  throw new Error('CI=true and there is no Chromium');
}

const JOURNEYS = [
  ['an adviser finds a customer, warns him and places an order', 'adviser', adviserOrders],
  ['an adviser places an order with the keyboard alone', 'adviser', adviserTypesAnOrder],
  ['an adviser opens a customer and asks the questionnaire', 'adviser', adviserOpens],
  [
    'operations run a step of the day, read a file, own an exception',
    'operations',
    operationsRunsTheDay,
  ],
  ['a product manager compares products', 'productManager', productManagerCompares],
  ['terms and fees are proposed, a file is tried', 'productManager', parametersAreProposed],
  ['compliance draws up a questionnaire', 'compliance', questionnaireIsDrawnUp],
  ['a reviewer approves a change', 'reviewer', reviewerApproves],
  ['compliance look with a purpose, prove an order and export', 'compliance', complianceLooks],
  ['an auditor reads a record and verifies the chains', 'auditor', auditorVerifies],
  ['the password of an auditor is not reset by one hand', 'administrator', auditorAccountIsHeld],
] as const;

interface Served {
  parts: Parts;
  languages: readonly Language[];
  /** The language of the first administrator. */
  first: Language;
  /** Its pages are those of the other house, which looks at them: here it is only walked. */
  isWalk: boolean;
}

const SERVED: readonly Served[] = [
  { parts: 'one process', languages: ['zh-CN', 'en'], first: 'zh-CN', isWalk: false },
  { parts: 'four processes', languages: ['zh-CN'], first: 'en', isWalk: true },
];

/** The most of what was measured, for whoever reads the run; no time fails a test. */
function printMost(
  what: string,
  measured: ReadonlyMap<string, number>,
  text: (value: number) => string,
): void {
  const rows = [...measured].sort(([, a], [, b]) => b - a);
  for (const [name, value] of rows.slice(0, 8)) console.log(`${what}, ${name}: ${text(value)}`);
}

const msText = (ms: number): string => `${Math.round(ms)} ms`;

for (const { parts, languages, first, isWalk } of SERVED) {
  describe.skipIf(executablePath === undefined || !canServe(parts))(
    `${CONSOLE_OF} ${parts}`,
    () => {
      let house: House;
      let browser: Browser;

      beforeAll(async () => {
        buildConsole();
        house = await House.open(parts);
        browser = await chromium.launch({ executablePath: executablePath ?? '', args: FLAGS });
      }, OPENED_WITHIN_MS);

      afterAll(async () => {
        await browser?.close();
        await house?.close();
        printMost('interaction to next paint', slowest, msText);
        printMost('largest contentful paint', painted, msText);
        printMost('layout shift', moved, (score) => score.toFixed(3));
        // Asked for by `npm run long-lists`, which judges them; here no time fails a test.
        const file = process.env['CAIRN_INTERACTIONS_FILE'];
        if (file !== undefined) writeFileSync(file, JSON.stringify(Object.fromEntries(slowest)));
      });

      test(`${first}: the one-time key makes the first administrator, who hires the others`, async () => {
        const name = `${parts} first administrator`;
        await Visit.run({ browser, house, language: first, name }, firstAdministrator);
      });

      for (const language of languages) {
        test.each(JOURNEYS)(`${language}: %s`, async (name, role, journey) => {
          const person = await house.hire(role);
          const place = { browser, house, language, name: `${parts} ${name}`, isWalk };
          await Visit.run(place, async (visit) => {
            await visit.logIn(person);
            await journey(visit);
          });
        });

        test(`${language}: an investor, on a phone, buys after a warning and redeems`, async () => {
          const name = `${parts} investor`;
          await Visit.run({ browser, house, language, name, ...PHONE, isWalk }, investorOnAPhone);
        });
      }
    },
  );
}

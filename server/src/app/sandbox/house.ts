/**
 * Opening a house for play: its products with four eyes, its rules, its customers, all through the
 * commands that real business uses.
 */
import { AppError, assert, localDate } from '@cairn/kernel';
import { returnCodes } from '@cairn/registrar';
import { type Actor, type Role, systemActor } from '../../platform/actor.ts';
import { decideApproval } from '../../platform/approvals.ts';
import type { World } from '../../platform/world.ts';
import { listRefusalCodes, proposeRefusalCodes } from '../../modules/clearing/index.ts';
import { importCsv } from '../../modules/products/index.ts';
import { installSampleQuestionnaire } from '../../modules/suitability/index.ts';
import { IMPORT_ORDER, type Market, marketCsv } from './market.ts';

/** A member of staff who acts in a play. */
export function staffActor(id: string, ...roles: Role[]): Actor {
  return { kind: 'staff', id, roles, requestId: `play:${id}`, from: 'local' };
}

/** Who prepares and who checks what the play sets up. */
export const playMaker = staffActor('mei.zhou', 'productManager', 'operations');
export const playChecker = staffActor('bo.sun', 'reviewer');
/** Two people: one prepares, the other checks. */
export interface People {
  readonly maker: Actor;
  readonly checker: Actor;
}

/** The people of a play that has no staff of its own. */
export const PLAY_PEOPLE: People = { maker: playMaker, checker: playChecker };
export const playOperator: Actor = { ...systemActor('play'), id: 'play' };

/** From this day on the registrars of a play use their return codes: before any play begins. */
const CODES_SINCE = localDate('2015-01-01');

/** Enters the return codes that the simulated registrar publishes; what is there stays. */
async function enterRefusalCodes(
  world: World,
  registrars: ReadonlySet<string>,
  { maker, checker }: People,
): Promise<void> {
  const there = new Set(
    (await listRefusalCodes(world.db)).map((one) => `${one.registrarCode}/${one.returnCode}`),
  );
  for (const registrarCode of registrars) {
    const codes = Object.values(returnCodes)
      .filter(({ code }) => code !== '0000' && !there.has(`${registrarCode}/${code}`))
      .map(({ code, detail, meaning }) => ({
        returnCode: code,
        message: meaning,
        messageZh: detail,
      }));
    if (codes.length === 0) continue;
    const wanted = { registrarCode, effectiveDate: CODES_SINCE, codes };
    const approvalId = await proposeRefusalCodes(world, maker, wanted);
    await decideApproval(world, checker, approvalId, 'approve', 'published by the registrar');
  }
}

/**
 * Imports the market: funds, terms, fees, NAVs up to a day, dividends and closed days; and what the
 * return codes of its registrars mean.
 */
export async function importMarket(
  world: World,
  market: Market,
  navsUntil: string,
  { maker, checker }: People = PLAY_PEOPLE,
): Promise<Record<string, number>> {
  const files = marketCsv(market, navsUntil);
  const rows: Record<string, number> = {};
  for (const kind of IMPORT_ORDER) {
    const text = files[kind];
    if (text.trimEnd().split('\n').length < 2) continue;
    const report = await importCsv(world, maker, { kind, csv: text, dryRun: false });
    if (report.errors.length > 0) {
      const { errorCount, errors } = report;
      throw new AppError('PRODUCT_IMPORT_REFUSED', { kind, errorCount, errors });
    }
    if (report.approvalId !== undefined) {
      await decideApproval(world, checker, report.approvalId, 'approve', 'sample terms');
    }
    rows[kind] = report.rows;
  }
  const registrars = new Set(market.funds.map(({ registrarCode }) => registrarCode));
  await enterRefusalCodes(world, registrars, { maker, checker });
  return rows;
}

/** Market and sample rules: a house that can open customers and take orders. */
export async function openHouse(world: World, market: Market, navsUntil: string): Promise<void> {
  await importMarket(world, market, navsUntil);
  const installed = await installSampleQuestionnaire(world);
  assert(Array.isArray(installed), 'the sample questionnaire and rules are installed');
}

/**
 * Opening a house for play: its products with four eyes, its rules, its customers, all through the
 * commands that real business uses.
 */
import { AppError, assert } from '@cairn/kernel';
import { type Actor, type Role, systemActor } from '../../platform/actor.ts';
import { decideApproval } from '../../platform/approvals.ts';
import type { World } from '../../platform/world.ts';
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

/** Imports the market: funds, terms, fees, NAVs up to a day, dividends and closed days. */
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
  return rows;
}

/** Market and sample rules: a house that can open customers and take orders. */
export async function openHouse(world: World, market: Market, navsUntil: string): Promise<void> {
  await importMarket(world, market, navsUntil);
  const installed = await installSampleQuestionnaire(world);
  assert(Array.isArray(installed), 'the sample questionnaire and rules are installed');
}

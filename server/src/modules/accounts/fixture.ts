/** For the tests of this module: customers with accounts, opened through the front door. */
import { type Amount, amount, assert, instant, localDate, type Units, units } from '@cairn/kernel';
import { bucketOf } from '@cairn/kernel/ids';
import { systemActor } from '../../platform/actor.ts';
import type { Sql } from '../../platform/db.ts';
import { type Work, work } from '../../platform/work.ts';
import type { World } from '../../platform/world.ts';
import { openAssetAccounts } from './asset-accounts.ts';
import { accountsChecks } from './checks.ts';
import type { Movement } from './domain/movements.ts';
import { confirmTradingAccounts, openTradingAccounts } from './trading-accounts.ts';
import { transferCash } from './transfers.ts';

export const actor = systemActor('test');
export const MONDAY = localDate('2026-03-02');
export const MONDAY_MORNING = instant('2026-03-02T02:00:00.000Z');

/** One customer with an asset account and a confirmed trading account at registrar '01'. */
export interface Holder {
  readonly bucket: number;
  readonly customerId: string;
  readonly assetAccountNo: string;
  readonly tradingAccountNo: string;
}

/** Yuan and cents as fen, for tables that people read. */
export function yuan(text: string): Amount {
  return amount(scaled(text));
}

/** Units with two decimals. */
export function share(text: string): Units {
  return units(scaled(text));
}

function scaled(text: string): bigint {
  const [whole = '0', cents = ''] = text.replace('-', '').split('.');
  const size = BigInt(whole + cents.padEnd(2, '0'));
  return text.startsWith('-') ? -size : size;
}

/** Opens a customer's accounts and deposits cash when it is above zero. */
export async function openHolder(world: World, name: string, cash = '0'): Promise<Holder> {
  const customerId = `CUST-${name}`;
  const bucket = bucketOf(customerId);
  const holder = await work(world, [bucket], async (current) => {
    const card = { bankCode: '102', bankAccountNo: '6222020200012345678' };
    const item = { bucket, customerId, purpose: 'main' as const, ...card };
    const assets = await openAssetAccounts(current, world.secrets, actor, [item]);
    const assetAccountNo = assets.done[0]?.assetAccountNo;
    assert(assetAccountNo !== undefined, 'the asset account opens');
    const opening = { bucket, customerId, assetAccountNo, registrarCode: '01' };
    const trading = await openTradingAccounts(current, actor, [opening]);
    const tradingAccountNo = trading.done[0]?.tradingAccountNo;
    assert(tradingAccountNo !== undefined, 'the trading account opens');
    const answer = { bucket, tradingAccountNo, taAccountId: 'T00000000001', reason: '' };
    await confirmTradingAccounts(current, actor, [answer]);
    return { bucket, customerId, assetAccountNo, tradingAccountNo };
  });
  if (yuan(cash) > 0n) {
    const deposit = {
      direction: 'in' as const,
      amount: yuan(cash),
      clientTransferNo: 'FIRST',
      idempotencyKey: undefined,
    };
    const [outcome] = await transferCash(world, actor, [
      { assetAccountNo: holder.assetAccountNo, ...deposit },
    ]);
    assert(outcome !== undefined && 'transfer' in outcome, 'the deposit is booked');
  }
  return holder;
}

/** Runs `body` as one unit of work over the buckets of the holders. */
export async function workOn<T>(
  world: World,
  holders: readonly Holder[],
  body: (current: Work) => Promise<T>,
): Promise<T> {
  return await work(
    world,
    holders.map((holder) => holder.bucket),
    body,
  );
}

/** A confirmed movement of fund 110011 class 0; `serial` is its id and its registrar's serial. */
export function movementOf(
  holder: Holder,
  serial: string,
  rest: Pick<Movement, 'kind' | 'units' | 'amount'> & Partial<Movement>,
): Movement {
  return {
    bucket: holder.bucket,
    customerId: holder.customerId,
    tradingAccountNo: holder.tradingAccountNo,
    fundCode: '110011',
    shareClass: '0',
    movementId: `m:${serial}`,
    registrarCode: '01',
    taSerial: serial,
    businessCode: rest.units > 0n ? '122' : '124',
    confirmDate: MONDAY,
    ref: `order:${serial}`,
    defaultDividendMethod: '1',
    ...rest,
  };
}

/** The ids of the checks that find something, in order. */
export async function failingChecks(sql: Sql, world: World): Promise<string[]> {
  const failing: string[] = [];
  for (const check of accountsChecks) {
    const found = await check.run(sql, world);
    if (found.length > 0) failing.push(check.id);
  }
  return failing;
}

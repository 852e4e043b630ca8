import { describe, expect, test } from 'vitest';
import {
  type AssetAccountEvent,
  type AssetAccountStatus,
  findNextAssetStatus,
  findNextTradingStatus,
  type TradingAccountEvent,
  type TradingAccountStatus,
} from './account-states.ts';

const assetStatuses: AssetAccountStatus[] = ['active', 'frozen', 'closed'];
const assetEvents: AssetAccountEvent[] = ['freeze', 'unfreeze', 'close'];
const tradingStatuses: TradingAccountStatus[] = [
  'opening',
  'active',
  'rejected',
  'closing',
  'closed',
];
const tradingEvents: TradingAccountEvent[] = [
  'confirm',
  'reject',
  'reapply',
  'requestClose',
  'confirmClose',
  'rejectClose',
];

describe('account states', () => {
  test('an asset account: these moves and no others', () => {
    const moves = assetStatuses.flatMap((from) =>
      assetEvents.flatMap((event) => {
        const to = findNextAssetStatus(from, event);
        return to === undefined ? [] : [`${from} ${event} ${to}`];
      }),
    );
    expect(moves).toEqual([
      'active freeze frozen',
      'active close closed',
      'frozen unfreeze active',
    ]);
  });

  test('a trading account: these moves and no others', () => {
    const moves = tradingStatuses.flatMap((from) =>
      tradingEvents.flatMap((event) => {
        const to = findNextTradingStatus(from, event);
        return to === undefined ? [] : [`${from} ${event} ${to}`];
      }),
    );
    expect(moves).toEqual([
      'opening confirm active',
      'opening reject rejected',
      'active requestClose closing',
      'rejected reapply opening',
      'closing confirmClose closed',
      'closing rejectClose active',
    ]);
  });
});

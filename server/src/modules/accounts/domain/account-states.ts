/** The state machines of asset accounts and trading accounts, each as one table. */

/** States of an asset account. */
export type AssetAccountStatus = 'active' | 'frozen' | 'closed';
/** What can happen to an asset account that exists. */
export type AssetAccountEvent = 'freeze' | 'unfreeze' | 'close';

/** States of a trading account: our number with one registrar. */
export type TradingAccountStatus = 'opening' | 'active' | 'rejected' | 'closing' | 'closed';
/** What can happen to a trading account that exists. */
export type TradingAccountEvent =
  | 'confirm'
  | 'reject'
  | 'reapply'
  | 'requestClose'
  | 'confirmClose'
  | 'rejectClose';

const assetTransitions: Readonly<
  Record<AssetAccountStatus, Partial<Record<AssetAccountEvent, AssetAccountStatus>>>
> = {
  active: { freeze: 'frozen', close: 'closed' },
  frozen: { unfreeze: 'active' },
  closed: {},
};

const tradingTransitions: Readonly<
  Record<TradingAccountStatus, Partial<Record<TradingAccountEvent, TradingAccountStatus>>>
> = {
  opening: { confirm: 'active', reject: 'rejected' },
  rejected: { reapply: 'opening' },
  active: { requestClose: 'closing' },
  closing: { confirmClose: 'closed', rejectClose: 'active' },
  closed: {},
};

/** The state after an event, or undefined when the event is not possible in this state. */
export function findNextAssetStatus(
  status: AssetAccountStatus,
  event: AssetAccountEvent,
): AssetAccountStatus | undefined {
  return assetTransitions[status][event];
}

/** The state after an event, or undefined when the event is not possible in this state. */
export function findNextTradingStatus(
  status: TradingAccountStatus,
  event: TradingAccountEvent,
): TradingAccountStatus | undefined {
  return tradingTransitions[status][event];
}

/** Commands of people: they check who acts on whom, then call the work of this module. */
import { AppError } from '@cairn/kernel';
import { bucketFromId, bucketOf } from '@cairn/kernel/ids';
import type { Actor } from '../../platform/actor.ts';
import { work } from '../../platform/work.ts';
import type { World } from '../../platform/world.ts';
import { getVisible } from '../customers/index.ts';
import {
  type AssetAccount,
  changeAssetAccount,
  type OpenAssetAccount,
  openAssetAccounts,
} from './asset-accounts.ts';
import type { AssetAccountEvent } from './domain/account-states.ts';
import { getVisibleAssetAccount } from './queries.ts';
import { type Transfer, transferCash, type TransferCash } from './transfers.ts';

/**
 * Opens one asset account for a customer that the actor may see. AppError: CUSTOMER_NOT_FOUND,
 * ACCOUNT_HOLDER_NOT_ACTIVE, ASSET_ACCOUNT_EXISTS.
 */
export async function openAssetAccountFor(
  world: World,
  actor: Actor,
  request: Omit<OpenAssetAccount, 'bucket'>,
): Promise<AssetAccount> {
  const { customerId } = request;
  const bucket = bucketOf(customerId);
  return await work(world, [bucket], async (current) => {
    const { status } = await getVisible(current.tx, actor, customerId);
    if (status !== 'active')
      throw new AppError('ACCOUNT_HOLDER_NOT_ACTIVE', { customerId, status });
    const item = { ...request, bucket };
    const { done, refused } = await openAssetAccounts(current, world.secrets, actor, [item]);
    const [account] = done;
    if (account !== undefined) return account;
    throw new AppError(refused[0]?.code ?? '', { ...refused[0]?.details });
  });
}

/**
 * Freezes, unfreezes or closes an asset account that the actor may see, for a stated reason.
 * AppError: as `changeAssetAccount`.
 */
export async function moveAssetAccount(
  world: World,
  actor: Actor,
  request: {
    readonly assetAccountNo: string;
    readonly event: AssetAccountEvent;
    readonly reason: string;
  },
): Promise<AssetAccount> {
  const bucket = bucketFromId(request.assetAccountNo);
  return await work(world, [bucket], async (current) => {
    await getVisibleAssetAccount(current.tx, actor, request.assetAccountNo);
    return await changeAssetAccount(current, actor, { ...request, bucket });
  });
}

/** Books one transfer and returns it; every refusal of `transferCash` is thrown as AppError. */
export async function transferOnce(
  world: World,
  actor: Actor,
  request: TransferCash,
): Promise<Transfer> {
  const [outcome] = await transferCash(world, actor, [request]);
  if (outcome === undefined) throw new AppError('ASSET_ACCOUNT_NOT_FOUND', { ...request });
  const fault = 'fault' in outcome ? outcome.fault : outcome.transfer.refusal;
  if (fault !== undefined) throw new AppError(fault.code, { ...fault.details });
  if ('fault' in outcome) throw new AppError('ASSET_ACCOUNT_NOT_FOUND', { ...request });
  return outcome.transfer;
}

/**
 * An order is the same order when customer and client order number are the same, for ever: the id
 * is computed from the two, so a repeat after an hour or a year meets its own row. Whether it is
 * the same request is decided by a digest of the whole body.
 */
import { hash } from 'node:crypto';
import { bucketedId } from '@cairn/kernel/ids';
import type { PlaceOrder } from './order.ts';

const ID_LENGTH = 24;

/** The order id, 24 characters led by the bucket, of a customer and the caller's own number. */
export function orderIdFor(bucket: number, customerId: string, clientOrderNo: string): string {
  return bucketedId(bucket, 'order', [customerId, clientOrderNo], ID_LENGTH);
}

/**
 * The application id of a trading account. A rejected account may be applied for again under its
 * old number, so the account's version tells the attempts apart.
 */
export function applicationIdFor(
  bucket: number,
  tradingAccountNo: string,
  accountVersion: number,
): string {
  const parts = [tradingAccountNo, accountVersion.toString()];
  return bucketedId(bucket, 'application', parts, ID_LENGTH);
}

function parts(order: PlaceOrder): readonly (string | bigint)[] {
  const head = [order.customerId, order.clientOrderNo, order.businessCode, order.fundCode];
  switch (order.businessCode) {
    case '024':
      return [...head, order.channel, order.units, order.largeRedemptionFlag];
    case '029':
      return [...head, order.channel, order.dividendMethod];
    default:
      return [...head, order.channel, order.amount, order.discountRate, order.warningId ?? ''];
  }
}

/** SHA-256 over every field of the request, each led by its length. */
export function digestRequest(order: PlaceOrder): Uint8Array {
  let text = '';
  for (const part of parts(order)) {
    const shown = part.toString();
    text += `${shown.length}:${shown}`;
  }
  return hash('sha256', text, 'buffer');
}

/** An order that is being written: what the form holds, and what the server is asked with it. */
import type { PostBody } from '../../api/types.ts';

export const ORDER_KINDS = ['purchase', 'subscription', 'redemption', 'dividendMethod'] as const;
export type OrderKind = (typeof ORDER_KINDS)[number];

export interface Draft {
  readonly customerId: string | undefined;
  readonly fundCode: string | undefined;
  readonly kind: OrderKind;
  /** Money for a buy, units for a redemption; as typed, without separators. */
  readonly quantity: string;
  readonly largeRedemption: 'cancel' | 'defer';
  readonly dividendMethod: 'reinvest' | 'cash';
  readonly channel: '0' | '1' | '2';
  readonly warningId: string | undefined;
}

export type PreviewBody = PostBody<'/orders/preview'>;
export type OrderBody = PostBody<'/orders'>;

const QUANTITY = /^(?!0(\.0{1,2})?$)(0|[1-9]\d{0,14})(\.\d{1,2})?$/;

/** Whether a typed quantity can be sent: above zero, at most two decimals. */
export const isQuantity = (text: string): boolean => QUANTITY.test(text);

/** What the preview is asked; undefined while something is missing. */
export function previewOf(draft: Draft): PreviewBody | undefined {
  const { customerId, fundCode, kind, quantity, channel, warningId } = draft;
  if (customerId === undefined || fundCode === undefined) return undefined;
  const asked = { customerId, fundCode, channel };
  if (kind === 'dividendMethod') return { kind, ...asked, dividendMethod: draft.dividendMethod };
  if (!isQuantity(quantity)) return undefined;
  if (kind === 'redemption') {
    return { kind, ...asked, units: quantity, largeRedemption: draft.largeRedemption };
  }
  const confirmed = warningId === undefined ? {} : { warningId };
  return { kind, ...asked, amount: quantity, ...confirmed };
}

/**
 * The number of an order or transfer: the same while the draft stays the same, so that sending it
 * twice is one order; another one as soon as anything changes.
 */
export class OrderNumbers {
  private key = '';
  private number = '';

  of(body: object): string {
    const key = JSON.stringify(body);
    if (key !== this.key) {
      this.key = key;
      this.number = `web-${crypto.randomUUID()}`;
    }
    return this.number;
  }

  /** After an order was taken, the next one with the same content is another order. */
  next(): void {
    this.key = '';
  }
}

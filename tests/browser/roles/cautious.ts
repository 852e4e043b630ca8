/** Customers of the demonstration: whom a warning stands before a purchase, and who holds something. */
import type { House } from '../house.ts';

/** The demonstration's fund of the highest risk. */
export const BOLD_FUND = '990321';

interface Found {
  customers: { customerId: string; kind: string; status: string }[];
}

/** The next customer, not among those taken, who may buy the bold fund after a warning. */
export async function findCautious(
  house: House,
  token: string,
  taken: ReadonlySet<string> = new Set(),
): Promise<string> {
  const { customers } = await house.call<Found>('GET', '/customers?limit=200', undefined, token);
  for (const { customerId } of customers) {
    if (taken.has(customerId)) continue;
    const asked = { kind: 'purchase', customerId, fundCode: BOLD_FUND, amount: '10000' };
    const preview = await house.call<{ findings: { code: string; severity: string }[] }>(
      'POST',
      '/orders/preview',
      asked,
      token,
    );
    const blocks = preview.findings.filter(({ severity }) => severity === 'block');
    if (blocks.length === 1 && blocks[0]?.code === 'WARNING_NOT_CONFIRMED') return customerId;
  }
  throw new Error('the demonstration has no customer who needs a warning');
}

/** A fund that a customer holds. */
export interface Held {
  fundCode: string;
  fundName: string;
  available: string;
}

/** A fund of which the customer can redeem a hundred units or more. */
export async function findHeld(
  house: House,
  token: string,
  customerId: string,
): Promise<Held | undefined> {
  const path = `/customers/${customerId}/assets`;
  const { holdings } = await house.call<{ holdings: Held[] }>('GET', path, undefined, token);
  return holdings.find(({ available }) => /^[1-9]\d{2,}\./.test(available));
}

/** A customer who can redeem, and what. */
export async function findHolder(
  house: House,
  token: string,
): Promise<{ customerId: string; fundCode: string }> {
  const { customers } = await house.call<Found>('GET', '/customers?limit=200', undefined, token);
  for (const { customerId } of customers) {
    const held = await findHeld(house, token, customerId);
    if (held !== undefined) return { customerId, fundCode: held.fundCode };
  }
  throw new Error('the demonstration has no customer who can redeem');
}

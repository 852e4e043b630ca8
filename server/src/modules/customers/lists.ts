/** Lists of customers by pages: all of them, or those that one exact value finds. */
import { addDays, shanghaiDate } from '@cairn/kernel';
import type { Actor } from '../../platform/actor.ts';
import { cutPage, readCursor } from '../../platform/cursor.ts';
import type { World } from '../../platform/world.ts';
import { placeOfIdentity } from './commands.ts';
import type { CustomerKind } from './domain/certificate.ts';
import type { CustomerStatus, KycStatus } from './domain/status.ts';
import { type CustomerView, viewOf } from './queries.ts';
import { type CustomerRow, nameDigest, phoneDigest } from './store.ts';

/** How customers are looked for: exactly one of these. */
export type CustomerSearch =
  | { readonly by: 'certificate'; kind: CustomerKind; type: string; number: string }
  | { readonly by: 'phone'; phone: string }
  | { readonly by: 'name'; name: string }
  | { readonly by: 'nameMasked'; nameMasked: string }
  | { readonly by: 'customerId'; prefix: string }
  | { readonly by: 'all' };

/** A page of customers in the order of their ids, and where the next one begins. */
export interface CustomerPage {
  customers: CustomerView[];
  nextCursor: string | null;
}

/** The customer after whom a page begins; undefined for the first page. CUSTOMER_CURSOR_INVALID. */
export const afterOf = (cursor: string | undefined): string | undefined =>
  readCursor(cursor, /^(C[0-9A-Z]{15})$/, 'CUSTOMER_CURSOR_INVALID')[0];

function whereOf(world: World, search: CustomerSearch): [condition: string, value: unknown] {
  switch (search.by) {
    case 'certificate': {
      const place = placeOfIdentity(world, search.kind, search.type, search.number);
      return ['customer_id = $1', place.customerId];
    }
    case 'phone':
      return ['phone_digest = $1', phoneDigest(world.secrets, search.phone)];
    case 'name':
      return ['name_digest = $1', nameDigest(world.secrets, search.name)];
    case 'nameMasked':
      return ['name_masked = $1', search.nameMasked];
    case 'customerId':
      return ['starts_with(customer_id, $1)', search.prefix];
    default:
      return ['$1 = true', true];
  }
}

/**
 * Looks for customers by exact certificate, phone or name (through keyed digests), by masked name,
 * or by the beginning of a customer id; a branch finds its own. CUSTOMER_CURSOR_INVALID.
 */
export async function searchCustomers(
  world: World,
  actor: Actor,
  search: CustomerSearch,
  page: { limit: number; cursor?: string | undefined },
): Promise<CustomerPage> {
  const [condition, value] = whereOf(world, search);
  const rows = await world.db.query<CustomerRow>(
    `select * from customers.customers
     where ${condition} and customer_id > $2 and ($3::text is null or branch_code = $3)
       and ($4::text is null or customer_id = $4)
     order by customer_id limit $5`,
    [
      value,
      afterOf(page.cursor) ?? '',
      actor.branchCode ?? null,
      actor.kind === 'investor' ? (actor.customerId ?? '') : null,
      page.limit + 1,
    ],
  );
  return pageOf(rows, page.limit);
}

/** Which customers to list; what is absent matches. */
export interface CustomerFilter {
  readonly kyc?: KycStatus | 'ending' | undefined;
  readonly status?: CustomerStatus | undefined;
  readonly kind?: CustomerKind | undefined;
  readonly investorClass?: 'ordinary' | 'professional' | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const ENDING_DAYS = 30;

/** A page of customers in the order of their ids; a branch sees its own. CUSTOMER_CURSOR_INVALID. */
export async function listCustomers(
  world: World,
  actor: Actor,
  filter: CustomerFilter,
): Promise<CustomerPage> {
  const today = shanghaiDate(world.clock.now());
  const { kyc, status, kind, investorClass, limit } = filter;
  const rows = await world.db.query<CustomerRow>(
    `select * from customers.customers
     where customer_id > $1 and ($2::text is null or branch_code = $2)
       and ($3::text is null or customer_id = $3)
       and ($4::text is null or kyc_status = $4) and ($5::text is null or status = $5)
       and ($6::text is null or kind = $6) and ($7::text is null or investor_class = $7)
       and ($8::date is null
         or (kyc_status = 'verified' and certificate_valid_until between $9::date and $8::date))
     order by customer_id limit $10`,
    [
      afterOf(filter.cursor) ?? '',
      actor.branchCode ?? null,
      actor.kind === 'investor' ? (actor.customerId ?? '') : null,
      kyc === 'ending' ? null : (kyc ?? null),
      status ?? null,
      kind ?? null,
      investorClass ?? null,
      kyc === 'ending' ? addDays(today, ENDING_DAYS) : null,
      today,
      limit + 1,
    ],
  );
  return pageOf(rows, limit);
}

/** The ids of active customers in their order, at most `limit`; a branch sees its own. */
export async function findActiveIds(
  world: World,
  actor: Actor,
  filter: {
    readonly kind?: CustomerKind;
    readonly investorClass?: 'ordinary' | 'professional';
    readonly limit: number;
  },
): Promise<string[]> {
  const rows = await world.db.query<{ customer_id: string }>(
    `select customer_id from customers.customers
     where status = 'active' and ($1::text is null or branch_code = $1)
       and ($2::text is null or kind = $2) and ($3::text is null or investor_class = $3)
     order by customer_id limit $4`,
    [actor.branchCode ?? null, filter.kind ?? null, filter.investorClass ?? null, filter.limit],
  );
  return rows.map((row) => row.customer_id);
}

function pageOf(rows: readonly CustomerRow[], limit: number): CustomerPage {
  const { shown, next } = cutPage(rows, limit, (row) => [row.customer_id]);
  return { customers: shown.map(viewOf), nextCursor: next.nextCursor ?? null };
}

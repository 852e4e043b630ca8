/** The roles of staff, of investors and of partner programs. */
export const ROLES = [
  'administrator',
  'auditor',
  'operations',
  'adviser',
  'productManager',
  'reviewer',
  'compliance',
  'partner',
  'investor',
] as const;

export type Role = (typeof ROLES)[number];

/** The roles that people of the firm hold. */
export const STAFF_ROLES: readonly Role[] = ROLES.filter(
  (role) => role !== 'partner' && role !== 'investor',
);

/** Everyone who acts for the firm: staff and partner programs, no investor. */
export const FIRM_ROLES: readonly Role[] = [...STAFF_ROLES, 'partner'];

/** Who acts: written into every audit record. */
export interface Actor {
  kind: 'staff' | 'investor' | 'partner' | 'system';
  id: string;
  roles: readonly Role[];
  /** The request or run that this act belongs to. */
  requestId: string;
  /** Where it came from: a network address, or 'local'. */
  from: string;
  /** The branch whose customers this actor may see; absent means the whole firm. */
  branchCode?: string;
  /** The one customer whom an investor is; set for investors and nobody else. */
  customerId?: string;
}

/** Whose things one looks at: facts of a customer. */
export interface OwnedBy {
  readonly customerId: string;
  readonly branchCode: string;
}

/** The scope of an actor: what of customers' things he may see. */
export type Scope = Pick<Actor, 'kind' | 'branchCode' | 'customerId'>;

/**
 * Whether the actor may see what belongs to a customer: an investor only what is his own, staff of a
 * branch only its customers, nobody what belongs to nobody.
 */
export function maySee(actor: Scope, customer: OwnedBy | undefined): boolean {
  if (customer === undefined) return false;
  if (actor.kind === 'investor') return actor.customerId === customer.customerId;
  return actor.branchCode === undefined || actor.branchCode === customer.branchCode;
}

/** Whether the actor may see every customer's things, so that nothing need be asked. */
export function seesEveryone(actor: Scope): boolean {
  return actor.kind !== 'investor' && actor.branchCode === undefined;
}

/** The firm's own programs acting by themselves, such as a step of the business day. */
export function systemActor(requestId: string): Actor {
  return { kind: 'system', id: 'cairn', roles: ['operations'], requestId, from: 'local' };
}

/** The short form kept in audit rows and as maker or checker: 'staff:wang.li'. */
export function actorName(actor: Actor): string {
  return `${actor.kind}:${actor.id}`;
}

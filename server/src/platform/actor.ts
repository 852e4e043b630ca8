/** The roles of staff and of partner programs. */
export const ROLES = [
  'administrator',
  'auditor',
  'operations',
  'adviser',
  'productManager',
  'reviewer',
  'compliance',
  'partner',
] as const;

export type Role = (typeof ROLES)[number];

/** Who acts: written into every audit record. */
export interface Actor {
  kind: 'staff' | 'partner' | 'system';
  id: string;
  roles: readonly Role[];
  /** The request or run that this act belongs to. */
  requestId: string;
  /** Where it came from: a network address, or 'local'. */
  from: string;
  /** The branch whose customers this actor may see; absent means the whole firm. */
  branchCode?: string;
}

/** The firm's own programs acting by themselves, such as a step of the business day. */
export function systemActor(requestId: string): Actor {
  return { kind: 'system', id: 'cairn', roles: ['operations'], requestId, from: 'local' };
}

/** The short form kept in audit rows and as maker or checker: 'staff:wang.li'. */
export function actorName(actor: Actor): string {
  return `${actor.kind}:${actor.id}`;
}

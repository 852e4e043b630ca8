/** The state machines of a customer and of the know-your-customer review. */
import type { Finding, Result } from '@cairn/kernel';
import { err, ok } from '@cairn/kernel';
import { blocked } from './finding.ts';

/** A customer is opened active; closed is final. */
export type CustomerStatus = 'active' | 'frozen' | 'closed';

/** What staff can do to the status of a customer. */
export type StatusAction = 'freeze' | 'unfreeze' | 'close';

/** Opened as pending; decided by a second person; falls back when facts change or papers expire. */
export type KycStatus = 'pending' | 'verified' | 'expired' | 'rejected';

/** What happens to the review: two decisions of a person, one of the calendar, one of a change. */
export type KycAction = 'verify' | 'reject' | 'expire' | 'reopen';

const STATUS_MOVES: Readonly<Record<StatusAction, readonly [CustomerStatus, CustomerStatus]>> = {
  freeze: ['active', 'frozen'],
  unfreeze: ['frozen', 'active'],
  close: ['active', 'closed'],
};

const KYC_MOVES: Readonly<Record<KycAction, Partial<Record<KycStatus, KycStatus>>>> = {
  verify: { pending: 'verified', expired: 'verified' },
  reject: { pending: 'rejected', expired: 'rejected' },
  expire: { pending: 'expired', verified: 'expired' },
  reopen: { pending: 'pending', verified: 'pending', expired: 'pending', rejected: 'pending' },
};

/** The status after an action. A frozen customer must be released before closing. */
export function moveStatus(
  from: CustomerStatus,
  action: StatusAction,
): Result<CustomerStatus, Finding> {
  const [needed, to] = STATUS_MOVES[action];
  if (from === needed) return ok(to);
  return err(blocked('CUSTOMER_STATUS_MOVE', { from, action, needed }));
}

/** The review status after an action. */
export function moveKyc(from: KycStatus, action: KycAction): Result<KycStatus, Finding> {
  const to = KYC_MOVES[action][from];
  if (to !== undefined) return ok(to);
  return err({ code: 'CUSTOMER_KYC_MOVE', severity: 'block', details: { from, action } });
}

/**
 * What clients and staff were told was done, by its ids: a witness of its own beside the model, which
 * must find each of them in the books for ever (R1).
 */
import type { Violation } from '../../platform/check.ts';
import type { Sql } from '../../platform/db.ts';

/** Where each kind of id stands once it was told. */
const FOUND = {
  order: 'select order_id as id from trading.orders where order_id = any($1::text[])',
  cancellation: `select order_id as id from trading.order_events
    where to_state = 'cancelled' and order_id = any($1::text[])`,
  transfer: 'select transfer_id as id from accounts.transfers where transfer_id = any($1::text[])',
  assessment: `select assessment_id as id from suitability.assessments
    where assessment_id = any($1::text[])`,
  decision: `select approval_id as id from platform.approvals
    where state in ('approved', 'rejected') and approval_id = any($1::text[])`,
} as const;

type Kind = keyof typeof FOUND;

type Answer = Readonly<Record<string, unknown>>;

const isAnswer = (value: unknown): value is Answer => typeof value === 'object' && value !== null;

/** Every id that an answer says is in the books. */
function* idsIn(value: unknown): Iterable<readonly [Kind, string]> {
  if (Array.isArray(value)) {
    for (const one of value as unknown[]) yield* idsIn(one);
    return;
  }
  if (!isAnswer(value)) return;
  const { kind, receipt, order, transfer, assessmentId, approvalId, state } = value;
  if (kind === 'decided' && isAnswer(receipt)) yield ['order', String(receipt['orderId'])];
  if (kind === 'cancelled' && isAnswer(order)) yield ['cancellation', String(order['orderId'])];
  if (isAnswer(transfer)) yield ['transfer', String(transfer['transferId'])];
  if (typeof assessmentId === 'string') yield ['assessment', assessmentId];
  if (typeof approvalId === 'string' && (state === 'approved' || state === 'rejected')) {
    yield ['decision', approvalId];
  }
}

export class AckLedger {
  readonly #told = new Map<Kind, Set<string>>();

  /** Somebody heard this answer. */
  hear(answer: unknown): void {
    for (const [kind, id] of idsIn(answer)) {
      this.#told.set(kind, (this.#told.get(kind) ?? new Set()).add(id));
    }
  }

  /** What was told and is not there. */
  async missing(sql: Sql): Promise<Violation[]> {
    const missing: Violation[] = [];
    for (const [kind, ids] of this.#told) {
      const rows = await sql.query<{ id: string }>(FOUND[kind], [[...ids]]);
      const found = new Set(rows.map(({ id }) => id));
      for (const id of ids) {
        if (!found.has(id)) missing.push({ subject: `${kind}:${id}`, detail: { told: true } });
      }
    }
    return missing;
  }
}

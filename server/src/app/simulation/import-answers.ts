/** The answers to imports of terms and to decisions on them, in the words of the model. */
import type { Actor } from '../../platform/actor.ts';
import { type Approval, decideApproval } from '../../platform/approvals.ts';
import type { DayWorld } from '../../modules/clearing/index.ts';
import type { ImportReport } from '../../modules/products/index.ts';
import type { ImportReply } from './model/office.ts';

/** The report of an import in the model's words. */
export function reported(report: ImportReport): string {
  const { created, changed, unchanged, held, errors, approvalId } = report;
  const codes = errors.map(({ code }) => code);
  const isHeld = approvalId !== undefined;
  return replyText({ created, changed, unchanged, held, errors: codes, isHeld });
}

export const replyText = (reply: ImportReply): string =>
  [
    `created ${reply.created} changed ${reply.changed} unchanged ${reply.unchanged}`,
    `held ${reply.held}${reply.isHeld ? ' for four eyes' : ''} errors ${reply.errors.join(',')}`,
  ].join(' ');

/** What came of bringing one change in. */
export interface Imported {
  readonly bad: ImportReport | undefined;
  readonly report: ImportReport;
  readonly own: string | undefined;
  readonly approval: Approval | undefined;
}

/** The code with which a decision is refused; 'approved' when it was taken. */
export async function refusalOf(world: DayWorld, by: Actor, approvalId: string): Promise<string> {
  try {
    return (await decideApproval(world, by, approvalId, 'approve', 'mine')).state;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

/** The answers to imports of terms and to decisions on them, in the words of the model. */
import type { Approval } from '../../platform/approvals.ts';
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

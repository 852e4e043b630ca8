/** The answers to imports of terms and to decisions on them, in the words of the model. */
import type { Approval } from '../../platform/approvals.ts';
import type { ImportReport } from '../../modules/products/index.ts';
import type { ImportReply } from './model/office.ts';

/** The report of an import in the model's words. */
export function reported(report: ImportReport): string {
  const { rows, created, changed, unchanged, held, errors, errorCount, approvalId } = report;
  const codes = errors.map(({ code }) => code);
  const isHeld = approvalId !== undefined;
  const text = replyText({ created, changed, unchanged, held, errors: codes, isHeld }, rows);
  return errorCount === errors.length ? text : `${text} of ${errorCount}`;
}

/** Rows of data in a file. */
export const rowsIn = (csv: string): number => csv.trimEnd().split('\n').length - 1;

export const replyText = (reply: ImportReply, rows: number): string =>
  [
    `rows ${rows} created ${reply.created} changed ${reply.changed} unchanged ${reply.unchanged}`,
    `held ${reply.held}${reply.isHeld ? ' for four eyes' : ''} errors ${reply.errors.join(',')}`,
  ].join(' ');

/** What came of bringing one change in. */
export interface Imported {
  readonly bad: ImportReport | undefined;
  readonly report: ImportReport;
  readonly own: string | undefined;
  readonly approval: Approval | undefined;
}

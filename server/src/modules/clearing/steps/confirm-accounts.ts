/** Books the waiting account confirmations of file 02. */
import { assert, type LocalDate } from '@cairn/kernel';
import type { Tx } from '../../../platform/db.ts';
import type { Work } from '../../../platform/work.ts';
import {
  type AccountOutcome,
  applyAccountOutcomes,
  findApplications,
} from '../../trading/index.ts';
import { mayStandAsStated, type Mismatch } from '../domain/mismatch.ts';
import type { AccountConfirmation } from '../domain/file-rows.ts';
import { type BookedDifference, differencesOf, insertDifferences } from '../differences.ts';
import { loadRefusals } from '../refusal-codes.ts';
import { setRecordStates } from '../store.ts';

export interface UnbookedAccount {
  readonly confirmation: AccountConfirmation;
  readonly customerId: string | undefined;
  readonly reasons: readonly Mismatch[];
}

export interface ConfirmAccountsResult {
  readonly applied: number;
  readonly rejected: number;
  readonly unbooked: readonly UnbookedAccount[];
  /** Applications that got an answer. */
  readonly answered: readonly string[];
}

/** What we know of the application that a confirmation names. */
interface Known {
  readonly customerId: string;
  readonly businessCode: string;
  readonly state: string;
  readonly registrarCode: string;
  readonly tradingAccountNo: string;
}

const APPLY_CODES: Readonly<Record<string, string>> = { '101': '001', '108': '008' };

function findReasons(
  c: AccountConfirmation,
  known: Known | undefined,
  isRefusalKnown: boolean,
): Mismatch[] {
  const applied = APPLY_CODES[c.businessCode];
  if (applied === undefined) return [{ code: 'BUSINESS_CODE_UNKNOWN', theirs: c.businessCode }];
  if (known === undefined) return [{ code: 'APPLICATION_UNKNOWN', theirs: c.applicationId }];
  const reasons: Mismatch[] = [];
  const ours = `${known.businessCode} ${known.registrarCode} ${known.tradingAccountNo}`;
  const theirs = `${applied} ${c.registrarCode} ${c.tradingAccountNo}`;
  if (ours !== theirs) reasons.push({ code: 'APPLICATION_DIFFERS', ours, theirs });
  if (known.state !== 'sent') {
    reasons.push({ code: 'ORDER_NOT_WAITING', ours: known.state, theirs: c.businessCode });
  }
  if (c.returnCode === '0000' && c.taAccountId === '') reasons.push({ code: 'TA_ACCOUNT_MISSING' });
  if (c.returnCode !== '0000' && !isRefusalKnown) {
    reasons.push({ code: 'RETURN_CODE_UNKNOWN', theirs: c.returnCode });
  }
  return reasons;
}

async function loadKnown(
  tx: Tx,
  rows: readonly AccountConfirmation[],
): Promise<Map<string, Known>> {
  const ids = [...new Set(rows.map((c) => c.applicationId).filter((id) => id.length === 24))];
  return findApplications(tx, ids);
}

/** Decides and books account confirmations of locked buckets in file order. */
export async function confirmAccounts(
  work: Work,
  rows: readonly AccountConfirmation[],
  context: { businessDate: LocalDate },
): Promise<ConfirmAccountsResult> {
  if (rows.length === 0) return { applied: 0, rejected: 0, unbooked: [], answered: [] };
  const [known, isRefusalKnown] = await Promise.all([
    loadKnown(work.tx, rows),
    loadRefusals(work.tx, rows),
  ]);
  const outcomes: AccountOutcome[] = [];
  const unbooked: UnbookedAccount[] = [];
  const applied: AccountConfirmation[] = [];
  const differences: BookedDifference[] = [];
  for (const c of rows) {
    const application = known.get(c.applicationId);
    const reasons = findReasons(c, application, isRefusalKnown(c));
    if (reasons.length > 0 && !(c.isStated && mayStandAsStated(reasons))) {
      unbooked.push({ confirmation: c, customerId: application?.customerId, reasons });
      continue;
    }
    const outcome = outcomeOf(c);
    outcomes.push(outcome);
    applied.push(c);
    differences.push(...differencesOf('account', c, reasons));
    if (application !== undefined) {
      known.set(c.applicationId, { ...application, state: outcome.to });
    }
  }
  const written = await applyAccountOutcomes(work, outcomes);
  assert(written.refused.length === 0, 'decided answers fit the applications they were decided on');
  await insertDifferences(work.tx, context.businessDate, differences);
  await setRecordStates(work.tx, 'account_confirmations', [
    ...applied.map((c) => ({ ...c, state: 'applied' as const })),
    ...unbooked.map(({ confirmation: c }) => ({ ...c, state: 'exception' as const })),
  ]);
  const rejected = outcomes.filter((outcome) => outcome.to === 'rejected').length;
  const answered = applied.map((c) => c.applicationId);
  return { applied: applied.length, rejected, unbooked, answered };
}

function outcomeOf(c: AccountConfirmation): AccountOutcome {
  const to = c.returnCode === '0000' ? 'confirmed' : 'rejected';
  return {
    applicationId: c.applicationId,
    to,
    ...(to === 'confirmed' ? { taAccountId: c.taAccountId } : {}),
    confirmDate: c.confirmDate,
    ref: `${c.registrarCode}/${c.taSerial}`,
  };
}

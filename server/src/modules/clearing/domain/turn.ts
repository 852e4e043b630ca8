/**
 * Whose turn it is. Units leave a holding first in, first out, so they may leave only when all that
 * the registrar did to the holding before is in our books: else our lots are not the registrar's.
 * What comes in needs no turn, because lots stand in the order of their confirmation.
 */
import type { LocalDate } from '@cairn/kernel';
import type { Mismatch } from './mismatch.ts';

/** Where a record stands among those of its registrar. */
export interface Place {
  readonly confirmDate: LocalDate;
  readonly fileId: bigint;
  readonly recordNo: number;
}

/** Something about a holding that is not booked: an order, a reinvested dividend, a whole package. */
export interface Outstanding {
  /** As the reason names it: 'order C2…', 'dividend SERIAL', 'package 2026-03-04'. */
  readonly what: string;
  readonly orderId?: string;
  /** The day of an application without any answer: those of later days come after it. */
  readonly unansweredSince?: LocalDate;
  /** Where its record stands, or stood before it was voided. */
  readonly place?: Place;
}

function isBefore(a: Place, b: Place): boolean {
  if (a.confirmDate !== b.confirmDate) return a.confirmDate < b.confirmDate;
  return a.fileId === b.fileId ? a.recordNo < b.recordNo : a.fileId < b.fileId;
}

/** What has to be booked before units leave by this record, if anything. */
export function findBefore(
  record: Place & { readonly orderId: string; readonly tradeDate: LocalDate },
  outstanding: readonly Outstanding[],
): Outstanding | undefined {
  return outstanding.find(
    ({ orderId, unansweredSince: since, place }) =>
      orderId !== record.orderId &&
      ((since !== undefined && since < record.tradeDate) ||
        (place !== undefined && isBefore(place, record))),
  );
}

/** What may be missing from the units of a record date, if anything. */
export function findMissingOn(
  recordDate: LocalDate,
  outstanding: readonly Outstanding[],
): Outstanding | undefined {
  return outstanding.find(
    ({ unansweredSince: since, place }) =>
      (since !== undefined && since < recordDate) ||
      (place !== undefined && place.confirmDate <= recordDate),
  );
}

/** The reason of a record that waits for its turn. */
export const behind = ({ what }: Outstanding): Mismatch => ({
  code: 'EARLIER_NOT_BOOKED',
  theirs: what,
});

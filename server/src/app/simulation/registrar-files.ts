/** Reads what the house sent and what the registrars answered, and holds both against the model. */
import { parseFixed } from '@cairn/kernel';
import { findFileNameParts, type OfdRecord, parseFile } from '@cairn/ofd';
import type { DayReport } from '@cairn/registrar';
import type { Parcel } from './courier.ts';
import { Disagreement } from './model/booking.ts';
import type { SentRecord } from './model/desk.ts';
import type { ModelOrder } from './model/state.ts';
import type { Decisions, TruthRecord } from './model/truth.ts';

/** The records of the data files of one type. */
export function recordsIn(
  files: readonly (readonly [name: string, bytes: Buffer])[],
  fileType: string,
): OfdRecord[] {
  return files.flatMap(([name, bytes]) => {
    const parts = findFileNameParts(name);
    if (parts?.kind !== 'OFD' || parts.fileType !== fileType) return [];
    return [...parseFile(bytes, { fileName: name }).records];
  });
}

const applied = (record: OfdRecord): string =>
  [
    record.text('AppSheetSerialNo'),
    record.text('BusinessCode'),
    record.text('FundCode'),
    record.text('TransactionDate'),
    record.number('ApplicationAmount'),
    record.number('ApplicationVol'),
    record.number('DiscountRateOfCommission'),
    record.text('DefDividendMethod'),
  ].join(' ');

const wanted = (order: ModelOrder): string =>
  [
    order.id,
    order.kind,
    order.fund,
    order.tradeDate.replaceAll('-', ''),
    order.amount,
    order.units,
    order.discount / 10_000n,
    order.method,
  ].join(' ');

/** O3 from outside: a day's file 03 holds exactly the orders that the model says were accepted. */
export function compareSent(
  what: string,
  orders: readonly ModelOrder[],
  files: readonly (readonly [string, Buffer])[],
): void {
  const theirs = recordsIn(files, '03').map(applied).sort();
  const ours = orders.map(wanted).sort();
  if (theirs.join('\n') === ours.join('\n')) return;
  const only = (some: readonly string[], others: readonly string[]) => {
    const known = new Set(others);
    return some.filter((line) => !known.has(line));
  };
  throw new Disagreement(what, only(ours, theirs), only(theirs, ours));
}

/** What the registrars say they did with applications. */
export function decisionsOf({ faults }: DayReport): Decisions {
  const refused = new Set<string>();
  const part = new Map<string, bigint>();
  for (const { kind, record, ratio } of faults) {
    if (typeof record !== 'string') continue;
    if (kind === 'rejection') refused.add(record);
    if (kind === 'partialConfirmation') part.set(record, parseFixed(ratio ?? '0.5', 8) ?? 0n);
  }
  return { refused, part };
}

interface Seen {
  readonly serial: string;
  readonly key: string;
  readonly values: string;
  /** The values without the confirmed amount. */
  readonly rest: string;
}

const tradeKey = (code: string, id: string): string => `${code} ${id}`;
const dividendKey = (customer: string, fund: string, recordDate: string): string =>
  `143 ${customer} ${fund} ${recordDate}`;

function keyOf(truth: TruthRecord): string {
  return truth.code === '143'
    ? dividendKey(truth.customer, truth.fund, truth.of)
    : tradeKey(truth.code, truth.id);
}

function valuesOf(t: TruthRecord): { values: string; rest: string } {
  if (t.code === '101' || t.code === '108') {
    return { values: String(t.isGood), rest: '' };
  }
  if (t.code === '143') {
    const values = [t.basis, t.amount, t.units, t.refund].join(' ');
    return { values, rest: '' };
  }
  // A refusal gives the whole amount of a purchase back; nothing of it is compared.
  const rest = t.isGood
    ? ['good', t.units, t.fee, t.agencyFee, t.interest, t.refund].join(' ')
    : 'refused';
  return { values: t.isGood ? `${t.amount} ${rest}` : rest, rest };
}

function accountSeen(record: OfdRecord): Seen {
  const isGood = record.text('ReturnCode') === '0000';
  return {
    serial: record.text('TASerialNO'),
    key: tradeKey(record.text('BusinessCode'), record.text('AppSheetSerialNo')),
    values: String(isGood),
    rest: '',
  };
}

function tradeSeen(record: OfdRecord): Seen {
  const isGood = record.text('ReturnCode') === '0000';
  const names = ['ConfirmedVol', 'Charge', 'AgencyFee', 'Interest', 'RefundAmount'];
  const numbers = names.map((name) => record.number(name));
  const rest = isGood ? ['good', ...numbers].join(' ') : 'refused';
  return {
    serial: record.text('TASerialNO'),
    key: tradeKey(record.text('BusinessCode'), record.text('AppSheetSerialNo')),
    values: isGood ? `${record.number('ConfirmedAmount')} ${rest}` : rest,
    rest,
  };
}

function dividendSeen(record: OfdRecord, customerOf: (account: string) => string): Seen {
  const day = record.text('RegistrationDate');
  const recordDate = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
  const customer = customerOf(record.text('TransactionAccountID'));
  const names = [
    'BasisforCalculatingDividend',
    'DividendAmount',
    'VolOfDividendforReinvestment',
    'ConfirmedAmount',
  ];
  return {
    serial: record.text('TASerialNO'),
    key: dividendKey(customer, record.text('FundCode'), recordDate),
    values: names.map((name) => record.number(name)).join(' '),
    rest: '',
  };
}

/** Compares the registrars' packages with the truth, and remembers what was sent wrong. */
export class RegistrarReader {
  readonly #customerOf: (tradingAccountNo: string) => string;
  /** Decisions whose record was wrong, until it is sent again. */
  readonly #wrong = new Map<string, TruthRecord>();

  constructor(customerOf: (tradingAccountNo: string) => string) {
    this.#customerOf = customerOf;
  }

  /** The records of a package, each with the decision that it tells. */
  read(parcel: Parcel, truth: readonly TruthRecord[], report: DayReport): SentRecord[] {
    const expected = new Map(truth.map((record) => [keyOf(record), record]));
    const seen = [
      ...recordsIn(parcel.files, '02').map(accountSeen),
      ...recordsIn(parcel.files, '04').map(tradeSeen),
      ...recordsIn(parcel.files, '06').map((record) => dividendSeen(record, this.#customerOf)),
    ];
    const mayBeWrong = report.faults.some(({ kind }) => kind === 'wrongAmount');
    const sent = seen.map((record) => this.#match(record, expected, mayBeWrong));
    if (expected.size > 0) {
      throw new Disagreement(
        `package ${parcel.party} ${parcel.date}`,
        [...expected.keys()],
        'absent',
      );
    }
    return sent;
  }

  #match(seen: Seen, expected: Map<string, TruthRecord>, mayBeWrong: boolean): SentRecord {
    const { serial, key } = seen;
    const truth = expected.get(key);
    if (truth !== undefined) {
      expected.delete(key);
      const { values, rest } = valuesOf(truth);
      if (values === seen.values) return { serial, truth, isWrong: false };
      if (!mayBeWrong || rest !== seen.rest) throw new Disagreement(key, values, seen.values);
      this.#wrong.set(key, truth);
      return { serial, truth, isWrong: true };
    }
    const corrected = this.#wrong.get(key);
    if (corrected !== undefined && valuesOf(corrected).values === seen.values) {
      this.#wrong.delete(key);
      return { serial, truth: corrected, isWrong: false };
    }
    if (key.startsWith('144 ')) return { serial, truth: undefined, isWrong: true };
    throw new Disagreement(key, 'no such record', seen.values);
  }
}

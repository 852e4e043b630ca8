import { OfdError } from './errors.ts';

/** OFI business data, OFJ market data, OFF early confirmations: the stream decides, not the type. */
export type OfdIndexKind = 'OFI' | 'OFJ' | 'OFF';

/** The parts of a data file name; `date` is yyyymmdd, `sequence` counts slices from 1. */
export interface OfdDataFileName {
  readonly kind: 'OFD';
  readonly creator: string;
  readonly receiver: string;
  readonly date: string;
  readonly fileType: string;
  readonly sequence?: number;
}

/** The parts of an index file name. */
export interface OfdIndexFileName {
  readonly kind: OfdIndexKind;
  readonly creator: string;
  readonly receiver: string;
  readonly date: string;
}

const party = '[0-9A-Za-z]{1,20}';
const dataPattern = new RegExp(
  `^OFD_(${party})_(${party})_(\\d{8})_([0-9A-Z]{2})(?:_(\\d{3}))?\\.TXT$`,
  'i',
);
const indexPattern = new RegExp(`^(OF[IJF])_(${party})_(${party})_(\\d{8})\\.TXT$`, 'i');

/** Whether `text` is a real calendar day written yyyymmdd, of the years 1900 to 2999. */
export function isOfdDate(text: string): boolean {
  const match = /^(19|2\d)(\d\d)(\d\d)(\d\d)$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = [Number(text.slice(0, 4)), Number(match[3]), Number(match[4])];
  if (month < 1 || month > 12 || day < 1) return false;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const february = isLeap ? 29 : 28;
  const days = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]!;
  return day <= days;
}

/** Reads a file name without regard to case; undefined if it is none of the protocol. */
export function findFileNameParts(name: string): OfdDataFileName | OfdIndexFileName | undefined {
  const index = indexPattern.exec(name);
  if (index !== null) {
    const [, kind = '', creator = '', receiver = '', date = ''] = index;
    if (!isOfdDate(date)) return undefined;
    const letters = kind.toUpperCase();
    const indexKind = letters === 'OFI' || letters === 'OFJ' ? letters : 'OFF';
    return { kind: indexKind, creator, receiver, date };
  }
  const data = dataPattern.exec(name);
  if (data === null) return undefined;
  const [, creator = '', receiver = '', date = '', fileType = '', sequence] = data;
  if (!isOfdDate(date) || sequence === '000') return undefined;
  const parts = { kind: 'OFD', creator, receiver, date, fileType: fileType.toUpperCase() } as const;
  return sequence === undefined ? parts : { ...parts, sequence: Number(sequence) };
}

/** Like `findFileNameParts`, but throws `FILE_NAME`. */
export function parseFileName(name: string): OfdDataFileName | OfdIndexFileName {
  const parts = findFileNameParts(name);
  if (parts === undefined) throw new OfdError('FILE_NAME', { file: name }, { name });
  return parts;
}

function checkedName(name: string): string {
  parseFileName(name);
  return name;
}

/** `OFD_<creator>_<receiver>_<date>_<type>[_<sequence>].TXT`; throws `FILE_NAME`. */
export function dataFileName(parts: Omit<OfdDataFileName, 'kind'>): string {
  const { creator, receiver, date, fileType, sequence } = parts;
  const slice = sequence === undefined ? '' : `_${String(sequence).padStart(3, '0')}`;
  return checkedName(`OFD_${creator}_${receiver}_${date}_${fileType}${slice}.TXT`);
}

/** `<kind>_<creator>_<receiver>_<date>.TXT`; throws `FILE_NAME`. */
export function indexFileName(parts: OfdIndexFileName): string {
  const { kind, creator, receiver, date } = parts;
  return checkedName(`${kind}_${creator}_${receiver}_${date}.TXT`);
}

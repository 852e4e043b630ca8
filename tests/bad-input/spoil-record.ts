/** Changing one field of one record in the bytes of an exchange file. */
import { encodeGb18030, getLayout } from '@cairn/ofd';

type SpoiltType = '02' | '04' | '06';

/** What names a record: the application that it answers; a dividend, by the account. */
const NAMED_BY: Readonly<Record<SpoiltType, string>> = {
  '02': 'AppSheetSerialNo',
  '04': 'AppSheetSerialNo',
  '06': 'TransactionAccountID',
};

/** The first byte of each record: records stand alone on their lines, after the field names. */
function recordOffsets(bytes: Buffer, fileType: SpoiltType): number[] {
  const width = getLayout('21', fileType).fields.reduce((sum, field) => sum + field.length, 0);
  const offsets: number[] = [];
  let offset = 0;
  for (const line of bytes.toString('latin1').split('\r\n')) {
    if (line.length === width) offsets.push(offset);
    offset += line.length + 2;
  }
  return offsets;
}

function placeOf(fileType: SpoiltType, name: string): { from: number; length: number } {
  const { fields } = getLayout('21', fileType);
  const at = fields.findIndex((field) => field.name === name);
  const field = fields[at];
  if (field === undefined) throw new Error(`file ${fileType} has no ${name}`);
  const from = fields.slice(0, at).reduce((sum, { length }) => sum + length, 0);
  return { from, length: field.length };
}

/** A copy with another value in a field of the record of an application, or of an account. */
export function spoilRecord(
  bytes: Buffer,
  fileType: SpoiltType,
  id: string,
  [name, value]: readonly [field: string, value: string],
): Buffer {
  const serial = placeOf(fileType, NAMED_BY[fileType]);
  const { from, length } = placeOf(fileType, name);
  const record = recordOffsets(bytes, fileType).find((offset) => {
    const start = offset + serial.from;
    return bytes.toString('latin1', start, start + serial.length).trim() === id;
  });
  if (record === undefined) throw new Error(`no record of ${id}`);
  const spoilt = Buffer.from(bytes);
  spoilt.fill(' ', record + from, record + from + length);
  encodeGb18030(value).copy(spoilt, record + from, 0, length);
  return spoilt;
}

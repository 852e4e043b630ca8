/** Files as records: fields with their names in both languages, by pages, personal data masked. */
import { AppError } from '@cairn/kernel';
import { OfdError, type OfdPage, readPage } from '@cairn/ofd';
import { parse } from 'csv-parse/sync';
import type { Static } from 'typebox';
import type { Actor } from '../../platform/actor.ts';
import { FIRM, work } from '../../platform/work.ts';
import type { World } from '../../platform/world.ts';
import type { FileRecords } from './file-contract.ts';
import { isPersonalField, maskField } from './domain/personal-fields.ts';

type Records = Static<typeof FileRecords>;

interface StoredFile {
  sha256: string;
  name: string;
  stream: string;
  file_type: string;
  party: string;
  direction: string;
}

async function getFile(world: World, fileId: bigint): Promise<StoredFile> {
  const [row] = await world.db.query<StoredFile>(
    `select sha256, name, stream, file_type, party, direction from clearing.files
     where file_id = $1`,
    [fileId],
  );
  if (row === undefined) throw new AppError('FILE_NOT_FOUND', { fileId: String(fileId) });
  return row;
}

/** Which part of which file, and whether personal data may be seen in clear. */
export interface RecordsRequest {
  readonly fileId: bigint;
  readonly from: number;
  readonly limit: number;
}

/** A page of a file with personal data masked. FILE_NOT_FOUND, FILE_NOT_READABLE. */
export async function listFileRecords(world: World, request: RecordsRequest): Promise<Records> {
  return readRecordsOf(world, request, maskField);
}

/**
 * A page of a file in clear, for a purpose. The audit record is committed before anything is shown.
 * FILE_NOT_FOUND, FILE_NOT_READABLE.
 */
export async function unmaskFileRecords(
  world: World,
  actor: Actor,
  request: RecordsRequest & { readonly purpose: string },
): Promise<Records> {
  await getFile(world, request.fileId);
  await work(world, [FIRM], async ({ audit }) => {
    audit({
      bucket: FIRM,
      actor,
      action: 'clearing.unmask-file',
      subject: `file:${request.fileId}`,
      result: 'done',
      detail: { from: request.from, limit: request.limit, purpose: request.purpose },
    });
  });
  return readRecordsOf(world, request, (_field, text) => text);
}

type Mask = (field: string, text: string) => string;

async function readRecordsOf(
  world: World,
  { fileId, from, limit }: RecordsRequest,
  mask: Mask,
): Promise<Records> {
  const file = await getFile(world, fileId);
  const bytes = await world.files.get(file.sha256);
  const head = {
    fileId: String(fileId),
    name: file.name,
    direction: file.direction,
    party: file.party,
    stream: file.stream,
    fileType: file.file_type,
    from,
  };
  if (file.stream === 'bank') return { ...head, ...readCsv(bytes, from, limit) };
  try {
    const page = await readPage(bytes, { from, limit, fileName: file.name });
    return { ...head, ...viewPage(page, mask) };
  } catch (error) {
    if (!(error instanceof OfdError)) throw error;
    const reason = `${error.code}: ${error.describe('en')}`;
    throw new AppError('FILE_NOT_READABLE', { reason, reasonZh: error.describe('zh') });
  }
}

function viewPage(page: OfdPage, mask: Mask) {
  const { header, fields, records, recordCount, error, fileTypeName } = page;
  return {
    title: fileTypeName?.en ?? header.fileType,
    titleZh: fileTypeName?.zh ?? header.fileType,
    header: { ...header },
    isLayoutVerified: page.isLayoutVerified,
    total: recordCount,
    fields: fields.map((field) => ({ ...field, isPersonal: isPersonalField(field.name) })),
    records: records.map(({ index, values }) => ({
      index,
      values: values.map(({ text, meaning }, at) => ({
        text: mask(fields[at]?.name ?? '', text),
        ...(meaning === undefined ? {} : { meaning: meaning.en, meaningZh: meaning.zh }),
      })),
    })),
    ...(error === undefined
      ? {}
      : {
          fault: {
            code: error.code,
            message: error.describe('en'),
            messageZh: error.describe('zh'),
          },
        }),
  };
}

const BANK_LABELS: Readonly<Record<string, readonly [en: string, zh: string]>> = {
  instructionId: ['Instruction', '指令编号'],
  date: ['Date', '日期'],
  kind: ['Kind', '类型'],
  assetAccount: ['Asset account', '资产账户'],
  amount: ['Amount', '金额'],
  lineId: ['Line', '行号'],
  reference: ['Reference', '关联编号'],
};

/** The bank's files are tables of text; they hold account numbers of ours and no personal data. */
function readCsv(bytes: Buffer, from: number, limit: number) {
  const rows = parse(bytes, { bom: true, relax_column_count: true }) as string[][];
  const [names = [], ...lines] = rows;
  return {
    title: 'Depository bank',
    titleZh: '存管银行文件',
    header: {},
    isLayoutVerified: true,
    total: lines.length,
    fields: names.map((name) => {
      const [label, labelZh] = BANK_LABELS[name] ?? [name, name];
      return {
        name,
        label,
        labelZh,
        type: 'A' as const,
        length: 0,
        decimals: 0,
        isPersonal: false,
      };
    }),
    records: lines.slice(from, from + limit).map((values, index) => ({
      index: from + index,
      values: names.map((_name, at) => ({ text: values[at] ?? '' })),
    })),
  };
}

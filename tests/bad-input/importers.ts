/**
 * Every importer of files with a good file of its own: product files through the API, exchange files
 * and the bank's statement through the folders that counterparties write.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, dayOfWeek, exchangeCalendar, type LocalDate, localDate } from '@cairn/kernel';
import { getLayout, writeFile, writeIndex } from '@cairn/ofd';
import { playOperator } from '../../server/src/app/sandbox/house.ts';
import { receivePackages } from '../../server/src/modules/clearing/index.ts';
import { receiveStatement } from '../../server/src/modules/clearing/steps/receive-statement.ts';
import type { Role } from '../../server/src/platform/actor.ts';
import type { House } from './house.ts';
import { TODAY } from './house.ts';
import { PLAIN } from './market.ts';
import type { ApiDocument } from './places.ts';
import { faultsOfRefusal } from './problem.ts';

/** What an importer did with a file; of a refusal the codes of its faults, and what was wrong with it. */
export interface Outcome {
  readonly isTaken: boolean;
  readonly codes: readonly string[];
  readonly faults: readonly string[];
}

/** One way in for files. */
export interface Importer {
  readonly name: string;
  /** The place of the corpus: 'csv', 'statement', 'ofd data', 'ofd index'. */
  readonly kind: string;
  readonly good: Buffer;
  /** Columns of a table that hold days, and numbers. */
  readonly days: readonly string[];
  readonly numbers: readonly string[];
  /** Gives it the file. With `isTrial`, where there is such a thing, nothing is kept of a good one. */
  take(file: Buffer, isTrial?: boolean): Promise<Outcome>;
}

/** Tables that a refusal may write: the file that was refused, what is to be done about it, the audit. */
export const OF_REFUSALS = [
  'clearing.files',
  'clearing.exceptions',
  'clearing.exception_events',
  'platform.audit',
  'platform.buckets',
];

const tradingDays = (): string[] => {
  const rows: string[] = [];
  const isClosed = (date: string) => /-(01-01|02-0[89]|02-10|05-0[1-5]|10-0[1-4])$/.test(date);
  for (let d = localDate('2027-01-01'); d.startsWith('2027'); d = addDays(d, 1)) {
    if (dayOfWeek(d) <= 5) rows.push(`${d},${!isClosed(d)}`);
  }
  return rows;
};

interface Table {
  readonly header: string;
  readonly rows: readonly string[];
  readonly numbers?: readonly string[];
  readonly as?: Role;
}

/** A good file of each kind that the API document names. */
async function tables(house: House): Promise<Readonly<Record<string, Table>>> {
  const fund = await house.app.inject({
    url: `/products/${PLAIN}`,
    headers: house.staff.productManager,
  });
  const { parameters } = fund.json<{ parameters: Record<string, string> }>();
  const own = Object.entries({ ...parameters, riskLevel: '4' });
  const snake = (name: string) => name.replaceAll(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);
  const amounts = own
    .map(([name]) => snake(name))
    .filter((name) => /^(min|max)_|_step$/.test(name));
  return {
    funds: {
      header: 'fund_code,name,registrar_code,fund_type',
      rows: ['100001,聚石测试,01,mixed'],
    },
    parameters: {
      header: ['fund_code', 'effective_date', ...own.map(([name]) => snake(name))].join(','),
      rows: [[PLAIN, '2026-05-06', ...own.map(([, value]) => value)].join(',')],
      numbers: amounts,
    },
    feeSchedules: {
      header: 'fund_code,kind,effective_date,from_amount,rate',
      rows: [`${PLAIN},purchase,2026-05-06,0,0.004`],
      numbers: ['rate'],
    },
    navs: {
      header: 'fund_code,nav_date,nav',
      rows: [`${PLAIN},2026-03-03,1.2345`],
      numbers: ['nav'],
    },
    dividends: {
      header: 'fund_code,record_date,ex_date,pay_date,per_unit',
      rows: [`${PLAIN},2026-05-06,2026-05-06,2026-05-07,0.01`],
      numbers: ['per_unit'],
    },
    splits: {
      header: 'fund_code,ex_date,ratio',
      rows: [`${PLAIN},2026-05-06,2`],
      numbers: ['ratio'],
    },
    closedDays: {
      header: 'fund_code,closed_date,reason',
      rows: [`${PLAIN},2026-05-06,holiday`],
    },
    tradingDays: { header: 'date,open', rows: tradingDays(), as: 'operations' },
    tradingDayCorrections: {
      header: 'date,open',
      rows: ['2026-10-12,false'],
      as: 'operations',
    },
  };
}

function csvImporter(house: House, kind: string, table: Table): Importer {
  const { header, rows, numbers = [], as = 'productManager' } = table;
  return {
    name: `products/${kind}`,
    kind: 'csv',
    good: Buffer.from([header, ...rows, ''].join('\n')),
    days: header.split(',').filter((name) => name.endsWith('date')),
    numbers,
    async take(file, isTrial = false) {
      const send = (query: string) =>
        house.app.inject({
          method: 'POST',
          url: `/products/imports?kind=${kind}${query}`,
          headers: { ...house.staff[as], 'content-type': 'text/csv' },
          payload: file,
        });
      const looked = await send('&dryRun=true');
      const codes = (looked.json<{ errors?: { code: string }[] }>().errors ?? []).map(
        ({ code }) => code,
      );
      if (isTrial) {
        return { isTaken: looked.statusCode === 200 && codes.length === 0, codes, faults: [] };
      }
      const reply = await send('');
      if (reply.statusCode < 400) return { isTaken: true, codes, faults: [] };
      const right = reply.statusCode === 422 && looked.statusCode === 200;
      const faults = [
        ...faultsOfRefusal(reply, file.toString()),
        ...(right ? [] : [`answered ${looked.statusCode} and ${reply.statusCode}`]),
      ];
      return { isTaken: false, codes, faults };
    },
  };
}

/** The kinds of product files by the API document. */
function kindsOf(api: ApiDocument): string[] {
  const { parameters = [] } = api.paths['/products/imports']?.['post'] ?? {};
  const schema = parameters.find(({ name }) => name === 'kind')?.schema;
  return (schema?.enum ?? schema?.anyOf?.flatMap((one) => one.enum ?? []) ?? []).map(String);
}

/** The reason that the newest refused file of today was kept with. */
async function newestReason(house: House, date: LocalDate): Promise<Record<string, unknown>> {
  const [row] = await house.world.db.query<{ reason: Record<string, unknown> | null }>(
    `select reason from clearing.files where business_date = $1 and state = 'refused'
     order by file_id desc limit 1`,
    [date],
  );
  return row?.reason ?? {};
}

const basicOf = (date: LocalDate) => date.replaceAll('-', '');

/** What was refused before must not be what the next file is compared with. */
async function forgetRefused(house: House, date: LocalDate, folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await house.world.db.query(
    `delete from clearing.files where business_date = $1 and state = 'refused'`,
    [date],
  );
}

/** A package of one data file; what is changed is that file or its index. */
function packageImporter(
  house: House,
  kind: 'ofd data' | 'ofd index',
  fileType: string,
  played: Buffer,
  date: LocalDate,
): Importer {
  const basic = basicOf(date);
  const data = Buffer.from(played.toString('latin1').replaceAll(basicOf(TODAY), basic), 'latin1');
  const folder = join(house.world.exchange.folder, '01', 'in');
  const name = `OFD_01_305_${basic}_${fileType}.TXT`;
  const indexKind = fileType === '07' ? 'OFJ' : 'OFI';
  const indexName = `${indexKind}_01_305_${basic}.TXT`;
  const index = writeIndex({
    kind: indexKind,
    version: '21',
    creator: '01',
    receiver: '305',
    date: basic,
    files: [name],
  });
  const isData = kind === 'ofd data';
  return {
    name: isData ? `exchange/${fileType}` : 'exchange/index',
    kind,
    good: isData ? data : Buffer.from(index),
    days: [],
    numbers: [],
    async take(file) {
      await forgetRefused(house, date, folder);
      writeFileSync(join(folder, name), isData ? file : data);
      writeFileSync(join(folder, indexName), isData ? index : file);
      const counts = await receivePackages(house.world, playOperator, ['01'], date);
      if (counts.imported > 0) return { isTaken: true, codes: [], faults: [] };
      const reason = await newestReason(house, date);
      const faults: string[] = [];
      if (counts.refused !== 1) faults.push(`refused ${counts.refused} packages`);
      if (counts.records !== 0) faults.push(`took ${counts.records} records`);
      const left = readdirSync(folder).filter((one) => one.startsWith('OF'));
      if (left.length > 0) faults.push(`left ${left.join()} in the folder`);
      return { isTaken: false, codes: [String(reason['ofd'] ?? reason['code'])], faults };
    },
  };
}

function statementImporter(house: House): Importer {
  const folder = join(house.world.exchange.folder, 'BANK', 'in');
  const rows = [
    'lineId,date,assetAccount,kind,amount,reference',
    `1,${TODAY},A1,OPENING,100.00,`,
    `2,${TODAY},A1,DEPOSIT,50.25,R1`,
    `3,${TODAY},A1,PURCHASE,-20.00,R2`,
    `4,${TODAY},A1,CLOSING,130.25,`,
    `5,${TODAY},A2,OPENING,0.00,`,
    `6,${TODAY},A2,DIVIDEND,0.01,R3`,
    `7,${TODAY},A2,CLOSING,0.01,`,
    `8,${TODAY},,TOTAL,130.26,7`,
  ];
  return {
    name: 'bank/statement',
    kind: 'statement',
    good: Buffer.from(`${rows.join('\r\n')}\r\n`),
    days: ['date'],
    numbers: ['amount'],
    async take(file) {
      await forgetRefused(house, TODAY, folder);
      writeFileSync(join(folder, `BANK_STATEMENT_${basicOf(TODAY)}.CSV`), file);
      const statement = await receiveStatement(house.world, playOperator, TODAY);
      if (statement !== undefined) return { isTaken: true, codes: [], faults: [] };
      const reason = await newestReason(house, TODAY);
      const isSaid = reason['code'] === 'STATEMENT_REFUSED' && typeof reason['line'] === 'number';
      return {
        isTaken: false,
        codes: [],
        faults: isSaid ? [] : [`kept with ${JSON.stringify(reason)}`],
      };
    },
  };
}

/** A file that the registrar wrote in this house, of today and with its first record alone. */
async function playedFile(house: House, fileType: string): Promise<Buffer> {
  const [row] = await house.world.db.query<{ sha256: string }>(
    `select sha256 from clearing.files where direction = 'in' and file_type = $1
     order by file_id desc limit 1`,
    [fileType],
  );
  if (row === undefined) throw new Error(`no file ${fileType} was played`);
  const bytes = await house.world.files.get(row.sha256);
  const lines = bytes.toString('latin1').replaceAll('20260303', basicOf(TODAY)).split('\r\n');
  const count = lines.findIndex((line, n) => n > 10 && /^\d{8}$/.test(line));
  const one = [...lines.slice(0, count), '00000001', lines[count + 1], 'OFDCFEND', ''];
  return Buffer.from(one.join('\r\n'), 'latin1');
}

/** Dividends are written here: none was paid in this house. */
function dividendFile(): Buffer {
  const days = ['TransactionCfmDate', 'RegistrationDate', 'XRDate', 'DividentDate'];
  const head = {
    version: '21',
    creator: '01',
    receiver: '305',
    date: basicOf(TODAY),
    summaryNo: '001',
  };
  return Buffer.from(
    writeFile({ ...head, fileType: '06', sender: '01', recipient: '305' }, '06', [
      {
        ...Object.fromEntries(
          days
            .filter((name) => getLayout('21', '06').fields.some((field) => field.name === name))
            .map((name) => [name, basicOf(TODAY)]),
        ),
        TASerialNO: '1',
        BusinessCode: '143',
        TransactionAccountID: '13VYQ49GMMXQQS',
        TAAccountID: '010000000001',
        FundCode: PLAIN,
        ReturnCode: '0000',
        DefDividendMethod: '1',
        CurrencyType: '156',
        DistributorCode: '305',
      },
    ]),
  );
}

/** Every importer: each kind of product file, each kind of exchange file that is booked, the statement. */
export async function importersOf(house: House, api: ApiDocument): Promise<Importer[]> {
  const good = await tables(house);
  const products = kindsOf(api).map((kind) => {
    const table = good[kind];
    if (table === undefined) throw new Error(`no good file of the kind ${kind}`);
    return csvImporter(house, kind, table);
  });
  const played = ['02', '04', '05', '07'].map(
    async (fileType) => [fileType, await playedFile(house, fileType)] as const,
  );
  const exchange = [...(await Promise.all(played)), ['06', dividendFile()] as const];
  // A package is of a day of its own, so that one that was taken is not what the next is compared with.
  const days = (n: number) => exchangeCalendar.addTradingDays(TODAY, n);
  return [
    ...products,
    ...exchange.map(([fileType, data], n) => {
      return packageImporter(house, 'ofd data', fileType, data, days(fileType === '07' ? 0 : n));
    }),
    ...exchange.slice(0, 1).map(([fileType, data]) => {
      return packageImporter(house, 'ofd index', fileType, data, days(exchange.length));
    }),
    statementImporter(house),
  ];
}

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  dataFileName,
  findFileNameParts,
  indexFileName,
  type OfdRecord,
  parseFile,
  parseIndex,
  writeFile,
  writeIndex,
} from '@cairn/ofd';
import { compactDay, type Day } from './dates.ts';
import type { RecordValues } from './day.ts';
import { headerOf } from './parties.ts';
import type { FundSource, ScenarioSource } from './scenario.ts';

/* The tests' side of the exchange: a distributor with just enough to send and to read files. */

export const DISTRIBUTOR = '305';

/** The files of a received package by type, all listed by its index. */
export interface ReceivedPackage {
  readonly files: ReadonlyMap<string, readonly OfdRecord[]>;
  readonly names: readonly string[];
}

/** A customer with one trading account at one registrar. */
export interface Customer {
  readonly registrarCode: string;
  readonly tradingAccountId: string;
  readonly depositAcct: string;
  readonly certificateNo: string;
}

export class TestBroker {
  readonly root: string;
  readonly exchangeDir: string;
  #serial = 0;
  readonly #accounts = new Map<string, RecordValues[]>();
  readonly #orders = new Map<string, RecordValues[]>();
  readonly #instructions: string[] = [];

  constructor() {
    this.root = mkdtempSync(join(tmpdir(), 'cairn-registrar-'));
    this.exchangeDir = join(this.root, 'exchange');
  }

  stateDir(name = 'state'): string {
    return join(this.root, name);
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  #nextSerialNo(): string {
    this.#serial++;
    return `APP${String(this.#serial).padStart(21, '0')}`;
  }

  /** Queues an account application; returns its serial number. */
  apply(customer: Customer, businessCode: '001' | '008', values: RecordValues = {}): string {
    const serialNo = this.#nextSerialNo();
    push(this.#accounts, customer.registrarCode, {
      AppSheetSerialNo: serialNo,
      CertificateType: '0',
      CertificateNo: customer.certificateNo,
      InvestorName: `张${customer.certificateNo.slice(-4)}`,
      IndividualOrInstitution: '1',
      TransactionAccountID: customer.tradingAccountId,
      DistributorCode: DISTRIBUTOR,
      BusinessCode: businessCode,
      DepositAcct: customer.depositAcct,
      BranchCode: 'B001',
      ...values,
    });
    return serialNo;
  }

  /** Queues a trade application; returns its serial number. */
  order(customer: Customer, businessCode: string, fundCode: string, values: RecordValues): string {
    const serialNo = this.#nextSerialNo();
    push(this.#orders, customer.registrarCode, {
      AppSheetSerialNo: serialNo,
      FundCode: fundCode,
      TransactionAccountID: customer.tradingAccountId,
      DistributorCode: DISTRIBUTOR,
      BusinessCode: businessCode,
      DepositAcct: customer.depositAcct,
      CurrencyType: '156',
      IndividualOrInstitution: '1',
      ShareClass: '0',
      BranchCode: 'B001',
      LargeRedemptionFlag: '1',
      ...values,
    });
    return serialNo;
  }

  bank(kind: 'OPEN' | 'DEPOSIT' | 'WITHDRAW', assetAccount: string, amount: string): void {
    this.#serial++;
    this.#instructions.push(`I${this.#serial},DATE,${kind},${assetAccount},${amount}`);
  }

  /** Writes the queued applications and instructions as the packages of `date`. */
  send(date: Day, registrarCodes: readonly string[]): void {
    for (const code of registrarCodes) this.#sendTo(code, date);
    const folder = join(this.exchangeDir, 'BANK', 'out');
    mkdirSync(folder, { recursive: true });
    const lines = this.#instructions.splice(0).map((line) => line.replace('DATE', date));
    const name = `BANK_INSTRUCTION_${compactDay(date)}.CSV`;
    const text = ['instructionId,date,kind,assetAccount,amount', ...lines].join('\r\n');
    writeFileSync(join(folder, name), `${text}\r\n`);
  }

  #sendTo(registrarCode: string, date: Day): void {
    const folder = join(this.exchangeDir, registrarCode, 'out');
    mkdirSync(folder, { recursive: true });
    const compact = compactDay(date);
    const parties = { creator: DISTRIBUTOR, receiver: registrarCode };
    const names: string[] = [];
    for (const [fileType, queue] of [
      ['01', this.#accounts],
      ['03', this.#orders],
    ] as const) {
      const records = queue.get(registrarCode) ?? [];
      queue.delete(registrarCode);
      if (records.length === 0) continue;
      const dated = records.map((values) => ({
        TransactionDate: compact,
        TransactionTime: '093000',
        ...values,
      }));
      const name = dataFileName({ ...parties, date: compact, fileType });
      writeFileSync(join(folder, name), writeFile(headerOf(parties, compact), fileType, dated));
      names.push(name);
    }
    const index = { kind: 'OFI', version: '21', ...parties, date: compact } as const;
    writeFileSync(join(folder, indexFileName(index)), writeIndex({ ...index, files: names }));
  }

  inFolder(registrarCode: string): string {
    return join(this.exchangeDir, registrarCode, 'in');
  }

  /** Reads the package of `date` that the index of the kind lists; undefined if it is not there. */
  receive(
    registrarCode: string,
    date: Day,
    kind: 'OFI' | 'OFJ' = 'OFI',
  ): ReceivedPackage | undefined {
    const folder = this.inFolder(registrarCode);
    const parties = { creator: registrarCode, receiver: DISTRIBUTOR };
    const name = indexFileName({ kind, ...parties, date: compactDay(date) });
    if (!readdirSync(folder).includes(name)) return undefined;
    const index = parseIndex(readFileSync(join(folder, name)), name);
    const files = new Map<string, readonly OfdRecord[]>();
    for (const file of index.files) {
      const { layout, records } = parseFile(readFileSync(join(folder, file)), { fileName: file });
      files.set(layout.fileType, records);
    }
    return { files, names: index.files };
  }

  /** The records of one type in the package of `date`; none if it has no such file. */
  records(registrarCode: string, date: Day, fileType: string): readonly OfdRecord[] {
    return this.receive(registrarCode, date)?.files.get(fileType) ?? [];
  }

  /** The rows of the bank statement of `date`, without the header. */
  statement(date: Day): string[][] {
    const name = `BANK_STATEMENT_${compactDay(date)}.CSV`;
    const text = readFileSync(join(this.exchangeDir, 'BANK', 'in', name), 'utf8');
    return text
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(','));
  }

  /** Every file below the exchange folder that the registrars and the bank wrote, with its bytes. */
  written(): Map<string, string> {
    const files = new Map<string, string>();
    for (const party of readdirSync(this.exchangeDir).sort()) {
      const folder = join(this.exchangeDir, party, 'in');
      for (const name of readdirSync(folder).sort()) {
        files.set(`${party}/${name}`, readFileSync(join(folder, name)).toString('hex'));
      }
    }
    return files;
  }

  /** The data file types of a date in the folder, listed or not. */
  fileNames(registrarCode: string, date: Day): string[] {
    const compact = compactDay(date);
    return readdirSync(this.inFolder(registrarCode))
      .filter((name) => findFileNameParts(name)?.date === compact)
      .sort();
  }
}

function push(queue: Map<string, RecordValues[]>, key: string, values: RecordValues): void {
  const list = queue.get(key);
  if (list === undefined) queue.set(key, [values]);
  else list.push(values);
}

/** The weekdays of January to April 2026 but for a week of holidays: 80 trading days. */
export function sampleTradingDays(): Day[] {
  const days: Day[] = [];
  let weekday = 4;
  for (const [month, length] of [31, 28, 31, 30].entries()) {
    for (let date = 1; date <= length; date++, weekday = (weekday + 1) % 7) {
      const day = `2026-0${month + 1}-${String(date).padStart(2, '0')}`;
      const isHoliday = day === '2026-01-01' || (day >= '2026-02-16' && day <= '2026-02-20');
      if (weekday !== 0 && weekday !== 6 && !isHoliday) days.push(day);
    }
  }
  return days;
}

/** A fund with usual terms; change what a test is about. */
export function sampleFund(over: Partial<FundSource> & { fundCode: string }): FundSource {
  return {
    fundName: `示例基金${over.fundCode}`,
    registrarCode: '01',
    shareClass: '0',
    unitsRounding: 'halfUp',
    feeRounding: 'perLot',
    holdingDaysRule: 'applicationDate',
    confirmDays: 1,
    purchaseCollectDays: 1,
    redemptionCashDays: 2,
    dividendCashDays: 2,
    defaultDividendMethod: '1',
    faceValue: '1.0000',
    feeSchedules: [
      {
        effectiveDate: '2000-01-01',
        purchase: [
          { fromAmount: '0', rate: '0.015' },
          { fromAmount: '5000000', flat: '1000' },
        ],
        subscription: [{ fromAmount: '0', rate: '0.008' }],
        redemption: [
          { fromDays: 0, rate: '0.015', toFundShare: '1' },
          { fromDays: 7, rate: '0.005', toFundShare: '0.75' },
          { fromDays: 180, rate: '0', toFundShare: '1' },
        ],
      },
    ],
    ...over,
  };
}

/** A scenario of these funds with a NAV of 1.2345 on every trading day, unless given. */
export function sampleScenario(
  funds: readonly FundSource[],
  over: Partial<ScenarioSource> = {},
): ScenarioSource {
  const tradingDays = sampleTradingDays();
  const flat = Object.fromEntries(tradingDays.map((day) => [day, '1.2345']));
  return {
    distributorCode: DISTRIBUTOR,
    interestRate: '0.0035',
    tradingDays,
    funds,
    navs: Object.fromEntries(funds.map((fund) => [fund.fundCode, flat])),
    dividends: [],
    ...over,
  };
}

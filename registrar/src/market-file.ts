import { dataFileName, indexFileName, writeFile, writeIndex } from '@cairn/ofd';
import { compactDay, type Day } from './dates.ts';
import type { RecordValues } from './day.ts';
import { computeValue } from './fees.ts';
import { headerOf, type Parties } from './parties.ts';
import type { OutFile } from './publish.ts';
import type { Fund, Scenario } from './scenario.ts';
import type { RegistrarState } from './state.ts';

function unitsByFund(state: RegistrarState): Map<string, bigint> {
  const units = new Map<string, bigint>();
  for (const position of state.positions.rows()) {
    units.set(position.fundCode, (units.get(position.fundCode) ?? 0n) + position.units);
  }
  return units;
}

/** FundStatus: 0 open, 1 on offer, 4 closed for applications, 8 ended. */
function statusOf(fund: Fund, date: Day): string {
  if (fund.failing === true) return '8';
  if (fund.setUpDate !== undefined && date < fund.setUpDate) return '1';
  return fund.closed.has(date) ? '4' : '0';
}

function dividendDates(scenario: Scenario, fund: Fund, date: Day): RecordValues {
  const dividend = scenario.dividends.find(
    ({ fundCode, exDate }) => fundCode === fund.fundCode && exDate === date,
  );
  if (dividend === undefined) return {};
  return {
    RegistrationDate: compactDay(dividend.recordDate),
    XRDate: compactDay(dividend.exDate),
    DividentDate: dividend.payDate === undefined ? '' : compactDay(dividend.payDate),
  };
}

/** The 07 package of a day: the NAV of each of the registrar's funds that has one, data file first. */
export function writeMarketPackage(
  scenario: Scenario,
  state: RegistrarState,
  parties: Parties,
  date: Day,
): OutFile[] {
  const units = unitsByFund(state);
  const records: RecordValues[] = [];
  for (const fund of scenario.funds.values()) {
    const nav = scenario.findNav(fund.fundCode, date);
    if (fund.registrarCode !== parties.creator || nav === undefined) continue;
    const fundUnits = units.get(fund.fundCode) ?? 0n;
    records.push({
      FundName: fund.fundName,
      TotalFundVol: fundUnits,
      FundCode: fund.fundCode,
      FundStatus: statusOf(fund, date),
      NAV: nav.nav,
      UpdateDate: compactDay(date),
      NetValueType: '0',
      AccumulativeNAV: nav.accumulated,
      FundSize: computeValue(fundUnits, nav.nav),
      CurrencyType: '156',
      DefDividendMethod: fund.defaultDividendMethod,
      RegistrarCode: fund.registrarCode,
      FaceValue: fund.faceValue,
      ...dividendDates(scenario, fund, date),
    });
  }
  const compact = compactDay(date);
  const files: OutFile[] = [];
  if (records.length > 0) {
    const name = dataFileName({ ...parties, date: compact, fileType: '07' });
    files.push({ name, bytes: writeFile(headerOf(parties, compact), '07', records) });
  }
  const names = files.map((file) => file.name);
  const index = { kind: 'OFJ', version: '21', ...parties, date: compact } as const;
  files.push({ name: indexFileName(index), bytes: writeIndex({ ...index, files: names }) });
  return files;
}

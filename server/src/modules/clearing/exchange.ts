/** Where and as whom files are exchanged with registrars and the depository bank. */
import { join } from 'node:path';
import type { LocalDate } from '@cairn/kernel';
import { formatBasicDate } from '@cairn/kernel';
import { type Disk, machineDisk } from '../../platform/disk.ts';
import type { World } from '../../platform/world.ts';

/** The world of a business day: the world plus the exchange with counterparties. */
export interface DayWorld extends World {
  readonly exchange: ExchangeSettings;
}

export interface ExchangeSettings {
  /** Our code at the registrars (DistributorCode), at most 9 characters. */
  readonly distributorCode: string;
  /** Holds `<party>/out/` (written by us) and `<party>/in/` (written by the counterparty). */
  readonly folder: string;
  /** The largest file that is read, in bytes; one gigabyte unless said. */
  readonly fileBytesMax?: number;
  /** Where the folder lies; the machine's own disk unless said. */
  readonly disk?: Disk;
}

/** The disk of the exchange folder. */
export const diskOf = (exchange: ExchangeSettings): Disk => exchange.disk ?? machineDisk;

/** The party name of the depository bank in the exchange folder. */
export const BANK = 'BANK';

/** The folder that we write for a party. */
export const outFolder = (exchange: ExchangeSettings, party: string): string =>
  join(exchange.folder, party, 'out');

/** The folder that a party writes for us. */
export const inFolder = (exchange: ExchangeSettings, party: string): string =>
  join(exchange.folder, party, 'in');

/** Names of the bank's files of a day. */
export const bankInstructionName = (date: LocalDate): string =>
  `BANK_INSTRUCTION_${formatBasicDate(date)}.CSV`;
export const bankStatementName = (date: LocalDate): string =>
  `BANK_STATEMENT_${formatBasicDate(date)}.CSV`;

/** File 05 of a registrar: what it says that each position holds. */
import { parseFile } from '@cairn/ofd';

/** Registrar, trading account, fund and share class: what file 05 and our holdings have in common. */
export const positionSubject = (
  registrar: string,
  position: { tradingAccountNo: string; fundCode: string; shareClass: string },
): string =>
  [registrar, position.tradingAccountNo, position.fundCode, position.shareClass].join('/');

/** Adds the units of a file 05 (scale 2) to what other slices gave, by `positionSubject`. */
export function addHoldings(
  units: Map<string, bigint>,
  registrar: string,
  bytes: Uint8Array,
  name: string,
): void {
  for (const record of parseFile(bytes, { fileName: name }).records) {
    const subject = positionSubject(registrar, {
      tradingAccountNo: record.text('TransactionAccountID'),
      fundCode: record.text('FundCode'),
      shareClass: record.text('ShareClass') || '0',
    });
    const held = record.number('TotalVolOfDistributorInTA');
    if (held !== 0n) units.set(subject, (units.get(subject) ?? 0n) + held);
  }
}

/** The lots of the house beside those of the registrars. */
import type { Violation } from '../../platform/check.ts';
import { readLots } from './observe.ts';
import type { Play } from './play.ts';

type Lots = ReadonlyMap<string, readonly { readonly date: string; readonly units: bigint }[]>;

/** Lots left by customer and fund, 'C1 000001 2026-03-04 100'; those of one day are one line. */
function linesOf(lots: Lots, isWanted: (customer: string, fund: string) => boolean): Set<string> {
  const lines = [...lots].flatMap(([key, own]) => {
    const [customer = '', fund = ''] = key.split(' ');
    if (!isWanted(customer, fund)) return [];
    const byDate = new Map<string, bigint>();
    for (const { date, units } of own) byDate.set(date, (byDate.get(date) ?? 0n) + units);
    return [...byDate].filter(([, units]) => units > 0n).map((one) => `${key} ${one.join(' ')}`);
  });
  return new Set(lines);
}

/**
 * F3: where every record of a customer at a registrar is booked, his lots are what the registrar
 * has, whatever came late, twice or in another order.
 */
export async function compareLots({
  house,
  people,
  truth,
  desk,
  broker,
}: Play): Promise<Violation[]> {
  const isWanted = (customer: string, fund: string) => {
    const registrar = broker.market.funds.get(fund)?.registrar ?? '';
    return !desk.hasOutstanding(customer, registrar);
  };
  const ours = linesOf(await readLots(house.calm.db, people.clients), isWanted);
  const theirs = linesOf(truth.lots, isWanted);
  const missing = [...theirs].filter((line) => !ours.has(line));
  const extra = [...ours].filter((line) => !theirs.has(line));
  return [
    ...missing.map((subject): Violation => ({ subject, detail: { only: 'registrar' } })),
    ...extra.map((subject): Violation => ({ subject, detail: { only: 'house' } })),
  ];
}

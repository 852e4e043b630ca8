/** The lots of the house beside those of the registrars. */
import type { Violation } from '../../platform/check.ts';
import { readLots } from './observe.ts';
import type { Play } from './play.ts';

type Lots = ReadonlyMap<string, readonly { readonly date: string; readonly units: bigint }[]>;

/** Whose lots of which fund are compared. */
type IsWanted = (customer: string, fund: string) => boolean;

/** Lots left by customer and fund, 'C1 000001 2026-03-04 100'; those of one day are one line. */
function linesOf(lots: Lots, isWanted: IsWanted): Set<string> {
  const lines = [...lots].flatMap(([key, own]) => {
    const [customer = '', fund = ''] = key.split(' ');
    if (!isWanted(customer, fund)) return [];
    const byDate = new Map<string, bigint>();
    for (const { date, units } of own) byDate.set(date, (byDate.get(date) ?? 0n) + units);
    return [...byDate].filter(([, units]) => units > 0n).map((one) => `${key} ${one.join(' ')}`);
  });
  return new Set(lines);
}

/** Where every record of a customer at the registrar of a fund is booked. */
function settledIn({ desk, broker }: Play): IsWanted {
  return (customer, fund) => {
    const registrar = broker.market.funds.get(fund)?.registrar ?? '';
    return !desk.hasOutstanding(customer, registrar);
  };
}

/**
 * F3: the lots of a customer are what the registrar has, whatever came late, twice or in another
 * order. They are compared where nothing is on its way, or wherever the caller wants it.
 */
export async function compareLots(
  play: Play,
  isWanted: IsWanted = settledIn(play),
): Promise<Violation[]> {
  const { house, people, truth } = play;
  const ours = linesOf(await readLots(house.calm.db, people.clients), isWanted);
  const theirs = linesOf(truth.lots, isWanted);
  const missing = [...theirs].filter((line) => !ours.has(line));
  const extra = [...ours].filter((line) => !theirs.has(line));
  return [
    ...missing.map((subject): Violation => ({ subject, detail: { only: 'registrar' } })),
    ...extra.map((subject): Violation => ({ subject, detail: { only: 'house' } })),
  ];
}

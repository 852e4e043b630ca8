/*
 * The counts that a run of the day gives with each of its steps. Where the model keeps more than one
 * world, or others act while the step runs, it says at least and at most.
 */
import type { CustomerState, ModelOrder } from './state.ts';

export interface Range {
  readonly least: number;
  readonly most: number;
}

export type Counts = ReadonlyMap<string, Range>;

export const exactly = (n: number): Range => ({ least: n, most: n });

export const counted = (counts: Readonly<Record<string, number>>): Counts =>
  new Map(Object.entries(counts).map(([name, n]) => [name, exactly(n)]));

/** The worlds that one customer may be in. */
type Worlds = readonly CustomerState[];

/** Orders by a key, over every world; an order without a key is not counted. */
export function ordersBy(
  customers: Iterable<Worlds>,
  keyOf: (order: ModelOrder) => string | undefined,
): Map<string, Range> {
  const counts = new Map<string, Range>();
  for (const worlds of customers) {
    for (const no of new Set(worlds.flatMap(({ orders }) => [...orders.keys()]))) {
      const keys = new Set(
        worlds.map(({ orders }) => {
          const order = orders.get(no);
          return order === undefined ? undefined : keyOf(order);
        }),
      );
      for (const key of keys) {
        if (key === undefined) continue;
        const { least, most } = counts.get(key) ?? exactly(0);
        counts.set(key, { least: least + (keys.size === 1 ? 1 : 0), most: most + 1 });
      }
    }
  }
  return counts;
}

export const plus = (one: Range, other: Range): Range => ({
  least: one.least + other.least,
  most: one.most + other.most,
});

/** An application to a registrar for an account. */
interface Application {
  readonly code: string;
  readonly registrar: string;
}

/** What was there before the day was cut off, by kind and state; `customers` before and after. */
export function collected(
  customers: Iterable<Worlds>,
  applications: readonly Application[],
  date: string,
): Counts {
  // What the files have is sent now, and was accepted then.
  const counts = ordersBy(customers, ({ tradeDate, kind, state }) =>
    tradeDate === date ? `${kind} ${state === 'sent' ? 'accepted' : state}` : undefined,
  );
  for (const { code } of applications) {
    const key = `${code} accepted`;
    counts.set(key, plus(counts.get(key) ?? exactly(0), exactly(1)));
  }
  return counts;
}

/** What went out: a file of each kind with records, an index for each registrar, one for the bank. */
export function sent(
  customers: Iterable<Worlds>,
  applications: readonly Application[],
  { date, registrars, written }: { date: string; registrars: readonly string[]; written: Range },
): Counts {
  const orders = ordersBy(customers, ({ tradeDate, state, registrar }) =>
    tradeDate === date && state === 'sent' ? registrar : undefined,
  );
  const isOne = (n: number) => (n > 0 ? 1 : 0);
  let files = exactly(1 + registrars.length);
  let records = exactly(applications.length);
  for (const code of registrars) {
    const own = orders.get(code) ?? exactly(0);
    records = plus(records, own);
    files = plus(files, { least: isOne(own.least), most: isOne(own.most) });
    const isOpening = applications.some(({ registrar }) => registrar === code);
    files = plus(files, exactly(isOpening ? 1 : 0));
  }
  return new Map([
    ['files', files],
    ['written', written],
    ['records', records],
  ]);
}

/** How many of the keys differ between two columns; what is not there is nothing. */
export function differing(
  ours: ReadonlyMap<string, bigint>,
  theirs: ReadonlyMap<string, bigint>,
): number {
  const keys = new Set([...ours.keys(), ...theirs.keys()]);
  return [...keys].filter((key) => (ours.get(key) ?? 0n) !== (theirs.get(key) ?? 0n)).length;
}

/** The counts as text, where what was said does not fit; undefined where it does. */
export function misfit(
  predicted: Counts,
  said: Readonly<Record<string, number>>,
): { readonly predicted: string; readonly said: string } | undefined {
  const names = new Set([...predicted.keys(), ...Object.keys(said)]);
  const wrong = [...names].filter((name) => {
    const { least, most } = predicted.get(name) ?? exactly(0);
    const n = said[name] ?? 0;
    return n < least || n > most;
  });
  if (wrong.length === 0) return undefined;
  const show = ({ least, most }: Range) => (least === most ? `${least}` : `${least} to ${most}`);
  return {
    predicted: wrong.map((name) => `${name} ${show(predicted.get(name) ?? exactly(0))}`).join(', '),
    said: wrong.map((name) => `${name} ${said[name] ?? 0}`).join(', '),
  };
}

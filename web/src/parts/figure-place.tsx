import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { serverInstant } from './time.ts';

/** Where figures stand: the time that they share, and how they open there. */
export interface FigurePlace {
  /** The day or instant of figures that have none of their own. */
  readonly asOf?: string | undefined;
  /** In a row of a table they are reached by the arrow keys: Tab would stop at each of hundreds. */
  readonly isRow?: boolean;
  /** Inside a link or a button they cannot open; a legend beside them does. */
  readonly isInside?: boolean;
}

const Place = createContext<FigurePlace>({});

export const useFigurePlace = (): FigurePlace => useContext(Place);

/**
 * Says of all figures below when they were true: `asOf` as the answer states it, or else the time
 * at which the server answered (`at`, a query's `dataUpdatedAt`).
 */
export function Figures({
  asOf,
  at,
  isRow,
  isInside,
  children,
}: FigurePlace & { at?: number; children: ReactNode }) {
  const above = useContext(Place);
  const time = asOf ?? (at === undefined ? above.asOf : serverInstant(at));
  const row = isRow ?? above.isRow ?? false;
  const inside = isInside ?? above.isInside ?? false;
  const place = useMemo(() => ({ asOf: time, isRow: row, isInside: inside }), [time, row, inside]);
  return <Place value={place}>{children}</Place>;
}

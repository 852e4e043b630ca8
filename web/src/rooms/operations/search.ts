/** Which day and which view of it; in the address, so that a link leads to the same place. */
export const DAY_TABS = ['board', 'files', 'exceptions', 'reconciliation'] as const;
export type DayTab = (typeof DAY_TABS)[number];

export interface OperationsSearch {
  /** The business day; the latest when absent. */
  day?: string;
  tab?: DayTab;
}

/** Reads what an address says; what it says wrongly is left out. */
export function readOperations(search: Record<string, unknown>): OperationsSearch {
  const { day } = search;
  const tab = DAY_TABS.find((each) => each === search['tab']);
  return {
    ...(typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day) ? { day } : {}),
    ...(tab === undefined ? {} : { tab }),
  };
}

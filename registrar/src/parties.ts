import type { OfdHeaderInput } from '@cairn/ofd';

/** Who writes and who reads a package. */
export interface Parties {
  readonly creator: string;
  readonly receiver: string;
}

/** The header of every data file the registrars write; `date` is yyyymmdd. */
export function headerOf({ creator, receiver }: Parties, date: string): OfdHeaderInput {
  return {
    version: '21',
    creator,
    receiver,
    date,
    summaryNo: '001',
    sender: creator,
    recipient: receiver,
  };
}

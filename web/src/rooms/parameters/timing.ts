/** Where a version stands in time: in force, to come, or replaced. */
export type Timing = 'now' | 'future' | 'past';

interface Dated {
  readonly isInForce: boolean;
  /** A day, or an instant. */
  readonly effective: string;
}

/** `on` is the day or instant that is looked at, in the form of `effective`. */
export function timingOf({ isInForce, effective }: Dated, on: string): Timing {
  if (isInForce) return 'now';
  return effective > on ? 'future' : 'past';
}

/** Versions as they are read: those to come first, the farthest on top, then back in time. */
export function byEffect<Version extends { readonly effective: string; readonly version: number }>(
  versions: readonly Version[],
): Version[] {
  return versions.toSorted((a, b) => {
    if (a.effective !== b.effective) return a.effective < b.effective ? 1 : -1;
    return b.version - a.version;
  });
}

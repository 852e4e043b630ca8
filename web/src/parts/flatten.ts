/** Two pieces of data side by side, leaf by leaf. */

/** Every leaf of a piece of data by its path: '/questions/0/textZh'. */
export function flatten(value: unknown, path = ''): Map<string, string> {
  const leaves = new Map<string, string>();
  const walk = (each: unknown, at: string): void => {
    if (typeof each !== 'object' || each === null) {
      const text = typeof each === 'string' ? each : (JSON.stringify(each) ?? '');
      leaves.set(at === '' ? '/' : at, each === null ? '' : text);
      return;
    }
    for (const [name, child] of Object.entries(each)) walk(child, `${at}/${name}`);
  };
  walk(value, path);
  return leaves;
}

export interface Leaf {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** The leaves that differ, in the order of the new data, then those that are gone. */
export function differencesOf(before: unknown, after: unknown): Leaf[] {
  const [old, next] = [flatten(before), flatten(after)];
  const paths = [...next.keys(), ...[...old.keys()].filter((path) => !next.has(path))];
  return paths
    .map((path) => ({ path, before: old.get(path), after: next.get(path) }))
    .filter((leaf) => leaf.before !== leaf.after);
}

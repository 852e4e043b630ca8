/** Syntax trees as the parser gives them, and the way through one. */

/** A node of a syntax tree, its children among its values. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** Visits a node and all below it, with its parents, the nearest first; false goes no deeper. */
export function walk(
  node: Node,
  visit: (node: Node, parents: readonly Node[]) => unknown,
  parents: readonly Node[] = [],
): void {
  if (visit(node, parents) === false) return;
  const below = [node, ...parents];
  for (const child of Object.values(node).flat()) if (isNode(child)) walk(child, visit, below);
}

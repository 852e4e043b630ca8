/** What waits for somebody: each module says what of its own is to be done, and by whom. */
import type { Actor, Role } from './actor.ts';
import type { World } from './world.ts';

/** One thing to be done, with how many of it there are. */
export interface TodoItem {
  /** What it is, such as 'approvals' or 'exceptions.block'. */
  readonly id: string;
  /** How much it presses: info, warn before long, urgent now. */
  readonly weight: 'info' | 'warn' | 'urgent';
  readonly count: number;
  readonly title: string;
  readonly titleZh: string;
  /** The room in which it is done, and what is to be shown there. */
  readonly room: string;
  readonly query: Readonly<Record<string, string>>;
}

/** What a module knows to be done; items of count zero are left out. */
export interface TodoSource {
  readonly roles: readonly Role[];
  /** For counts over many rows: actors of one key share an answer for half a minute. */
  sharedBy?(actor: Actor): string;
  load(world: World, actor: Actor): Promise<readonly TodoItem[]>;
}

const sources: TodoSource[] = [];

/** Adds a source; a module does this once, when it is loaded. */
export function registerTodo(source: TodoSource): void {
  sources.push(source);
}

const SHARED_MS = 30_000;

interface Shared {
  readonly at: number;
  readonly items: Promise<readonly TodoItem[]>;
}

// By world, because several stand side by side in tests; the answers go with it.
const shared = new WeakMap<World, Map<string, Shared>>();

function loadShared(world: World, actor: Actor, source: TodoSource): Promise<readonly TodoItem[]> {
  const key = source.sharedBy?.(actor);
  if (key === undefined) return source.load(world, actor);
  const answers = shared.get(world) ?? new Map<string, Shared>();
  shared.set(world, answers);
  const known = answers.get(key);
  if (known !== undefined && performance.now() - known.at < SHARED_MS) return known.items;
  const items = source.load(world, actor);
  answers.set(key, { at: performance.now(), items });
  items.catch(() => answers.delete(key));
  return items;
}

const WEIGHTS = ['urgent', 'warn', 'info'] as const;

/** What waits for this actor, the most pressing first. */
export async function listTodo(world: World, actor: Actor): Promise<TodoItem[]> {
  const own = sources.filter(({ roles }) => roles.some((role) => actor.roles.includes(role)));
  const lists = await Promise.all(own.map((source) => loadShared(world, actor, source)));
  const items = lists.flat().filter((item) => item.count > 0);
  return items.toSorted((a, b) => WEIGHTS.indexOf(a.weight) - WEIGHTS.indexOf(b.weight));
}

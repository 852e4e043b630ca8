import type { ComponentType } from 'react';
import type { Role } from './session.ts';

/** The groups of the side bar, in their order. */
export const ROOM_GROUPS = ['serve', 'run', 'govern', 'system'] as const;
export type RoomGroup = (typeof ROOM_GROUPS)[number];

/** A room of the console as the side bar shows it. Whether one may enter, the server decides. */
export interface Room {
  /** The room's folder. */
  readonly id: string;
  readonly group: RoomGroup;
  /** The page that opens first. */
  readonly path: string;
  readonly icon: ComponentType;
  readonly label: { readonly zh: string; readonly en: string };
  /** Who can do something in it. */
  readonly roles: readonly Role[];
  /** Pages of it, by path, that others may enter as well. */
  readonly others?: Readonly<Record<string, readonly Role[]>>;
}

/** The roles that may enter the page at a path; undefined where no room stands. */
export function entrantsOf(rooms: readonly Room[], path: string): readonly Role[] | undefined {
  const room = rooms.find((one) => path === one.path || path.startsWith(`${one.path}/`));
  return room?.others?.[path] ?? room?.roles;
}

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
}

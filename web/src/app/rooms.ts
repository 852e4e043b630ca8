/** Every room of the console, in the order of the side bar. */
import { accountRoutes } from '../rooms/account/room.ts';
import { home, homeRoutes } from '../rooms/home/room.ts';
import { loginRoutes } from '../rooms/login/room.ts';
import type { Room } from './room.ts';
import { rootRoute, staffRoute } from './root-route.ts';

/** What the side bar offers. */
export const ROOMS: readonly Room[] = [home];

/** The whole tree of pages. */
export const routeTree = rootRoute.addChildren([
  ...loginRoutes,
  staffRoute.addChildren([...homeRoutes, ...accountRoutes]),
]);

import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import type { Room } from './room.ts';
import { findSession, getSession, isOpen } from './session.ts';

/** What every page may ask of the router. */
export interface RouterContext {
  readonly rooms: readonly Room[];
}

/** The root: before anything shows, it is known whose session this is. */
export const rootRoute = createRootRouteWithContext<RouterContext>()({
  beforeLoad: async () => {
    if (getSession().kind === 'asking') await findSession();
  },
});

/** The pages of staff stand below this route, inside the shell. */
export const staffRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'staff',
  beforeLoad: ({ location }) => {
    const session = getSession();
    if (!isOpen(session)) throw redirect({ to: '/login', search: { to: location.pathname } });
  },
  component: lazyRouteComponent(() => import('./shell/staff-shell.tsx'), 'StaffShell'),
});

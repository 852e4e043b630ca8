import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { NotFound } from './crashed.tsx';
import type { Room } from './room.ts';
import { findSession, getSession, isInvestor, isOpen } from './session.ts';

/** What every page may ask of the router. */
export interface RouterContext {
  readonly rooms: readonly Room[];
}

/** The root: before anything shows, it is known whose session this is. */
export const rootRoute = createRootRouteWithContext<RouterContext>()({
  beforeLoad: async () => {
    await findSession();
  },
});

const loginFirst = (pathname: string) => redirect({ to: '/login', search: { to: pathname } });

/** The pages of staff stand below this route, inside the shell. */
export const staffRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'staff',
  beforeLoad: ({ location }) => {
    const session = getSession();
    if (!isOpen(session)) throw loginFirst(location.pathname);
    if (isInvestor(session)) throw redirect({ to: '/my', replace: true });
  },
  component: lazyRouteComponent(() => import('./shell/staff-shell.tsx'), 'StaffShell'),
});

/** The pages of an investor stand below this route: all that is his, on a phone first. */
export const investorRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'investor',
  beforeLoad: ({ location }) => {
    const session = getSession();
    if (!isOpen(session)) throw loginFirst(location.pathname);
    if (!isInvestor(session)) throw redirect({ to: '/', replace: true });
  },
  component: lazyRouteComponent(() => import('./shell/investor-shell.tsx'), 'InvestorShell'),
});

/** An address that leads nowhere, in the shell of who asks for it; `/my/$` would take `/my` as well. */
export const nowhereRoutes = {
  staff: createRoute({ getParentRoute: () => staffRoute, path: '$', component: NotFound }),
  investor: createRoute({
    getParentRoute: () => investorRoute,
    path: '/my/$other',
    component: NotFound,
  }),
} as const;

import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { rootRoute } from '../../app/root-route.ts';
import { getSession, isOpen } from '../../app/session.ts';

const NOTICES = ['activate', 'bootstrap'] as const;

interface LoginSearch {
  /** What was done just before. */
  notice?: (typeof NOTICES)[number];
  /** The page that asked for a login. */
  to?: string;
}

// A path of ours; anything else would let a link lead a reader elsewhere after his login.
const OWN_PATH = /^\/(?![/\\])[\w\-/.~]*$/;

function parseSearch(search: Record<string, unknown>): LoginSearch {
  const notice = NOTICES.find((each) => each === search['notice']);
  const to = search['to'];
  return {
    ...(notice === undefined ? {} : { notice }),
    ...(typeof to === 'string' && OWN_PATH.test(to) ? { to } : {}),
  };
}

const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  validateSearch: parseSearch,
  beforeLoad: ({ search }) => {
    if (isOpen(getSession())) throw redirect({ to: search.to ?? '/', replace: true });
  },
  component: lazyRouteComponent(() => import('./login-page.tsx'), 'LoginPage'),
});

const activateRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/activate',
  component: lazyRouteComponent(() => import('./first-password-page.tsx'), 'ActivatePage'),
});

const bootstrapRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/bootstrap',
  component: lazyRouteComponent(() => import('./first-password-page.tsx'), 'BootstrapPage'),
});

/** The pages before the console. */
export const loginRoutes = [loginRoute, activateRoute, bootstrapRoute] as const;

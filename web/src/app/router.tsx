import { createRouter } from '@tanstack/react-router';
import { Crashed, NotFound } from './crashed.tsx';
import { Opening } from './opening.tsx';
import { ROOMS, routeTree } from './rooms.ts';
import { getSession, isOpen, subscribeSession } from './session.ts';

/** Where the pages begin; the server answers every address below it with the console. */
export const BASE_PATH = '/app';

export const router = createRouter({
  routeTree,
  basepath: BASE_PATH,
  context: { rooms: ROOMS },
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  defaultErrorComponent: Crashed,
  defaultNotFoundComponent: NotFound,
  defaultPendingComponent: Opening,
  defaultPendingMs: 150,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

/**
 * Pages follow the session: when it opens or ends, the guards decide again. What one that is over had
 * been answered is forgotten by `forget` once no page shows it: a page that still did would ask again.
 */
export function followSession(forget: () => void): void {
  let wasOpen = isOpen(getSession());
  subscribeSession(() => {
    const open = isOpen(getSession());
    const isOver = getSession().kind === 'none';
    const decided = open === wasOpen ? Promise.resolve() : router.invalidate();
    wasOpen = open;
    void decided.finally(() => {
      if (isOver) forget();
    });
  });
}

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

/** Pages follow the session: when it opens or ends, the guards decide again. */
export function followSession(): void {
  let wasOpen = isOpen(getSession());
  subscribeSession(() => {
    const open = isOpen(getSession());
    if (open === wasOpen) return;
    wasOpen = open;
    void router.invalidate();
  });
}

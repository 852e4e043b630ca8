import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { investorRoute } from '../../app/root-route.ts';

const assetsRoute = createRoute({
  getParentRoute: () => investorRoute,
  path: '/my',
  component: lazyRouteComponent(() => import('./assets-page.tsx'), 'AssetsPage'),
});

const transferRoute = createRoute({
  getParentRoute: () => investorRoute,
  path: '/my/transfer',
  validateSearch: (search): { direction?: 'out' } =>
    search['direction'] === 'out' ? { direction: 'out' } : {},
  component: lazyRouteComponent(() => import('./transfer-page.tsx'), 'TransferPage'),
});

/** What an investor owns, and his cash on its way in and out. */
export const myAssetsRoutes = [assetsRoute, transferRoute] as const;

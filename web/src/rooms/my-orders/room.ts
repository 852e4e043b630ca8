import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { investorRoute } from '../../app/root-route.ts';

const listRoute = createRoute({
  getParentRoute: () => investorRoute,
  path: '/my/orders',
  component: lazyRouteComponent(() => import('./list-page.tsx'), 'MyOrdersPage'),
});

const orderRoute = createRoute({
  getParentRoute: () => investorRoute,
  path: '/my/orders/$orderId',
  component: lazyRouteComponent(() => import('./order-page.tsx'), 'MyOrderPage'),
});

/** What an investor has ordered, and what came of it. */
export const myOrdersRoutes = [listRoute, orderRoute] as const;

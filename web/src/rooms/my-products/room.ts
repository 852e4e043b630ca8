import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { investorRoute } from '../../app/root-route.ts';
import { readShelf } from './shelf.ts';

const listRoute = createRoute({
  getParentRoute: () => investorRoute,
  path: '/my/products',
  validateSearch: readShelf,
  component: lazyRouteComponent(() => import('./list-page.tsx'), 'MyProductsPage'),
});

const productRoute = createRoute({
  getParentRoute: () => investorRoute,
  path: '/my/products/$fundCode',
  component: lazyRouteComponent(() => import('./product-page.tsx'), 'MyProductPage'),
});

const ACTS = ['buy', 'redeem', 'dividends'];

const tradeRoute = createRoute({
  getParentRoute: () => investorRoute,
  path: '/my/products/$fundCode/$act',
  beforeLoad: ({ params: { fundCode, act } }) => {
    if (!ACTS.includes(act)) throw redirect({ to: '/my/products/$fundCode', params: { fundCode } });
  },
  component: lazyRouteComponent(() => import('./trade-page.tsx'), 'TradePage'),
});

/** What is sold, each product, and buying and redeeming it. */
export const myProductsRoutes = [listRoute, productRoute, tradeRoute] as const;

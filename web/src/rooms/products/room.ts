import { FundOutlined } from '@ant-design/icons';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Room } from '../../app/room.ts';
import { staffRoute } from '../../app/root-route.ts';
import { readCompare, readFilters } from './filters.ts';

const shelfRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: '/products',
  validateSearch: readFilters,
  component: lazyRouteComponent(() => import('./shelf-page.tsx'), 'ShelfPage'),
});

const compareRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: '/products/compare',
  validateSearch: readCompare,
  component: lazyRouteComponent(() => import('./compare-page.tsx'), 'ComparePage'),
});

const fundRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: '/products/$fundCode',
  component: lazyRouteComponent(() => import('./fund-page.tsx'), 'FundPage'),
});

export const productsRoutes = [shelfRoute, compareRoute, fundRoute] as const;

export const products: Room = {
  id: 'products',
  group: 'serve',
  path: '/products',
  icon: FundOutlined,
  label: { zh: '产品货架', en: 'Products' },
  roles: [
    'administrator',
    'auditor',
    'operations',
    'adviser',
    'productManager',
    'reviewer',
    'compliance',
  ],
};

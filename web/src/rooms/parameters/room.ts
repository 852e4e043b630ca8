import { ControlOutlined } from '@ant-design/icons';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Room } from '../../app/room.ts';
import { staffRoute } from '../../app/root-route.ts';

const TABS = ['products', 'suitability', 'calendar', 'retention', 'import'] as const;
export type ParametersTab = (typeof TABS)[number];

const listRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: '/parameters',
  validateSearch: (search): { tab?: ParametersTab } => {
    const tab = TABS.find((each) => each === search['tab']);
    return tab === undefined ? {} : { tab };
  },
  component: lazyRouteComponent(() => import('./parameters-page.tsx'), 'ParametersPage'),
});

const productRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: '/parameters/products/$fundCode',
  component: lazyRouteComponent(() => import('./product-page.tsx'), 'ProductPage'),
});

const versionsRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: '/parameters/suitability/$of',
  component: lazyRouteComponent(() => import('./suitability-page.tsx'), 'SuitabilityPage'),
});

export const parametersRoutes = [listRoute, productRoute, versionsRoute] as const;

export const parameters: Room = {
  id: 'parameters',
  group: 'govern',
  path: '/parameters',
  icon: ControlOutlined,
  label: { zh: '参数管理', en: 'Parameters' },
  roles: ['productManager', 'operations', 'reviewer', 'compliance', 'auditor'],
};

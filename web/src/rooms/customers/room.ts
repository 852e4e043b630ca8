import { TeamOutlined } from '@ant-design/icons';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Room } from '../../app/room.ts';
import { staffRoute } from '../../app/root-route.ts';
import { KYC_FILTERS, type KycFilter } from './kyc-filter.ts';

const listRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: '/customers',
  validateSearch: (search): { kyc?: KycFilter } => {
    const kyc = KYC_FILTERS.find((each) => each === search['kyc']);
    return kyc === undefined ? {} : { kyc };
  },
  component: lazyRouteComponent(() => import('./list-page.tsx'), 'CustomerListPage'),
});

export const CUSTOMER_TABS = [
  'overview',
  'holdings',
  'orders',
  'suitability',
  'cash',
  'identity',
  'timeline',
] as const;
export type CustomerTab = (typeof CUSTOMER_TABS)[number];

const customerRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: '/customers/$customerId',
  validateSearch: (search): { tab?: CustomerTab } => {
    const tab = CUSTOMER_TABS.find((each) => each === search['tab']);
    return tab === undefined ? {} : { tab };
  },
  component: lazyRouteComponent(() => import('./customer-page.tsx'), 'CustomerPage'),
});

export const customersRoutes = [listRoute, customerRoute] as const;

export const customers: Room = {
  id: 'customers',
  group: 'serve',
  path: '/customers',
  icon: TeamOutlined,
  label: { zh: '客户', en: 'Customers' },
  roles: ['operations', 'adviser', 'reviewer', 'compliance', 'auditor'],
};

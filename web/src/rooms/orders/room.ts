import { FormOutlined } from '@ant-design/icons';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Room } from '../../app/room.ts';
import { staffRoute } from '../../app/root-route.ts';

const listRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: '/orders',
  component: lazyRouteComponent(() => import('./list-page.tsx'), 'OrderListPage'),
});

export interface DeskSearch {
  customerId?: string;
  fundCode?: string;
}

const deskRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: '/orders/new',
  validateSearch: (search): DeskSearch => {
    const { customerId, fundCode } = search;
    return {
      ...(typeof customerId === 'string' && /^C[0-9A-Z]{15}$/.test(customerId)
        ? { customerId }
        : {}),
      ...(/^[0-9A-Z]{6}$/.test(String(fundCode)) ? { fundCode: String(fundCode) } : {}),
    };
  },
  component: lazyRouteComponent(() => import('./desk-page.tsx'), 'DeskPage'),
});

const orderRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: '/orders/$orderId',
  component: lazyRouteComponent(() => import('./order-page.tsx'), 'OrderPage'),
});

export const ordersRoutes = [listRoute, deskRoute, orderRoute] as const;

export const orders: Room = {
  id: 'orders',
  group: 'serve',
  path: '/orders',
  icon: FormOutlined,
  label: { zh: '交易委托', en: 'Orders' },
  roles: ['operations', 'adviser', 'auditor', 'compliance', 'reviewer'],
};

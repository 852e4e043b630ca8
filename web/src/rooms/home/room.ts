import { HomeOutlined } from '@ant-design/icons';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Room } from '../../app/room.ts';
import { staffRoute } from '../../app/root-route.ts';

const homeRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./home-page.tsx'), 'HomePage'),
});

export const homeRoutes = [homeRoute] as const;

export const home: Room = {
  id: 'home',
  group: 'serve',
  path: '/',
  icon: HomeOutlined,
  label: { zh: '工作台', en: 'Home' },
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

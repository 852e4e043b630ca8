import { IdcardOutlined } from '@ant-design/icons';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Room } from '../../app/room.ts';
import { staffRoute } from '../../app/root-route.ts';

const peopleRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: '/staff',
  component: lazyRouteComponent(() => import('./staff-page.tsx'), 'StaffPage'),
});

export const staffRoutes = [peopleRoute] as const;

export const staff: Room = {
  id: 'staff',
  group: 'system',
  path: '/staff',
  icon: IdcardOutlined,
  label: { zh: '员工与权限', en: 'Staff and roles' },
  roles: ['administrator', 'auditor'],
};

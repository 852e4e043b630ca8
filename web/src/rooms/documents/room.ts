import { FilePdfOutlined } from '@ant-design/icons';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Room } from '../../app/room.ts';
import { staffRoute } from '../../app/root-route.ts';

const runsRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: '/documents',
  component: lazyRouteComponent(() => import('./runs-page.tsx'), 'RunsPage'),
});

const runRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: '/documents/$runId',
  component: lazyRouteComponent(() => import('./run-page.tsx'), 'RunPage'),
});

export const documentsRoutes = [runsRoute, runRoute] as const;

export const documents: Room = {
  id: 'documents',
  group: 'serve',
  path: '/documents',
  icon: FilePdfOutlined,
  label: { zh: '对账单与报告', en: 'Statements' },
  roles: ['operations', 'adviser', 'compliance'],
};

import { DeploymentUnitOutlined } from '@ant-design/icons';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Room } from '../../app/room.ts';
import { staffRoute } from '../../app/root-route.ts';
import { readOperations } from './search.ts';

const dayRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: '/operations',
  validateSearch: readOperations,
  component: lazyRouteComponent(() => import('./operations-page.tsx'), 'OperationsPage'),
});

const fileRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: '/operations/files/$fileId',
  validateSearch: readOperations,
  component: lazyRouteComponent(() => import('./file-page.tsx'), 'FilePage'),
});

export const operationsRoutes = [dayRoute, fileRoute] as const;

export const operations: Room = {
  id: 'operations',
  group: 'run',
  path: '/operations',
  icon: DeploymentUnitOutlined,
  label: { zh: '日终清算', en: 'Business day' },
  roles: ['operations', 'compliance', 'auditor', 'reviewer'],
};

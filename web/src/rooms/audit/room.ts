import { SafetyCertificateOutlined } from '@ant-design/icons';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Room } from '../../app/room.ts';
import { staffRoute } from '../../app/root-route.ts';

const auditRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: '/audit',
  component: lazyRouteComponent(() => import('./audit-page.tsx'), 'AuditPage'),
});

export const auditRoutes = [auditRoute] as const;

export const audit: Room = {
  id: 'audit',
  group: 'govern',
  path: '/audit',
  icon: SafetyCertificateOutlined,
  label: { zh: '审计', en: 'Audit' },
  roles: ['auditor', 'compliance'],
};

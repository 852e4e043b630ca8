import { AuditOutlined } from '@ant-design/icons';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Room } from '../../app/room.ts';
import { staffRoute } from '../../app/root-route.ts';

const STATES = ['waiting', 'approved', 'rejected', 'expired'] as const;
export type ApprovalState = (typeof STATES)[number];

const listRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: '/approvals',
  validateSearch: (search): { state?: ApprovalState; open?: string } => {
    const state = STATES.find((each) => each === search['state']);
    const { open } = search;
    return {
      ...(state === undefined ? {} : { state }),
      ...(typeof open === 'string' && /^[0-9A-Z]{1,64}$/.test(open) ? { open } : {}),
    };
  },
  component: lazyRouteComponent(() => import('./approvals-page.tsx'), 'ApprovalsPage'),
});

export const approvalsRoutes = [listRoute] as const;

export const approvals: Room = {
  id: 'approvals',
  group: 'govern',
  path: '/approvals',
  icon: AuditOutlined,
  label: { zh: '审批', en: 'Approvals' },
  roles: ['reviewer', 'compliance', 'productManager', 'operations', 'auditor'],
};

import { UserAddOutlined } from '@ant-design/icons';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Room } from '../../app/room.ts';
import { staffRoute } from '../../app/root-route.ts';
import { type CustomerKind, isKind } from './typed.ts';

const startRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: '/opening',
  component: lazyRouteComponent(() => import('./start-page.tsx'), 'StartPage'),
});

export interface FormSearch {
  kind: CustomerKind;
  /** A draft of one's own that is gone on with. */
  draft?: string;
}

const formRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: '/opening/form',
  validateSearch: ({ kind, draft }): FormSearch => {
    return {
      kind: isKind(String(kind)) ? (String(kind) as CustomerKind) : '1',
      ...(typeof draft === 'string' && /^D[0-9A-F]{20}$/.test(draft) ? { draft } : {}),
    };
  },
  component: lazyRouteComponent(() => import('./form-page.tsx'), 'FormPage'),
});

const customerRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: '/opening/customers/$customerId',
  component: lazyRouteComponent(() => import('./steps-page.tsx'), 'StepsPage'),
});

const assessmentRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: '/opening/customers/$customerId/assessment',
  component: lazyRouteComponent(() => import('./assessment-page.tsx'), 'AssessmentPage'),
});

const dueRoute = createRoute({
  getParentRoute: () => staffRoute,
  path: '/opening/due',
  validateSearch: ({ due }): { due: 'lapsed' | 'ending' } => ({
    due: due === 'ending' ? 'ending' : 'lapsed',
  }),
  component: lazyRouteComponent(() => import('./due-page.tsx'), 'DuePage'),
});

export const openingRoutes = [
  startRoute,
  formRoute,
  dueRoute,
  customerRoute,
  assessmentRoute,
] as const;

export const opening: Room = {
  id: 'opening',
  group: 'serve',
  path: '/opening',
  icon: UserAddOutlined,
  label: { zh: '开户与测评', en: 'Openings' },
  roles: ['operations', 'adviser'],
  others: {
    '/opening/due': [
      'operations',
      'adviser',
      'compliance',
      'reviewer',
      'productManager',
      'auditor',
    ],
  },
};

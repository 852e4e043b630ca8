import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { investorRoute } from '../../app/root-route.ts';

const selfRoute = createRoute({
  getParentRoute: () => investorRoute,
  path: '/my/self',
  component: lazyRouteComponent(() => import('./self-page.tsx'), 'SelfPage'),
});

const riskRoute = createRoute({
  getParentRoute: () => investorRoute,
  path: '/my/self/risk',
  component: lazyRouteComponent(() => import('./risk-page.tsx'), 'RiskPage'),
});

const questionnaireRoute = createRoute({
  getParentRoute: () => investorRoute,
  path: '/my/self/risk/questionnaire',
  component: lazyRouteComponent(() => import('./questionnaire-page.tsx'), 'QuestionnairePage'),
});

const statementsRoute = createRoute({
  getParentRoute: () => investorRoute,
  path: '/my/self/statements',
  component: lazyRouteComponent(() => import('./statements-page.tsx'), 'StatementsPage'),
});

const securityRoute = createRoute({
  getParentRoute: () => investorRoute,
  path: '/my/self/security',
  component: lazyRouteComponent(() => import('./security-page.tsx'), 'SecurityPage'),
});

/** Who the investor is here: his particulars, risk level, statements and sessions. */
export const mySelfRoutes = [
  selfRoute,
  riskRoute,
  questionnaireRoute,
  statementsRoute,
  securityRoute,
] as const;

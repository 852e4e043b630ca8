/** The front door of portfolio: what a customer owns, what it is worth, what it has earned. */
import type { App } from '../../platform/http/app.ts';
import type { CairnModule } from '../../platform/module.ts';
import { portfolioErrors } from './errors.ts';
import { portfolioRoutes } from './routes.ts';

export { portfolioErrors } from './errors.ts';
export { assertPeriod } from './curve.ts';
export { getAssets } from './assets.ts';
export { getCurve, getMovements } from './queries.ts';
export type { Assets, Curve, Movements } from './contract.ts';

/** The module as the application composes it. */
export const portfolioModule: CairnModule<App> = {
  name: 'portfolio',
  errors: portfolioErrors,
  routes: portfolioRoutes,
};

/** The front door of portfolio: what a customer owns, what it is worth, what it has earned. */
import type { App } from '../../platform/http/app.ts';
import type { CairnModule } from '../../platform/module.ts';
import { portfolioErrors } from './errors.ts';
import { portfolioRoutes } from './routes.ts';

export { portfolioErrors } from './errors.ts';
export { getAssets } from './assets.ts';
export { getCurve } from './queries.ts';

/** The module as the application composes it. */
export const portfolioModule: CairnModule<App> = {
  name: 'portfolio',
  errors: portfolioErrors,
  routes: portfolioRoutes,
};

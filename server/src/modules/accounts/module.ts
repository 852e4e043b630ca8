import type { App } from '../../platform/http/app.ts';
import type { CairnModule } from '../../platform/module.ts';
import { accountsChecks } from './checks.ts';
import { accountsErrors } from './errors.ts';
import { accountsRoutes } from './routes.ts';

/** Accounts as the application composes it. */
export const accountsModule: CairnModule<App> = {
  name: 'accounts',
  errors: accountsErrors,
  checks: accountsChecks,
  routes: accountsRoutes,
};

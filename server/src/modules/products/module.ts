import type { App } from '../../platform/http/app.ts';
import type { CairnModule } from '../../platform/module.ts';
import { productsChecks } from './checks.ts';
import { productsErrors } from './errors.ts';
import { productsMessages, productsWords } from './messages.ts';
import { productRoutes } from './routes.ts';

/** Products as the application composes them. */
export const productsModule: CairnModule<App> = {
  name: 'products',
  errors: productsErrors,
  messages: productsMessages,
  words: productsWords,
  checks: productsChecks,
  routes: productRoutes,
};

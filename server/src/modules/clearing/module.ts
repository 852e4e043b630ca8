import type { App } from '../../platform/http/app.ts';
import type { CairnModule } from '../../platform/module.ts';
import { clearingChecks } from './checks.ts';
import { clearingErrors } from './errors.ts';
import type { ExchangeSettings } from './exchange.ts';
import { clearingRoutes } from './routes.ts';
import './todo.ts';

/** Clearing as the application composes it; `exchange` says where and as whom files are exchanged. */
export function clearingModule(exchange: ExchangeSettings): CairnModule<App> {
  return {
    name: 'clearing',
    errors: clearingErrors,
    checks: clearingChecks,
    routes: (app, world) => clearingRoutes(app, { ...world, exchange }),
  };
}

/** The one list of every module, in the order in which each may call those before it. */
import type { App } from '../platform/http/app.ts';
import type { Settings } from '../platform/config.ts';
import type { CairnModule } from '../platform/module.ts';
import { accountsModule } from '../modules/accounts/index.ts';
import { clearingModule, type ExchangeSettings } from '../modules/clearing/index.ts';
import { customersModule } from '../modules/customers/index.ts';
import { productsModule } from '../modules/products/index.ts';
import { suitabilityModule } from '../modules/suitability/index.ts';
import { tradingModule } from '../modules/trading/index.ts';
import type { Batching } from './installation.ts';

/** The modules of this program, ready for `createApp`. */
export function modulesOf(
  settings: Pick<Settings, keyof Batching>,
  exchange: ExchangeSettings,
): CairnModule<App>[] {
  return [
    customersModule,
    productsModule,
    accountsModule,
    suitabilityModule,
    tradingModule(settings),
    clearingModule(exchange),
  ];
}

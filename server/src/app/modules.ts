/** The one list of every module, in the order in which each may call those before it. */
import { formatAmount, formatUnits } from '@cairn/kernel';
import type { App } from '../platform/http/app.ts';
import type { Settings } from '../platform/config.ts';
import type { CairnModule } from '../platform/module.ts';
import {
  accountsModule,
  findAccountOwners,
  findOpenAccounts,
  loadAssetAccountsOf,
  loadPositions,
  viewAccounts,
} from '../modules/accounts/index.ts';
import { clearingModule, type ExchangeSettings } from '../modules/clearing/index.ts';
import {
  customersModule,
  registerClosingGuard,
  registerFinder,
  registerView,
} from '../modules/customers/index.ts';
import { documentsModule } from '../modules/documents/index.ts';
import { portfolioModule } from '../modules/portfolio/index.ts';
import { productsModule, registerFigureEngine } from '../modules/products/index.ts';
import { suitabilityModule, suitabilityView } from '../modules/suitability/index.ts';
import { ordersView, tradingModule } from '../modules/trading/index.ts';
import { fundFigures } from './fund-figures.ts';
import type { Batching } from './installation.ts';

// What the modules above know of a customer, for the 360° view and for the guard at closing.
registerView('accounts', async (sql, key) =>
  viewAccounts(sql, await loadAssetAccountsOf(sql, [key])),
);
registerView('positions', async (sql, key) =>
  (await loadPositions(sql, [key])).map((position) => ({
    tradingAccountNo: position.tradingAccountNo,
    fundCode: position.fundCode,
    units: formatUnits(position.units),
    frozen: formatUnits(position.frozen),
    cost: formatAmount(position.cost),
  })),
);
registerView('suitability', suitabilityView);
registerView('orders', ordersView);
registerClosingGuard('accounts', findOpenAccounts);
registerFinder(findAccountOwners);
registerFigureEngine(fundFigures);

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
    portfolioModule,
    documentsModule,
  ];
}

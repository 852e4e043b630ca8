import { accountsErrors } from '../modules/accounts/errors.ts';
import { clearingErrors } from '../modules/clearing/errors.ts';
import { customersErrors } from '../modules/customers/errors.ts';
import { customersMessages } from '../modules/customers/messages.ts';
import { documentsErrors } from '../modules/documents/errors.ts';
import { portfolioErrors } from '../modules/portfolio/errors.ts';
import { productsErrors } from '../modules/products/errors.ts';
import { productsMessages } from '../modules/products/messages.ts';
import { suitabilityErrors } from '../modules/suitability/errors.ts';
import { suitabilityMessages, suitabilityWords } from '../modules/suitability/messages.ts';
import { tradingErrors } from '../modules/trading/errors.ts';
import { tradingMessages, tradingWords } from '../modules/trading/messages.ts';
import type { CatalogSource } from '../platform/http/catalog.ts';
import { MODULE_ORDER, type ModuleName } from '../platform/module-order.ts';

// Keyed by module: one that is missing here does not compile.
const TABLES: Readonly<Record<ModuleName, Omit<CatalogSource, 'name'>>> = {
  customers: { errors: customersErrors, messages: customersMessages },
  products: { errors: productsErrors, messages: productsMessages },
  accounts: { errors: accountsErrors },
  suitability: {
    errors: suitabilityErrors,
    messages: suitabilityMessages,
    words: suitabilityWords,
  },
  trading: { errors: tradingErrors, messages: tradingMessages, words: tradingWords },
  clearing: { errors: clearingErrors },
  portfolio: { errors: portfolioErrors },
  documents: { errors: documentsErrors },
};

/** The error and message tables of every business module, in module order, without their routes. */
export function loadErrorTables(): CatalogSource[] {
  return MODULE_ORDER.map((name) => ({ name, ...TABLES[name] }));
}

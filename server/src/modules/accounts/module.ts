import type { App } from '../../platform/http/app.ts';
import type { CairnModule } from '../../platform/module.ts';
import { accountCiphers } from './asset-accounts.ts';
import { accountsChecks } from './checks.ts';
import { accountsErrors } from './errors.ts';
import { accountsMessages, accountsWords } from './messages.ts';
import { accountsRoutes } from './routes.ts';

/** Accounts as the application composes it. */
export const accountsModule: CairnModule<App> = {
  name: 'accounts',
  errors: accountsErrors,
  messages: accountsMessages,
  words: accountsWords,
  checks: accountsChecks,
  ciphers: [accountCiphers],
  routes: accountsRoutes,
};

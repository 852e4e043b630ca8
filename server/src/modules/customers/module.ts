import type { App } from '../../platform/http/app.ts';
import type { CairnModule } from '../../platform/module.ts';
import { customersErrors } from './errors.ts';
import { customersMessages, customersWords } from './messages.ts';
import { draftCiphers } from './drafts.ts';
import { noteCiphers } from './notes.ts';
import { customerRoutes } from './routes.ts';
import { customerCiphers } from './store.ts';
import './todo.ts';

/** Customers as the application composes them. */
export const customersModule: CairnModule<App> = {
  name: 'customers',
  errors: customersErrors,
  messages: customersMessages,
  words: customersWords,
  ciphers: [customerCiphers, draftCiphers, noteCiphers],
  routes: customerRoutes,
};

import type { App } from '../../platform/http/app.ts';
import type { CairnModule } from '../../platform/module.ts';
import { answerDraftCiphers } from './answer-drafts.ts';
import { suitabilityErrors } from './errors.ts';
import { suitabilityMessages, suitabilityWords } from './messages.ts';
import { suitabilityRoutes } from './routes.ts';
import './todo.ts';

/** Suitability as the application composes it; trading runs its check of the orders' evidence. */
export const suitabilityModule: CairnModule<App> = {
  name: 'suitability',
  errors: suitabilityErrors,
  messages: suitabilityMessages,
  words: suitabilityWords,
  ciphers: [answerDraftCiphers],
  routes: suitabilityRoutes,
};

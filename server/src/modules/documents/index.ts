/** The front door of documents: statements and reports as files, one or many. */
import type { App } from '../../platform/http/app.ts';
import type { CairnModule } from '../../platform/module.ts';
import { documentsErrors } from './errors.ts';
import { documentRoutes } from './routes.ts';

export { documentsErrors } from './errors.ts';
export { produceDocument, type Produced, type Wanted } from './produce.ts';
export { expireDocuments } from './retention.ts';
export { makeDocuments, runSubscriber } from './run-job.ts';

/** The module as the application composes it. */
export const documentsModule: CairnModule<App> = {
  name: 'documents',
  errors: documentsErrors,
  routes: documentRoutes,
};

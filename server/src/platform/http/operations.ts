import { AppError } from '@cairn/kernel';
import { Type } from 'typebox';
import type { World } from '../world.ts';
import type { App } from './app.ts';

const Status = Type.Object({ status: Type.Literal('ok') }, { additionalProperties: false });

/** /health (the process lives), /ready (it can serve: database answers, not stopping), /metrics. */
export function operationRoutes(app: App, world: World): void {
  const config = { public: true } as const;
  app.get(
    '/health',
    { config, schema: { tags: ['operations'], response: { 200: Status } } },
    async () => ({
      status: 'ok' as const,
    }),
  );
  app.get(
    '/ready',
    { config, schema: { tags: ['operations'], response: { 200: Status } } },
    async () => {
      if (app.shutdown.isDraining) throw new AppError('DRAINING');
      try {
        // Reading a migrated table proves both that the database answers and that it has its schema.
        await world.db.query('select 1 from platform.migrations limit 1');
      } catch (error) {
        throw new AppError('NOT_READY', { retryAfterSeconds: 2 }, { cause: error });
      }
      return { status: 'ok' as const };
    },
  );
  app.get(
    '/metrics',
    { config, schema: { tags: ['operations'], hide: true } },
    async (_request, reply) => {
      reply.type(app.metrics.registry.contentType);
      return app.metrics.registry.metrics();
    },
  );
}

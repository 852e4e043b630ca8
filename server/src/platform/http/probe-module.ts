import { AppError, type ErrorTable } from '@cairn/kernel';
import { Type } from 'typebox';
import type { MessageTable } from '../errors.ts';
import type { CairnModule } from '../module.ts';
import type { App } from './app.ts';

export const closed = { additionalProperties: false } as const;
const Order = Type.Object(
  {
    name: Type.String({ maxLength: 10 }),
    amount: Type.String({ pattern: String.raw`^(0|[1-9]\d{0,15})(\.\d{1,2})?$` }),
    count: Type.Optional(Type.Integer({ minimum: 1, maximum: 5 })),
    day: Type.Optional(Type.String({ format: 'date' })),
    kind: Type.Optional(Type.Union([Type.Literal('buy'), Type.Literal('sell')])),
    lines: Type.Optional(Type.Array(Type.Object({ id: Type.String() }, closed), { maxItems: 2 })),
  },
  closed,
);

const probeErrors = {
  PROBE_REFUSED: [409, 'Not now, {name}.', '现在不行，{name}。', false],
  PROBE_BUSY: [503, 'Busy.', '忙。', true],
} as const satisfies ErrorTable;
const messages = {
  TOO_RISKY: ['Risk {level} is too high.', '风险 {level} 过高。'],
} as const satisfies MessageTable;

/** Bodies that reached the handler. */
export const handled: unknown[] = [];
/** Routes for the tests of the shell. */
export const probe: CairnModule<App> = {
  name: 'probe',
  errors: probeErrors,
  messages,
  routes(app) {
    app.post(
      '/probe/orders',
      { config: { roles: ['operations'], idempotent: true }, schema: { body: Order } },
      async (request) => {
        handled.push(request.body);
        return { actor: request.actor.id, key: request.idempotencyKey };
      },
    );
    app.get(
      '/probe/orders/:id',
      {
        config: { roles: ['operations', 'adviser'] },
        schema: {
          params: Type.Object({ id: Type.String({ pattern: '^[A-Z]{3}$' }) }, closed),
          querystring: Type.Object(
            {
              limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
              sort: Type.Optional(Type.Union([Type.Literal('date'), Type.Literal('amount')])),
              day: Type.Optional(Type.String({ format: 'date' })),
            },
            closed,
          ),
          response: { 200: Type.Object({ limit: Type.Optional(Type.Integer()) }, closed) },
        },
      },
      async ({ query }) => ({ ...query, secret: 'not in the schema' }),
    );
    app.post(
      '/probe/upload',
      { config: { roles: ['operations'], consumes: ['text/csv'] }, bodyLimit: 20 },
      async (request) => (request.body as Buffer).toString('latin1'),
    );
    app.get('/probe/fail/:how', { config: { public: true } }, async (request) => {
      const { how } = request.params as { how: string };
      const refuse = {
        reasons: [{ code: 'TOO_RISKY', severity: 'block', details: { level: 5n } }],
      };
      if (how === 'app') throw new AppError('PROBE_REFUSED', { name: 'Li', id: 7n, ...refuse });
      if (how === 'busy') throw new AppError('PROBE_BUSY', { retryAfterSeconds: 9 });
      if (how === 'stranger') throw new AppError('NO_SUCH_CODE', { secret: 'canary-1' });
      if (how === 'text') throw Object.assign(new Error('bad byte'), { code: '22021' });
      throw new Error('select canary-2 from secrets');
    });
  },
};

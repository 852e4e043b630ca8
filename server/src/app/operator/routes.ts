/** The route by which commands of the same machine are carried out inside the running server. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { AppError } from '@cairn/kernel';
import { Type } from 'typebox';
import type { App } from '../../platform/http/app.ts';
import type { CairnModule } from '../../platform/module.ts';
import { runInstalled, INSTALLED_NAMES } from '../commands/installed.ts';
import type { Installation } from '../installation.ts';

const closed = { additionalProperties: false } as const;
const Body = Type.Object(
  {
    command: Type.Enum([...INSTALLED_NAMES]),
    args: Type.Array(Type.String({ maxLength: 1000 }), { maxItems: 20 }),
  },
  closed,
);
const Reply = Type.Object({ exitCode: Type.Integer(), lines: Type.Array(Type.String()) }, closed);

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The operator's door as a module; only the holder of `key` gets in. */
export function operatorModule(installation: Installation, key: string): CairnModule<App> {
  const expected = digest(`Bearer ${key}`);
  return {
    name: 'operator',
    errors: {},
    routes(app) {
      app.post(
        '/operator/commands',
        {
          // Public to the gate, because the key is no session; it is asked for right here.
          config: { public: true, action: 'operator.command' },
          onRequest(request, _reply, done) {
            const given = digest(request.headers.authorization ?? '');
            done(timingSafeEqual(given, expected) ? undefined : new AppError('UNAUTHENTICATED'));
          },
          schema: { hide: true, body: Body, response: { 200: Reply } },
        },
        async (request) => {
          const lines: string[] = [];
          const { command, args } = request.body;
          const exitCode = await runInstalled(command, installation, args, (line) => {
            lines.push(line);
          });
          return { exitCode, lines };
        },
      );
    },
  };
}

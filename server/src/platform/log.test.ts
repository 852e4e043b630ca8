import { AppError } from '@cairn/kernel';
import { Type } from 'typebox';
import { describe, expect, it } from 'vitest';
import { type App, createApp } from './http/app.ts';
import { signIn } from './http/testing.ts';
import { createLog, safeText } from './log.ts';
import type { CairnModule } from './module.ts';
import { openTestPglite, testWorld } from './testing.ts';

function collect(): { lines: string[]; log: ReturnType<typeof createLog> } {
  const lines: string[] = [];
  return { lines, log: createLog('info', { write: (line) => void lines.push(line) }) };
}

describe('the log', () => {
  it('keeps listed fields only', () => {
    const { lines, log } = collect();
    log.info(
      { status: 200, name: 'canary', body: { name: 'canary' }, actor: 'staff:S1' },
      'request',
    );
    log.child({ customer: 'canary', module: 'trading' }).info({ count: 5n }, 'done');
    expect(lines.join()).not.toContain('canary');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 'info', status: 200, actor: 'staff:S1', msg: 'request' },
      { module: 'trading', count: '5', msg: 'done' },
    ]);
  });

  it('tells of an error its class, code and place, not its words', () => {
    const { lines, log } = collect();
    const cause = Object.assign(new Error('Key (phone)=(canary) exists'), {
      code: '23505',
      constraint: 'one_phone',
    });
    log.error({ err: new AppError('OVERLOADED', { name: 'canary' }, { cause }) }, 'failed');
    log.error(cause, 'failed');
    log.error({ err: 'canary' }, 'failed');
    expect(lines.join()).not.toContain('canary');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      errorName: 'AppError',
      errorCode: 'OVERLOADED',
    });
    expect(lines[0]).toContain('log.test.ts');
    expect(lines[1]).toContain('23505');
  });

  it('cannot be made to forge a line, steer a terminal or show a number', () => {
    const { lines, log } = collect();
    log.info(
      { route: 'a\r\n{"level":"error"}\u001b[2J\u009b31m\u2028x\u202e' },
      'text\r\nforged\u001b[0m',
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]?.trimEnd()).not.toMatch(
      // oxlint-disable-next-line no-control-regex -- these characters are what is looked for
      /[\u0000-\u001f\u007f-\u009f\u2028\u202e]|\\u00|\\r|\\n/,
    );
    expect(safeText('id 11010119900307271X phone 13800138000 a.b@c.cn')).toBe(
      'id [number] phone [number] [mail]',
    );
  });

  it('holds nothing of what a request carries', async () => {
    const { lines, log } = collect();
    const database = await openTestPglite();
    const closed = { additionalProperties: false };
    const module: CairnModule<App> = {
      name: 'probe',
      errors: {},
      routes(app) {
        const body = Type.Object({ name: Type.String({ maxLength: 20 }) }, closed);
        const querystring = Type.Object({ canary: Type.String() }, closed);
        app.post(
          '/people/:id',
          { config: { roles: ['operations'], idempotent: true }, schema: { body, querystring } },
          () => {
            throw new Error('no such person: canary-thrown 13800138000');
          },
        );
      },
    };
    const app = await createApp(testWorld(database.db), [module], { log });
    const { headers } = await signIn(app, ['operations']);
    const requests = [
      { name: 'canary-body' },
      { name: 'canary-body-that-is-far-too-long' },
      { canary: 1 },
    ];
    const answers: number[] = [];
    for (const payload of requests) {
      const reply = await app.inject({
        method: 'POST',
        url: '/people/canary-path?canary=query',
        headers: {
          ...headers,
          'idempotency-key': 'canary-key',
          'user-agent': 'canary-agent',
          cookie: 'canary=1',
          'x-request-id': 'canary-id-13800138000',
        },
        payload,
      });
      answers.push(reply.statusCode);
    }
    expect(answers).toEqual([500, 422, 400]);
    await app.inject({
      method: 'POST',
      url: '/auth/login',
      payload: { userName: 'canary.user', password: 'canary-pw' },
    });
    await app.close();
    await database.drop();
    expect(lines.length).toBeGreaterThanOrEqual(5);
    expect(lines.join('')).not.toContain('canary');
    expect(lines.join('')).not.toContain(headers.authorization.slice(7));
    expect(
      lines.filter((line) => line.includes('"route":"/people/:id"')).length,
    ).toBeGreaterThanOrEqual(3);
  });
});

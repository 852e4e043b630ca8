/**
 * Requests that partners sign, statement 28: what was changed on its way, is too old, was sent before
 * or comes from somebody else is refused, and nothing happens.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { AppError, instant } from '@cairn/kernel';
import fc from 'fast-check';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemActor } from '../../server/src/platform/actor.ts';
import { cleanSessions } from '../../server/src/platform/auth/login.ts';
import { createPartnerKey } from '../../server/src/platform/auth/partner-keys.ts';
import {
  checkSignature,
  sign,
  signatureBase,
  type SignedMessage,
} from '../../server/src/platform/auth/signatures.ts';
import { loadSettings } from '../../server/src/platform/config.ts';
import { type App, createApp } from '../../server/src/platform/http/app.ts';
import type { Problem } from '../../server/src/platform/http/problem.ts';
import { secretsOf } from '../../server/src/platform/secrets.ts';
import { openTestPglite, type TestDatabase } from '../../server/src/platform/testing.ts';
import { modulesOf } from '../../server/src/app/modules.ts';
import { type House, openHouse } from '../bad-input/house.ts';
import { PLAIN } from '../bad-input/market.ts';
import { nextKey } from '../bad-input/send.ts';
import { changedTables, stateOf } from '../bad-input/state.ts';
import { type HandedOver, loadSigner, type Signer } from './signer.ts';

const HOST = 'http://cairn.test';

test('the text that is signed and its signature are those of RFC 9421, B.2.5', () => {
  const message: SignedMessage = {
    method: 'POST',
    url: '/foo?param=Value&Pet=dog',
    headers: {
      host: 'example.com',
      date: 'Tue, 20 Apr 2021 02:07:55 GMT',
      'content-type': 'application/json',
    },
    hasBody: true,
  };
  const said = '("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"';
  const base = signatureBase(message, ['date', '@authority', 'content-type'], said);
  expect(base.split('\n')).toEqual([
    '"date": Tue, 20 Apr 2021 02:07:55 GMT',
    '"@authority": example.com',
    '"content-type": application/json',
    `"@signature-params": ${said}`,
  ]);
  const secret = Buffer.from(
    'uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==',
    'base64',
  );
  expect(sign({ algorithm: 'hmac-sha256', secret }, base)).toBe(
    'pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=',
  );
});

describe('a signature', () => {
  const key = { keyId: 'K1', algorithm: 'hmac-sha256', secret: 'a-secret' } as const;
  const NOW = instant('2026-03-02T02:00:00.000Z');
  const CREATED = 1_772_416_800;
  const LIST = '("@method" "@path" "@query" "content-digest" "idempotency-key")';
  const SAID = `${LIST};created=${CREATED};nonce="0123456789abcdef";keyid="K1"`;

  function messageOf(said: string, change: Partial<SignedMessage> = {}): SignedMessage {
    const bare: SignedMessage = {
      method: 'POST',
      url: '/orders?a=1',
      headers: {
        'content-digest': `sha-256=:${'A'.repeat(43)}=:`,
        'idempotency-key': 'one',
        ...change.headers,
      },
      hasBody: true,
    };
    const names = [...(/^\(([^)]*)\)/.exec(said)?.[1]?.matchAll(/"([^"]+)"/g) ?? [])];
    const components = names.map(([, name = '']) => name);
    const base = signatureBase(bare, components, said);
    return {
      ...bare,
      ...change,
      headers: {
        ...bare.headers,
        'signature-input': `sig=${said}`,
        signature: `sig=:${sign(key, base)}:`,
        ...change.headers,
      },
    };
  }
  const reasonOf = (message: SignedMessage, at = NOW): unknown => {
    try {
      return checkSignature(key, message, at).nonce;
    } catch (error) {
      if (error instanceof AppError && error.code === 'SIGNATURE_REFUSED') {
        return error.details['reason'];
      }
      throw error;
    }
  };
  const said = (from: string, to: string) => SAID.replace(from, to);

  test('that is right gives its nonce, the digest of the body, and how long it is young', () => {
    expect(checkSignature(key, messageOf(SAID), NOW)).toEqual({
      nonce: '0123456789abcdef',
      expiresAtMs: CREATED * 1_000 + 300_000,
      bodyDigest: { hash: 'sha256', digest: Buffer.alloc(32) },
    });
    const more = said('("@method"', '("@method" "content-type" "@authority"');
    const headers = { 'content-type': 'application/json', host: 'A.example' };
    expect(reasonOf(messageOf(more, { headers }))).toBe('0123456789abcdef');
    expect(reasonOf(messageOf(`${SAID};alg="hmac-sha256"`))).toBe('0123456789abcdef');
  });

  test.each([
    ['of another key', messageOf(said('keyid="K1"', 'keyid="K2"')), /keyid/],
    ['without a nonce', messageOf(said(';nonce="0123456789abcdef"', '')), /nonce/],
    ['with a short nonce', messageOf(said('0123456789abcdef', 'short')), /nonce/],
    ['without its time', messageOf(said(`;created=${CREATED}`, '')), /created/],
    ['of another algorithm', messageOf(`${SAID};alg="none"`), /alg is not/],
    ['of yesterday', messageOf(said(String(CREATED), String(CREATED - 301))), /five minutes/],
    ['of tomorrow', messageOf(said(String(CREATED), String(CREATED + 301))), /five minutes/],
    ['that says it is over', messageOf(`${SAID};expires=${CREATED}`), /five minutes/],
    ['that leaves the method out', messageOf(said('"@method" ', '')), /must cover/],
    ['that leaves the path out', messageOf(said('"@path" ', '')), /must cover/],
    ['that leaves the query out', messageOf(said('"@query" ', '')), /must cover/],
    ['that leaves the body out', messageOf(said(' "content-digest"', '')), /must cover/],
    ['that leaves the key of the act out', messageOf(said(' "idempotency-key"', '')), /must cover/],
    ['of a body that is not there', messageOf(SAID, { hasBody: false }), /must cover/],
    ['of another method', messageOf(SAID, { method: 'DELETE' }), /not the signature/],
    ['of another path', messageOf(SAID, { url: '/staff?a=1' }), /not the signature/],
    ['of another query', messageOf(SAID, { url: '/orders?a=2' }), /not the signature/],
    ['without a label', messageOf(SAID, { headers: { signature: 'x' } }), /not one signature/],
    [
      'of two',
      messageOf(SAID, { headers: { 'signature-input': `a=${SAID}, b=${SAID}` } }),
      /not one/,
    ],
    ['that says a thing twice', messageOf(`${SAID};keyid="K1"`), /not one signature/],
    [
      'that covers a thing twice',
      messageOf(said('"@path"', '"@path" "@path"')),
      /not one signature/,
    ],
  ])('%s is refused', (_, message, reason) => {
    expect(reasonOf(message)).toMatch(reason);
  });

  test('of whatever text is read or refused with its reason, never anything else', () => {
    const text = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[a-z]{0,3}=\(("[a-z@-]{0,9}" ?){0,4}\)(;[a-z]{1,8}=("?\w{0,9}"?)){0,4}$/),
    );
    fc.assert(
      fc.property(text, text, (input, signature) => {
        const headers = { 'signature-input': input, signature };
        expect(reasonOf(messageOf(SAID, { headers }))).toMatch(
          /^(it |the headers |alg is not|Content-Digest )/,
        );
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a partner who signs', () => {
  let database: TestDatabase;
  let house: House;
  let signer: Signer;
  let partner: HandedOver;

  async function issue(app: App, isSigned = true): Promise<HandedOver> {
    const wish = { name: 'terminal', roles: ['partner' as const], isSigned };
    const issued = await createPartnerKey(app.auth, systemActor('test'), wish);
    const { keyId, signingAlgorithm: algorithm } = issued.partnerKey;
    return { key: issued.key, keyId, secret: issued.signingSecret ?? '', algorithm };
  }

  beforeAll(async () => {
    database = await openTestPglite();
    house = await openHouse(database);
    signer = loadSigner();
    partner = await issue(house.app);
  });
  afterAll(async () => {
    signer.remove();
    await house.close();
    await database.drop();
  });

  const orderOf = (amount = '10.00') =>
    JSON.stringify({
      kind: 'purchase',
      customerId: house.investor.customerId,
      clientOrderNo: nextKey(),
      fundCode: PLAIN,
      amount,
    });
  /** One signed request, which may be changed on its way. */
  const requestOf = (body = orderOf(), url = '/orders', by = partner): InjectOptions => ({
    method: 'POST',
    url,
    headers: signer.sign('POST', HOST + url, body, by),
    ...(body === '' ? {} : { payload: body }),
  });
  async function send(request: InjectOptions, app: App = house.app) {
    const reply = await app.inject(request);
    const code = reply.statusCode < 400 ? '' : reply.json<Problem>().code;
    return { answer: [reply.statusCode, code], reply };
  }
  const answerOf = async (request: InjectOptions, app?: App) => (await send(request, app)).answer;

  test('is served, with a body and without, and reads without signing', async () => {
    const { reply } = await send(requestOf());
    expect(reply.statusCode).toBe(201);
    const { orderId } = reply.json<{ orderId: string }>();
    expect(await answerOf(requestOf('', `/orders/${orderId}/cancellation`))).toEqual([200, '']);
    const headers = { authorization: `Bearer ${partner.key}` };
    expect(await answerOf({ url: `/orders/${orderId}`, headers })).toEqual([200, '']);
  });

  test('is refused without a signature and with whatever was changed, and nothing happens', async () => {
    const body = orderOf();
    const good = requestOf(body);
    const headers = good.headers as Record<string, string>;
    const without = (...names: readonly string[]) =>
      Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
    const other = await issue(house.app);
    const theirs = signer.sign('POST', `${HOST}/orders`, body, other);
    const before = await stateOf(database.db, ['platform.partner_nonces']);
    for (const [what, change, code] of [
      ['no signature', { headers: without('signature', 'signature-input') }, 'SIGNATURE_REQUIRED'],
      ['no input', { headers: without('signature-input') }, 'SIGNATURE_REFUSED'],
      ['no digest', { headers: without('content-digest') }, 'SIGNATURE_REFUSED'],
      ['another body', { payload: body.replace('10.00', '90.00') }, 'SIGNATURE_REFUSED'],
      ['another address', { url: '/orders/batch' }, 'SIGNATURE_REFUSED'],
      ['a query', { url: '/orders?x=1' }, 'SIGNATURE_REFUSED'],
      [
        'another key of the act',
        { headers: { ...headers, 'idempotency-key': 'x' } },
        'SIGNATURE_REFUSED',
      ],
      [
        'the secret of another',
        { headers: { ...theirs, authorization: headers['authorization'] } },
        'SIGNATURE_REFUSED',
      ],
      [
        'one letter of it',
        { headers: { ...headers, signature: flip(headers['signature']) } },
        'SIGNATURE_REFUSED',
      ],
    ] as const) {
      const answer = await answerOf({ ...requestOf(body), ...change } as InjectOptions);
      expect([what, ...answer]).toEqual([what, 401, code]);
    }
    expect(changedTables(before, await stateOf(database.db, ['platform.partner_nonces']))).toEqual(
      [],
    );
  });

  test('is served once: the same request again is refused, at once and in every process', async () => {
    const request = requestOf();
    const twenty = await Promise.all(Array.from({ length: 20 }, () => answerOf(request)));
    const counts = Object.groupBy(twenty, ([status, code]) => `${status} ${code}`);
    expect(Object.entries(counts).map(([answer, all]) => [answer, all?.length])).toEqual(
      expect.arrayContaining([
        ['201 ', 1],
        ['401 SIGNATURE_REPLAYED', 19],
      ]),
    );
    const { auth } = house.app;
    const modules = modulesOf(auth.settings, house.world.exchange);
    const other = await createApp(house.world, modules, { settings: auth.settings });
    expect(await answerOf(request, other)).toEqual([401, 'SIGNATURE_REPLAYED']);
    // Signed anew, the same order is the same order.
    const body = request.payload as string;
    expect((await send(requestOf(body), other)).reply.statusCode).toBe(201);
    await other.close();
    // Young nonces stay when sessions are cleaned; those whose signature is too old go.
    await cleanSessions(auth);
    expect(await answerOf(request)).toEqual([401, 'SIGNATURE_REPLAYED']);
    await database.db.query(
      `update platform.partner_nonces set expires_at = now() - interval '1 s'`,
    );
    expect(await cleanSessions(auth)).toBeGreaterThan(1);
    expect(await database.db.query('select 1 from platform.partner_nonces')).toEqual([]);
  });

  test('keeps a secret that the database does not show', async () => {
    const rows = await database.db.query<{ text: string }>(
      `select encode(signing_secret, 'escape') as text from platform.partner_keys
       where signing_secret is not null`,
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ text }) => text.includes(partner.secret))).toEqual([]);
  });

  test('signs with SM3 where the installation writes Chinese algorithms', async () => {
    const ring = { masters: [Buffer.alloc(32, 7)] };
    const world = { ...house.world, secrets: secretsOf(ring, 'chinese') };
    const { settings } = house.app.auth;
    const app = await createApp(world, modulesOf(settings, world.exchange), { settings });
    const chinese = await issue(app);
    expect(chinese.algorithm).toBe('hmac-sm3');
    expect(await answerOf(requestOf(orderOf(), '/orders', chinese), app)).toEqual([201, '']);
    const wrong = { ...chinese, algorithm: 'hmac-sha256' };
    expect(await answerOf(requestOf(orderOf(), '/orders', wrong), app)).toEqual([
      401,
      'SIGNATURE_REFUSED',
    ]);
    await app.close();
  });

  test('has no other way where every partner must sign', async () => {
    const unsigned = await issue(house.app, false);
    const settings = {
      ...house.app.auth.settings,
      ...loadSettings({ CAIRN_PARTNER_SIGNATURES: 'required', CAIRN_LOG_LEVEL: 'silent' }),
    };
    const app = await createApp(house.world, modulesOf(settings, house.world.exchange), {
      settings,
    });
    await expect(issue(app, false)).rejects.toThrow('PARTNER_KEY_UNSIGNED');
    const bare: InjectOptions = {
      method: 'POST',
      url: '/orders',
      payload: orderOf(),
      headers: {
        authorization: `Bearer ${unsigned.key}`,
        'content-type': 'application/json',
        'idempotency-key': nextKey(),
      },
    };
    expect(await answerOf(bare, app)).toEqual([401, 'SIGNATURE_REQUIRED']);
    expect(await answerOf(requestOf(), app)).toEqual([201, '']);
    // People have proofs of their own.
    expect(
      await answerOf({ ...bare, headers: { ...bare.headers, ...house.staff.operations } }, app),
    ).toEqual([201, '']);
    await app.close();
  });

  test('can use the example of the documentation as it stands', async () => {
    const address = await house.app.listen({ port: 0, host: '127.0.0.1' });
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [signer.path, 'POST', `${address}/orders`, orderOf()],
      { env: { KEY: partner.key, KEY_ID: partner.keyId, SECRET: partner.secret } },
    );
    expect(stdout).toMatch(/^201 \{.*"outcome":"accepted"/);
  });
});

/** A text with one letter of its signature changed. */
function flip(text = ''): string {
  return text.replace(/=:(.)/, (_, first: string) => `=:${first === 'A' ? 'B' : 'A'}`);
}

/**
 * Secrets are sent to a real server in every way that people and programs send them, right and wrong.
 * Then everything it printed at the most talkative level, and every byte it keeps, is searched for them.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localDate } from '@cairn/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { syntheticIdCard } from '../../server/src/app/sandbox/investors.ts';
import { totpCode } from '../../server/src/platform/auth/totp.ts';
import { systemClock } from '../../server/src/platform/clock.ts';
import { ServerProcess } from '../processes/server-process.ts';
import { type Canary, canariesIn, canariesUnder } from './canary.ts';

const PHONE = '13987654321';
const CARD = '6222029876543210987';
const CERTIFICATE = syntheticIdCard('310101', localDate('1985-05-05'), 873);
const PASSWORDS = {
  'first password': 'canary Weinberg 47 Füße',
  'second password': 'canary "Kranich" \\ 91/x',
  'wrong password': 'canary Regenbogen+88 %41',
  'changed password': 'canary Leuchtturm 63 灯塔',
};
const WRONG_TOKEN = 'canarytokenAbCdEfGhIjKlMnOpQrStUvWxYz012345';

let folder: string;
/** Where somebody else keeps the master key, which the server asks for by a command. */
let keys: string;
let server: ServerProcess;
const canaries: Canary[] = [
  { name: 'phone', value: PHONE },
  { name: 'bank card', value: CARD },
  { name: 'certificate', value: CERTIFICATE },
  { name: 'wrong token', value: WRONG_TOKEN },
  ...Object.entries(PASSWORDS).map(([name, value]) => ({ name, value })),
];
const learn = (name: string, value: string | undefined): string => {
  if (value === undefined) throw new Error(`the server told no ${name}`);
  canaries.push({ name, value });
  return value;
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-test-canary-'));
  keys = mkdtempSync(join(tmpdir(), 'cairn-test-keys-'));
  const key = join(keys, 'key');
  writeFileSync(key, learn('master key', randomBytes(32).toString('hex')), { mode: 0o600 });
  const env = {
    CAIRN_LOG_LEVEL: 'trace',
    DATABASE_URL: '',
    CAIRN_MASTER_KEY_COMMAND: `cat '${key}'`,
  };
  server = await ServerProcess.start({ dataDir: folder, env });
});
afterAll(async () => {
  await server.kill();
  for (const one of [folder, keys]) rmSync(one, { recursive: true, force: true });
});

interface Reply {
  readonly status: number;
  readonly json: Readonly<Record<string, string>>;
}

async function call(
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const reply = await fetch(`http://127.0.0.1:${server.port}${path}`, {
    method,
    headers: {
      'idempotency-key': 'canary-run',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await reply.text();
  const json = reply.headers.get('content-type')?.includes('json') === true && text !== '';
  return { status: reply.status, json: json ? (JSON.parse(text) as Reply['json']) : {} };
}
const post = (path: string, body?: unknown, headers?: Readonly<Record<string, string>>) =>
  call('POST', path, body, headers);
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Signs in with a second factor that is bound now; the token of the open session. */
async function enter(userName: string, password: string): Promise<string> {
  const first = await post('/auth/login', { userName, password });
  expect(first.status).toBe(200);
  const token = learn(`first token of ${userName}`, first.json['token']);
  const enrolment = await post('/auth/second-factor/enrolment', {}, bearer(token));
  const secret = learn(`TOTP secret of ${userName}`, enrolment.json['secret']);
  const code = totpCode(secret, systemClock.now());
  const open = await post('/auth/second-factor/confirmation', { code }, bearer(token));
  expect(open.status).toBe(200);
  return learn(`token of ${userName}`, open.json['token']);
}

/** The first administrator, and a member of staff whom he makes. */
async function openHouse(): Promise<{ admin: string; operations: string }> {
  await expect.poll(() => server.output, { timeout: 60_000 }).toMatch(/One-time[^\n]*: \S+/);
  const bootstrapKey = /One-time[^\n]*: (\S+)/.exec(server.output)?.[1];
  const password = PASSWORDS['first password'];
  const made = await post('/auth/bootstrap', { bootstrapKey, userName: 'wang.admin', password });
  expect(made.status).toBe(201);
  const admin = await enter('wang.admin', password);
  const wish = { userName: 'li.operations', roles: ['operations', 'productManager'] };
  const created = await post('/staff', wish, bearer(admin));
  const activationCode = learn('activation code', created.json['activationCode']);
  const own = { userName: 'li.operations', password: PASSWORDS['second password'] };
  await post('/auth/activate', { ...own, activationCode: 'canary-x' });
  expect((await post('/auth/activate', { ...own, activationCode })).status).toBe(204);
  const key = await post('/partner-keys', { name: 'terminal', roles: ['partner'] }, bearer(admin));
  learn('partner key', key.json['key']);
  return { admin, operations: await enter('li.operations', own.password) };
}

/** A customer with everything that is personal, sent right. */
async function openCustomer(as: Readonly<Record<string, string>>): Promise<void> {
  const person = {
    kind: '1',
    name: '张三丰',
    certificateType: '0',
    certificateNo: CERTIFICATE,
    certificateValidUntil: null,
    phone: PHONE,
    branchCode: 'B01',
  };
  const opened = await post('/customers', person, as);
  expect(opened.status).toBe(201);
  expect((await post('/customers', person, as)).status).toBe(409);
  await post('/opening-drafts', { content: { ...person, step: 0 } }, as);
  await post('/customers/search', { by: 'phone', phone: PHONE }, as);
  const fields = ['phone', 'certificateNo'];
  const unmask = `/customers/${opened.json['customerId']}/unmask`;
  expect((await post(unmask, { fields, purpose: 'called back' }, as)).status).toBe(200);
  const bank = { bankCode: '102', bankAccountNo: CARD };
  expect((await post('/asset-accounts/bank-check', bank, as)).status).toBe(200);
  await post(
    '/asset-accounts',
    { customerId: opened.json['customerId'], purpose: 'wealth', ...bank },
    as,
  );
}

/** Each secret where it does not belong, and in what is broken. */
async function sendWrongly(as: Readonly<Record<string, string>>): Promise<number> {
  const statuses: number[] = [];
  const sent = async (reply: Promise<Reply>) => void statuses.push((await reply).status);
  for (const { value } of canaries) {
    const quoted = JSON.stringify(value);
    const coded = encodeURIComponent(value);
    await sent(post('/auth/login', `{"userName":"wang.admin","password":${quoted}`));
    await sent(post('/auth/login', { userName: 'wang.admin', password: [value] }));
    await sent(post('/auth/login', { userName: value, password: value }));
    await sent(post('/customers', `{"phone":${quoted},"phone":${quoted}}`, as));
    await sent(post('/customers', { phone: value, [value]: value }, as));
    await sent(post('/orders', value, { ...as, 'content-type': 'text/plain' }));
    // A file that is refused is kept too.
    await sent(post('/products/imports?kind=navs', value, { ...as, 'content-type': 'text/csv' }));
    await sent(call('GET', `/customers?phone=${coded}`, undefined, as));
    await sent(call('GET', `/customers/${coded}`, undefined, as));
    await sent(call('GET', `/nothing/${coded}?token=${coded}`));
    await sent(call('GET', `/customers?cursor=${coded.slice(0, 40)}`, undefined, as));
    const ascii = Buffer.from(value)
      .toString('latin1')
      .replaceAll(/[^ -~]/g, '?');
    for (const name of [
      'authorization',
      'cookie',
      'idempotency-key',
      'x-request-id',
      'user-agent',
    ]) {
      await sent(
        call('DELETE', '/partner-keys/K00000000000000000000', undefined, { [name]: ascii }),
      );
    }
    await sent(call('GET', '/customers', undefined, bearer(value.replaceAll(/[^ -~]/g, '?'))));
    await sent(call('GET', '/customers', undefined, { cookie: `__Host-cairn=${coded}` }));
  }
  expect(statuses.filter((status) => status >= 500)).toEqual([]);
  return statuses.length;
}

test('nothing that a server prints or keeps shows a secret that went through it', async () => {
  const { admin, operations } = await openHouse();
  const as = bearer(operations);
  await openCustomer(as);
  const wrong = { userName: 'li.operations', password: PASSWORDS['wrong password'] };
  expect((await post('/auth/login', wrong)).status).toBe(401);
  const change = {
    currentPassword: PASSWORDS['first password'],
    newPassword: PASSWORDS['changed password'],
  };
  await post('/auth/password', change, bearer(admin));
  expect(canaries.length).toBeGreaterThan(14);
  expect(await sendWrongly(as)).toBeGreaterThan(200);
  // What the system shows of a process, to whoever may look at it.
  for (const name of process.platform === 'linux' ? ['environ', 'cmdline'] : []) {
    const shown = readFileSync(`/proc/${server.child.pid}/${name}`);
    expect([name, canariesIn(shown, canaries)]).toEqual([name, []]);
  }
  server.signal('SIGTERM');
  expect(await server.ended).toBe(0);
  const printed = Buffer.from(server.output);
  // It did talk, and of what we asked.
  expect(
    server.output.split('\n').filter((line) => line.includes('"msg":"request"')).length,
  ).toBeGreaterThan(200);
  expect(canariesIn(printed, canaries)).toEqual([]);
  expect(canariesUnder(folder, canaries)).toEqual([]);
}, 300_000);

test('a secret that is written somewhere is found, whatever its form', () => {
  const planted: [string, (value: string) => string | Buffer][] = [
    ['as it is', (value) => `{"msg":"login","password":"${value}"}`],
    ['in JSON', (value) => JSON.stringify({ body: { password: value } })],
    ['in JSON inside JSON', (value) => JSON.stringify(value)],
    ['in an address', (value) => `GET /x?phone=${encodeURIComponent(value)}`],
    ['in base64', (value) => Buffer.from(`user:${value}!`).toString('base64')],
    ['in base64 at another place', (value) => Buffer.from(`admin:${value}`).toString('base64url')],
    ['in hexadecimal', (value) => Buffer.from(`a${value}b`).toString('hex')],
    ['in UTF-16', (value) => Buffer.from(`a${value}`, 'utf16le')],
  ];
  const own = mkdtempSync(join(tmpdir(), 'cairn-test-planted-'));
  try {
    for (const [what, write] of planted) {
      for (const canary of canaries) {
        writeFileSync(join(own, 'planted.txt'), write(canary.value));
        const [found = ''] = canariesUnder(own, [canary]);
        expect([what, found]).toEqual([what, `planted.txt: ${canary.name}`]);
      }
    }
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
});

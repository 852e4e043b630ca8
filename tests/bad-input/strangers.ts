/**
 * Requests that name what belongs to somebody else, and what their answers must be: those to the same
 * request about an id that nobody has.
 */
import { localDate } from '@cairn/kernel';
import { bucketOf } from '@cairn/kernel/ids';
import type { LightMyRequestResponse } from 'fastify';
import {
  type Investor,
  type InvestorSpec,
  openInvestors,
  syntheticIdCard,
} from '../../server/src/app/sandbox/investors.ts';
import {
  exceptionIdOf,
  type RaisedException,
  raiseExceptions,
} from '../../server/src/modules/clearing/exceptions.ts';
import { type Role, ROLES } from '../../server/src/platform/actor.ts';
import { signIn } from '../../server/src/platform/http/testing.ts';
import { FIRM, work } from '../../server/src/platform/work.ts';
import { type Endpoint, NOBODY, reason } from './endpoint.ts';
import { type Headers, type House, person, TODAY } from './house.ts';
import { PLAIN, STEPPED } from './market.ts';
import { post, send } from './send.ts';
import { changedTables, stateOf } from './state.ts';

/** Ids by the name of their place in a path or a body. */
export type Ids = Readonly<Record<keyof typeof NOBODY, string>>;

/** Names in paths that are the same for all, or of the firm, and so belong to no customer or person. */
export const OF_NOBODY: readonly string[] = [
  'fundCode',
  'businessDate',
  'questionnaireId',
  'kind',
  'fileId',
  // The place in a run, which belongs to its maker.
  'place',
];

/** Somebody who needs a warning for the funds of the house, and has one of each kind. */
export interface Careful extends Investor {
  /** Of a warning that was confirmed, for an order of PLAIN. */
  readonly warningId: string;
  /** Of one that was not. */
  readonly openWarningId: string;
}

const careful = (branchCode: string, sequence: number): InvestorSpec => ({
  ...person('王谨慎', branchCode, sequence),
  certificateNo: syntheticIdCard('110105', localDate('1991-01-01'), sequence),
  phone: `1380000010${sequence}`,
  boldness: 0.1,
});

async function idOf(name: string, reply: Promise<LightMyRequestResponse>): Promise<string> {
  const answer = await reply;
  const id = answer.json<Partial<Record<string, string>>>()[name];
  if (id === undefined) throw new Error(`no ${name}: ${answer.body}`);
  return id;
}

/** Opens somebody careful of each of these branches. */
export async function openCareful(house: House, branches: readonly string[]): Promise<Careful[]> {
  const specs = branches.map((branch, place) => careful(branch, place + 1));
  const investors = await openInvestors(house.world, specs, ['01']);
  return await Promise.all(
    investors.map(async (investor) => {
      const base = `/customers/${investor.customerId}/warnings`;
      const channel = 'internet';
      const [warningId = '', openWarningId = ''] = await Promise.all(
        [PLAIN, STEPPED].map((fundCode) =>
          idOf('warningId', post(house, base, { fundCode, channel })),
        ),
      );
      const confirmed = { hasReadAndInsists: true, channel };
      const done = await post(house, `${base}/${warningId}/confirmation`, confirmed);
      if (done.statusCode !== 200) throw new Error(done.body);
      return { ...investor, warningId, openWarningId };
    }),
  );
}

/** Opens somebody of branch B01 who has no fund account yet. */
export async function openNewcomer(house: House): Promise<Investor> {
  const [investor] = await openInvestors(house.world, [careful('B01', 9)], []);
  if (investor === undefined) throw new Error('one was opened');
  return investor;
}

/** One id of each kind, of a customer of branch B02 and of a member of staff there. */
export async function openStranger(house: House, other: Careful): Promise<Ids> {
  const { stranger, strangerOrderId, app, world, staff } = house;
  const { headers, staffId } = await signIn(app, ['operations'], 'B02');
  const sessions = await app.inject({ method: 'GET', url: '/auth/sessions', headers });
  const [session] = sessions.json<{ sessions: { sessionId: string }[] }>().sessions;
  const raised: RaisedException = {
    businessDate: TODAY,
    code: 'UNITS_BREAK',
    severity: 'remind',
    subject: `order:${strangerOrderId}`,
    customerId: stranger.customerId,
    bucket: bucketOf(stranger.customerId),
    detail: {},
    ownerRole: 'operations',
  };
  await work(world, [FIRM], ({ tx, now }) => raiseExceptions(tx, now, [raised]));
  const proof = {
    financialAssets: '6000000.00',
    netAssets: '6000000.00',
    averageIncome: '600000.00',
    experienceYears: 5,
    isSigned: true,
  };
  const conversion = { to: 'professional', proof, reason };
  const content = {
    kind: '1',
    name: '王',
    certificateType: '0',
    certificateNo: '',
    certificateValidUntil: null,
    phone: '',
    branchCode: 'B02',
    step: 0,
  };
  const run = { kind: 'statement', from: '2026-03-02', to: '2026-03-04', purpose: reason };
  const key = { name: 'of B02', roles: ['partner'], branchCode: 'B02' };
  const issued = await post(house, '/partner-keys', key, staff.administrator);
  return {
    customerId: stranger.customerId,
    assetAccountNo: stranger.assetAccountNo,
    orderId: strangerOrderId,
    warningId: other.openWarningId,
    staffId,
    sessionId: session?.sessionId ?? '',
    keyId: issued.json<{ partnerKey: { keyId: string } }>().partnerKey.keyId,
    exceptionId: exceptionIdOf(raised),
    approvalId: await idOf(
      'approvalId',
      post(house, `/customers/${stranger.customerId}/investor-class`, conversion),
    ),
    draftId: await idOf('draftId', post(house, '/opening-drafts', { content }, headers)),
    runId: await idOf('runId', post(house, '/document-runs', run, headers)),
  };
}

/** Each role of branch B01; as investor the one given, as partner a program with its key. */
export async function signInBranch(
  house: House,
  investor: Headers,
): Promise<Readonly<Record<Role, Headers>>> {
  const result: Partial<Record<Role, Headers>> = {};
  for (const role of ROLES) result[role] = (await signIn(house.app, [role], 'B01')).headers;
  const wanted = { name: 'of B01', roles: ['partner'], branchCode: 'B01' };
  const issued = await post(house, '/partner-keys', wanted, house.staff.administrator);
  const partner = { authorization: `Bearer ${issued.json<{ key: string }>().key}` };
  return { ...(result as Record<Role, Headers>), partner, investor };
}

/** A request with other ids. */
interface Asked {
  readonly url: string;
  readonly text?: string;
}

const namesOfPath = ({ route }: Endpoint): string[] =>
  [...route.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

/** The names of the ids in the path that belong to somebody, and those in query and body that are `own`. */
export function namesOf(endpoint: Endpoint, own: readonly Partial<Ids>[]): (keyof Ids)[] {
  const rest = `${endpoint.url.split('?')[1] ?? ''} ${JSON.stringify(endpoint.body ?? null)}`;
  const names = Object.keys(NOBODY) as (keyof Ids)[];
  return names.filter(
    (name) =>
      namesOfPath(endpoint).includes(name) ||
      own.some((ids) => ids[name] !== undefined && rest.includes(ids[name])),
  );
}

/** The request with the ids of these names replaced, in path, query and body. */
export function withIds(
  endpoint: Endpoint,
  names: readonly (keyof Ids)[],
  { own, ids }: { readonly own: readonly Partial<Ids>[]; readonly ids: Ids },
): Asked {
  const swap = (text: string) =>
    names.reduce(
      (result, name) =>
        own.reduce((all, one) => all.replaceAll(one[name] ?? ids[name], ids[name]), result),
      text,
    );
  const [path = '', query] = endpoint.url.split('?');
  const pattern = (endpoint.route.split(' ')[1] ?? '').split('/');
  const swapped = path.split('/').map((part, place) => {
    const name = names.find((one) => pattern[place] === `{${one}}`);
    return name === undefined ? part : ids[name];
  });
  const url = swapped.join('/') + (query === undefined ? '' : `?${swap(query)}`);
  return endpoint.body === undefined ? { url } : { url, text: swap(JSON.stringify(endpoint.body)) };
}

/** An answer without what tells two requests apart. */
function plain({ body }: LightMyRequestResponse, ids: readonly Ids[]): string {
  return ids
    .flatMap((one) => Object.values(one))
    .reduce((text, id) => text.replaceAll(id, '*'), body)
    .replace(/"traceId":"[^"]+"/, '"traceId":"*"');
}

/** A request about a stranger and the same about nobody. */
export interface Pair {
  readonly endpoint: Endpoint;
  readonly role: Role;
  readonly as: Headers;
  readonly names: readonly (keyof Ids)[];
  readonly own: readonly Partial<Ids>[];
  /** What the stranger's must be answered with; any refusal when absent. */
  readonly status?: number;
}

/** What is wrong with the answer about the stranger; nothing if it is as it must be. */
async function faultsOfPair(house: House, pair: Pair, stranger: Ids): Promise<string[]> {
  const { endpoint, role, as, names, own, status } = pair;
  const ask = (ids: Ids) =>
    send(house, endpoint, { ...withIds(endpoint, names, { own, ids }), as });
  const theirs = await ask(stranger);
  const nobodys = await ask(NOBODY);
  const shown = `${theirs.statusCode} ${theirs.body.slice(0, 200)}`;
  const what = `${endpoint.route} as ${role}, ${names.join()} of others: ${shown}`;
  const faults: string[] = [];
  const isSame =
    theirs.statusCode === nobodys.statusCode &&
    plain(theirs, [stranger, NOBODY]) === plain(nobodys, [stranger, NOBODY]);
  if (!isSame)
    faults.push(`${what} differs from ${nobodys.statusCode} ${nobodys.body.slice(0, 200)}`);
  const isRefused = status === undefined ? theirs.statusCode >= 400 : theirs.statusCode === status;
  if (!isRefused) faults.push(`${what}, not ${status ?? 'refused'}`);
  return faults;
}

/** Sends each pair, and answers what is wrong with the answers and which tables they changed. */
export async function faultsOfPairs(
  house: House,
  pairs: readonly Pair[],
  stranger: Ids,
): Promise<string[]> {
  const before = await stateOf(house.world.db);
  const faults: string[] = [];
  for (const pair of pairs) faults.push(...(await faultsOfPair(house, pair, stranger)));
  const changed = changedTables(before, await stateOf(house.world.db));
  return [...faults, ...changed.map((table) => `${table} was changed`)];
}

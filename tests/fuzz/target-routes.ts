/**
 * Every operation of the API as its caller may get it wrong: fields, values and texts of the body,
 * the query and the ids of the address. What is taken must fit the schema that the API document
 * publishes; what is refused for its form leaves every table as it was.
 */
import type { InjectOptions } from 'fastify';
import { openTestPglite } from '../../server/src/platform/testing.ts';
import { setOf, texts } from '../bad-input/corpus.ts';
import type { Endpoint } from '../bad-input/endpoint.ts';
import { endpointsOf } from '../bad-input/endpoints.ts';
import { type House, openHouse } from '../bad-input/house.ts';
import { type Json, placesOf, withValue } from '../bad-input/mutations.ts';
import { faultsOfRefusal } from '../bad-input/problem.ts';
import { nextKey } from '../bad-input/send.ts';
import { changedTables, type State, stateOf } from '../bad-input/state.ts';
import { PlainRefusal, readPlainJson } from './plain-json.ts';
import { misfitsOf } from './plain-schema.ts';
import {
  ACCEPTED,
  type Draws,
  refused,
  SilentAcceptance,
  type Subject,
  type Target,
  type Verdict,
} from './target.ts';

const TEXTS = texts(
  'hugeMoney',
  'noNumber',
  'noPayment',
  'noDays',
  'noInstants',
  'noCode',
  'strange',
  'unstorable',
).filter((text) => text.length < 2_000);
const OTHER_TYPES = setOf('otherTypes').values ?? [];
const EXTRA_FIELDS = (setOf('extraFields').values ?? []) as { name: string; value: Json }[];
const FORBIDDEN_KEYS = texts('forbiddenKeys');
/** Whose every use costs a slow hash or the whole audit, ends a session or answers without end. */
const LEFT_OUT =
  /\/auth\/|\/audit\/verification|\/live$|POST \/staff|POST \/partner-keys|investor-access/;
/** What is refused for its form, before anything is asked or kept. */
const FORM_ONLY = new Set([400, 404, 405, 413, 414, 415]);

type Schema = Parameters<typeof misfitsOf>[0];

interface Request {
  readonly endpoint: Endpoint;
  readonly url: string;
  readonly body: Buffer;
}

/** An input: the number of the operation, its address, and the body behind the second line end. */
function requestOf(endpoints: readonly Endpoint[], input: Buffer): Request | undefined {
  const first = input.indexOf(10);
  const second = input.indexOf(10, first + 1);
  const number = Number.parseInt(input.toString('latin1', 0, Math.max(first, 0)), 10);
  const endpoint = endpoints[number];
  if (endpoint === undefined || second < 0) return undefined;
  const url = input.toString('latin1', first + 1, second);
  // The transport of these tests needs an address that is one; others are tested over sockets.
  if (!/^\/[\x21-\x7e]*$/.test(url) || /[#\\]|^\/\//.test(url)) return undefined;
  return { endpoint, url, body: input.subarray(second + 1) };
}

function inputOf(number: number, url: string, body: string | Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${number}\n${url}\n`), Buffer.from(body)]);
}

function changeBody(random: Draws, body: Json): string {
  const { pointer, value } = random.pick(placesOf(body));
  const kind = random.int(0, 5);
  if (kind === 0) return JSON.stringify(withValue(body, pointer, random.pick(OTHER_TYPES)));
  if (kind === 1) return JSON.stringify(withValue(body, pointer, undefined));
  if (kind === 2 && typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const { name, value: extra } = random.pick(EXTRA_FIELDS);
    const key = random.chance(0.3) ? random.pick(FORBIDDEN_KEYS) : name;
    const members = JSON.stringify(value).slice(1, -1);
    const marked = JSON.stringify(withValue(body, pointer, '@@here@@'));
    const object = `{${members}${members === '' ? '' : ','}"${key}":${JSON.stringify(extra)}}`;
    return marked.replace('"@@here@@"', () => object);
  }
  if (kind === 3 && Array.isArray(value)) {
    const many = Array.from({ length: random.pick([0, 2, 3, 40]) }, () => value[0] ?? null);
    return JSON.stringify(withValue(body, pointer, many));
  }
  if (typeof value === 'number') {
    const other = random.pick([0, -1, 1, 0.5, 1e9, Number.MAX_SAFE_INTEGER, value + 1]);
    return JSON.stringify(withValue(body, pointer, other));
  }
  return JSON.stringify(withValue(body, pointer, random.pick(TEXTS)));
}

function changeUrl(random: Draws, url: string): string {
  const [path = '', query = ''] = url.split('?');
  const text = () => encodeURIComponent(random.pick(TEXTS).toWellFormed().slice(0, 100));
  if (query !== '' && random.chance(0.7)) {
    const parameters = query.split('&');
    const at = random.int(0, parameters.length - 1);
    const [name = ''] = (parameters[at] ?? '').split('=');
    parameters[at] = random.chance(0.2) ? `${text()}=1` : `${name}=${text()}`;
    return `${path}?${parameters.join('&')}`;
  }
  if (random.chance(0.3)) return `${url}${query === '' ? '?' : '&'}${text()}=${text()}`;
  const parts = path.split('/');
  parts[random.int(1, parts.length - 1)] = text();
  return [parts.join('/'), ...(query === '' ? [] : [query])].join('?');
}

class Routes implements Subject {
  readonly words: readonly string[] = ['"', '{', '}', ':', ',', 'null', '1e3', '\\u0000'];
  readonly seeds: readonly Buffer[];
  private readonly house: House;
  private readonly endpoints: readonly Endpoint[];
  private readonly schemas: ReadonlyMap<string, Schema>;
  private readonly isPlanted: boolean;
  private before: State | undefined;
  private isClean = true;
  private sent = 0;

  constructor(
    of: { house: House; endpoints: readonly Endpoint[]; schemas: ReadonlyMap<string, Schema> },
    isPlanted: boolean,
  ) {
    this.house = of.house;
    this.endpoints = of.endpoints;
    this.schemas = of.schemas;
    this.isPlanted = isPlanted;
    this.seeds = of.endpoints.map(({ url, body, file }, number) =>
      inputOf(number, url, file?.text ?? (body === undefined ? '' : JSON.stringify(body))),
    );
  }

  change(random: Draws, input: Buffer): Buffer {
    const request = requestOf(this.endpoints, input);
    if (request === undefined) return random.pick(this.seeds);
    const { endpoint, url, body } = request;
    const number = this.endpoints.indexOf(endpoint);
    if (body.length === 0 || random.chance(0.25)) {
      return inputOf(number, changeUrl(random, url), body);
    }
    try {
      return inputOf(number, url, changeBody(random, JSON.parse(body.toString()) as Json));
    } catch {
      return inputOf(number, url, changeBody(random, endpoint.body ?? null));
    }
  }

  async run(input: Buffer): Promise<Verdict> {
    const request = requestOf(this.endpoints, input);
    if (request === undefined) return refused('no request');
    const { endpoint, url } = request;
    const { route, as } = endpoint;
    const body = this.isPlanted ? withoutUnknown(request, this.schemas.get(route)) : request.body;
    const method = route.split(' ')[0] as InjectOptions['method'] & string;
    const hasBody = body.length > 0 || endpoint.body !== undefined;
    const reply = await this.house.app.inject({
      method,
      url,
      headers: {
        ...this.house.staff[as],
        ...(method === 'GET' ? {} : { 'idempotency-key': nextKey() }),
        ...(hasBody ? { 'content-type': endpoint.file?.type ?? 'application/json' } : {}),
      },
      ...(hasBody ? { payload: body } : {}),
    });
    this.sent += 1;
    if (reply.statusCode < 400) {
      this.isClean = false;
      this.judge(request);
      return ACCEPTED;
    }
    const faults = faultsOfRefusal(reply, `${decoded(url)} ${request.body.toString()}`);
    if (faults.length > 0) throw new Error(`${route}: ${faults.join()}`);
    const { code } = reply.json<{ code: string }>();
    if (!FORM_ONLY.has(reply.statusCode) && code !== 'VALUE_REFUSED') this.isClean = false;
    return refused(`${route} ${reply.statusCode} ${code}`);
  }

  /** A body that was taken is JSON by a plain reading, and fits the published schema. */
  private judge({ endpoint, url, body }: Request): void {
    const schema = this.schemas.get(endpoint.route);
    // Another address may be another operation, with another schema.
    if (schema === undefined || body.length === 0 || url !== endpoint.url) return;
    let value: unknown;
    try {
      value = readPlainJson(body);
    } catch (error) {
      if (!(error instanceof PlainRefusal)) throw error;
      throw new SilentAcceptance(`${endpoint.route}: a plain reading: ${error.message}`);
    }
    const [misfit] = misfitsOf(schema, value);
    if (misfit !== undefined) throw new SilentAcceptance(`${endpoint.route}: ${misfit}`);
  }

  /** Where everything was refused for its form, nothing may have changed. */
  async settle(): Promise<void> {
    const { db } = this.house.world;
    if (!this.isClean || this.before === undefined) {
      this.before = await stateOf(db);
      this.isClean = true;
      return;
    }
    const after = await stateOf(db);
    const changed = changedTables(this.before, after);
    this.before = after;
    if (changed.length > 0) throw new SilentAcceptance(`refusals changed ${changed.join()}`);
  }

  async close(): Promise<void> {
    await this.house.close();
    await this.house.world.db.close();
  }
}

/** An address as its reader shows it. */
function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

/** Planted: fields that the schema does not know are dropped in silence. */
function withoutUnknown({ body }: Request, schema: Schema | undefined): Buffer {
  const known = Object.keys(schema?.properties ?? {});
  try {
    const value = JSON.parse(body.toString()) as Record<string, unknown>;
    if (known.length === 0 || Array.isArray(value)) return body;
    const kept = Object.entries(value).filter(([name]) => known.includes(name));
    return Buffer.from(JSON.stringify(Object.fromEntries(kept)));
  } catch {
    return body;
  }
}

export const routes: Target = {
  name: 'routes',
  module: 'routes',
  zh: '全部接口',
  en: 'every operation of the API',
  perMille: 80,
  covers: /\/server\/src\/(modules|platform)\//,
  async open(isPlanted) {
    const house = await openHouse(await openTestPglite());
    const endpoints = (await endpointsOf(house)).filter(({ route }) => !LEFT_OUT.test(route));
    const api = (await house.app.inject('/openapi.json')).json<{
      paths: Record<
        string,
        Record<string, { requestBody?: { content: Record<string, { schema: Schema }> } }>
      >;
    }>();
    const schemas = new Map<string, Schema>();
    for (const { route } of endpoints) {
      const [method = '', path = ''] = route.split(' ');
      const { requestBody } = api.paths[path]?.[method.toLowerCase()] ?? {};
      const schema = requestBody?.content['application/json']?.schema;
      if (schema !== undefined) schemas.set(route, schema);
    }
    return new Routes({ house, endpoints, schemas }, isPlanted);
  },
};

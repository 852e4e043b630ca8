/** Every operation against wrong bodies, field by field: the named answer, and nothing changes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeFigures } from '../../server/src/app/proof/figures.ts';
import { openTestPglite, type TestDatabase } from '../../server/src/platform/testing.ts';
import { NOT_JSON, NOT_UTF8, UNSAFE_JSON } from './corpus/json.ts';
import { NO_CODE, STRANGE, UNSTORABLE } from './corpus/text.ts';
import type { Endpoint } from './endpoint.ts';
import { endpointsOf } from './endpoints.ts';
import { type House, openHouse } from './house.ts';
import { type Mutation, structuralMutations, textMutations, textPlaces } from './mutations.ts';
import { faultsOfRefusal } from './problem.ts';
import { send } from './send.ts';
import { changedTables, stateOf } from './state.ts';

let database: TestDatabase;
let house: House;
let endpoints: Endpoint[];

beforeAll(async () => {
  database = await openTestPglite();
  house = await openHouse(database);
  endpoints = await endpointsOf(house);
});
afterAll(async () => {
  if (process.env['CAIRN_FIGURES'] === '1') {
    writeFigures({
      name: 'bad-input',
      zh: '错误输入',
      en: 'Bad input',
      command: 'CAIRN_FIGURES=1 npm run unit -- tests/bad-input/endpoints.test.ts',
      figures: [
        {
          zh: '接口文档中的操作',
          en: 'operations of the API document',
          value: endpoints.length,
          unit: '',
        },
        { zh: '发送的错误请求', en: 'wrong requests sent', value: wrongRequests, unit: '' },
        {
          zh: '答复不符合规定',
          en: 'answers that were not as they must be',
          value: wrongAnswers,
          unit: '',
        },
      ],
    });
  }
  await house.close();
  await database.drop();
});

let wrongRequests = 0;
let wrongAnswers = 0;

/** Sends every mutation; the faults of the answers, and the tables that they changed. */
async function faultsOf(
  endpoint: Endpoint,
  mutations: readonly Mutation[],
  isRight: (status: number, code: string) => boolean,
): Promise<string[]> {
  const before = await stateOf(database.db);
  const faults: string[] = [];
  for (const { what, text } of mutations) {
    const reply = await send(house, endpoint, { text });
    wrongRequests += 1;
    const found = faultsOfRefusal(reply, text);
    const { statusCode: status, body } = reply;
    const code = found.length === 0 ? reply.json<{ code: string }>().code : '';
    if (found.length === 0 && !isRight(status, code)) found.push(`${status} ${body.slice(0, 200)}`);
    wrongAnswers += found.length;
    faults.push(...found.map((fault) => `${endpoint.route}: ${what}: ${fault}`));
  }
  const changed = changedTables(before, await stateOf(database.db));
  if (changed.length > 0) faults.push(`${endpoint.route} changed ${changed.join(', ')}`);
  return faults;
}

function withBodies(): Endpoint[] {
  return endpoints.filter((endpoint) => endpoint.body !== undefined);
}

test('every operation of the API document has a right request here, and none is invented', async () => {
  const api = (await house.app.inject('/openapi.json')).json<{
    paths: Record<string, Record<string, { requestBody?: unknown }>>;
  }>();
  const documented = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(endpoints.map(({ route }) => route).toSorted()).toEqual(documented.toSorted());
  const takesBody = ({ route }: Endpoint) => {
    const [method = '', path = ''] = route.split(' ');
    return api.paths[path]?.[method.toLowerCase()]?.requestBody !== undefined;
  };
  expect(endpoints.filter(takesBody).map(({ route }) => route)).toEqual(
    withBodies().map(({ route }) => route),
  );
});

describe('wrong bodies change nothing', () => {
  test('what is no JSON is 400 everywhere', async () => {
    const faults: string[] = [];
    for (const [index, endpoint] of withBodies().entries()) {
      // One parser reads them all: the whole corpus for the first, every fifth text for the others.
      const some = [...NOT_JSON, ...UNSAFE_JSON].filter(
        (_, i) => index === 0 || i % 5 === index % 5,
      );
      const texts = some.map((text) => ({
        what: text.slice(0, 40),
        text,
      }));
      faults.push(...(await faultsOf(endpoint, texts, (status) => status === 400)));
      for (const bytes of NOT_UTF8) {
        const reply = await send(house, endpoint, { text: Buffer.from(bytes) });
        if (reply.statusCode !== 400)
          faults.push(`${endpoint.route}: ${bytes.join()}: ${reply.body}`);
      }
    }
    expect(faults).toEqual([]);
  });

  test('wrong types, unknown, forbidden, doubled and missing fields are 400', async () => {
    const faults: string[] = [];
    let sent = 0;
    for (const endpoint of withBodies()) {
      const mutations = structuralMutations(endpoint.body ?? null, endpoint);
      sent += mutations.length;
      const codes = ['REQUEST_INVALID', 'MALFORMED_JSON'];
      faults.push(
        ...(await faultsOf(
          endpoint,
          mutations,
          (status, code) => status === 400 && codes.includes(code),
        )),
      );
    }
    expect(faults).toEqual([]);
    expect(sent).toBeGreaterThan(2_000);
  });

  test('text that cannot be stored is 422 in every text field', async () => {
    const faults: string[] = [];
    for (const endpoint of withBodies()) {
      const body = endpoint.body ?? null;
      const mutations = textMutations(body, textPlaces(body), UNSTORABLE);
      faults.push(
        ...(await faultsOf(
          endpoint,
          mutations,
          (status, code) => status === 422 && code === 'TEXT_NOT_STORABLE',
        )),
      );
    }
    expect(faults).toEqual([]);
  });

  test('what is no code, date, amount or choice is 422 in every field that is one', async () => {
    const faults: string[] = [];
    for (const endpoint of withBodies()) {
      const body = endpoint.body ?? null;
      const open = [...(endpoint.free ?? []), ...(endpoint.secret ?? [])];
      const places = textPlaces(body).filter((place) => !open.includes(place));
      const mutations = textMutations(body, places, NO_CODE);
      faults.push(...(await faultsOf(endpoint, mutations, (status) => status === 422)));
    }
    expect(faults).toEqual([]);
  });
});

test('strange text in free fields is taken or refused with 422, never anything else', async () => {
  const faults: string[] = [];
  for (const endpoint of withBodies().filter(({ free }) => free !== undefined)) {
    // Every text in the first field of a body, every fifth in the others, each time other ones.
    const mutations = (endpoint.free ?? []).flatMap((place, index) => {
      const texts = STRANGE.filter((_, i) => index === 0 || i % 5 === index % 5);
      return textMutations(endpoint.body ?? null, [place], texts);
    });
    for (const { what, text } of mutations) {
      const reply = await send(house, endpoint, { text });
      const { statusCode: status } = reply;
      // 409: an earlier text of this corpus was taken and moved the thing on.
      const isExpected = status < 300 || [409, 422, endpoint.answer].includes(status);
      const found = status < 300 ? [] : faultsOfRefusal(reply, text);
      if (!isExpected || found.length > 0) {
        faults.push(
          `${endpoint.route}: ${what}: ${status} ${found.join()} ${reply.body.slice(0, 200)}`,
        );
      }
    }
  }
  expect(faults).toEqual([]);
});

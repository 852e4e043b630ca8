/** The requests that a set of the corpus makes of a right one. */
import type { HTTPMethods } from 'fastify';
import type { CorpusSet } from './corpus.ts';
import { inputsOf } from './corpus.ts';
import type { Endpoint } from './endpoint.ts';
import type { Headers } from './house.ts';
import { type Json, ofField, ofKeys, ofOtherType, textMutations } from './mutations.ts';
import { type ApiDocument, type Place, placesOfRequest, urlWith } from './places.ts';

/** A wrong request, and what is wrong about it. */
export interface Attempt {
  readonly what: string;
  readonly text?: string | Buffer;
  readonly url?: string;
  readonly method?: HTTPMethods;
  readonly headers?: Headers;
}

type Make = (set: CorpusSet, endpoint: Endpoint, api: ApiDocument) => Attempt[];

const short = (input: string | Buffer) =>
  typeof input === 'string' ? JSON.stringify(input.slice(0, 40)) : input.toString('hex', 0, 20);

const textsOf = (set: CorpusSet) => inputsOf(set).map(String);

/** The texts of the set in each place that is chosen. */
function inPlaces(is: (place: Place, endpoint: Endpoint) => boolean): Make {
  return (set, endpoint, api) =>
    placesOfRequest(api, endpoint)
      .filter((place) => is(place, endpoint))
      .flatMap((place): Attempt[] =>
        place.at === 'body'
          ? textMutations(endpoint.body ?? null, [place.name], textsOf(set))
          : textsOf(set)
              // An empty text leaves a parameter out, or is another address.
              .filter((text) => text !== '')
              .map((text) => ({
                what: `${place.at} ${place.name} is ${short(text)}`,
                url: urlWith(endpoint, place, text),
              })),
      );
}

const ofBody = (make: (set: CorpusSet, body: Json, endpoint: Endpoint) => Attempt[]): Make => {
  return (set, endpoint) => (endpoint.body === undefined ? [] : make(set, endpoint.body, endpoint));
};

const wholeBody = ofBody((set) =>
  inputsOf(set).map((text) => ({ what: `the body is ${short(text)}`, text })),
);

const isOpen = (place: Place, { free, secret }: Endpoint) =>
  [...(free ?? []), ...(secret ?? [])].includes(place.name);

/** What is done with a set that goes into a place, by the name of the place. */
export const PLACES: Readonly<Record<string, Make>> = {
  body: wholeBody,
  'one body': (set, endpoint, api) =>
    endpoint.route === 'POST /orders' ? wholeBody(set, endpoint, api) : [],
  'kind of body': (set, { body, file }) =>
    body === undefined && file === undefined
      ? []
      : ((set.values ?? []) as unknown as readonly Headers[])
          .filter((headers) => file === undefined || headers['content-type'] !== file.type)
          .map((headers) => ({ what: JSON.stringify(headers), headers })),
  'field of another type': ofBody((set, body, shape) => ofOtherType(body, shape, set.values ?? [])),
  'unknown field': ofBody((set, body, shape) =>
    ofField(body, shape, set.values as readonly { name: string; value: Json }[]),
  ),
  key: ofBody((set, body, shape) => ofKeys(body, shape, textsOf(set))),
  text: inPlaces((place) => place.at === 'body'),
  code: inPlaces((place, endpoint) => place.at === 'body' && !isOpen(place, endpoint)),
  amount: inPlaces(({ kind }) => kind === 'amount'),
  payment: inPlaces(({ kind, name }) => kind === 'amount' && /(amount|units)$/.test(name)),
  day: inPlaces(({ kind }) => kind === 'day'),
  instant: inPlaces(({ kind }) => kind === 'instant'),
  parameter: inPlaces(({ at, kind }) => at !== 'body' && kind !== 'text'),
  'parameter limit': (set, endpoint, api) =>
    (api.paths[endpoint.route.split(' ')[1] ?? '']?.['get']?.parameters ?? [])
      .filter(({ name }) => name === 'limit' && endpoint.route.startsWith('GET '))
      .flatMap(({ name }) =>
        textsOf(set).map((text) => ({
          what: `limit is ${short(text)}`,
          url: urlWith(endpoint, { at: 'query', name, kind: 'text' }, text),
        })),
      ),
  query: (set, { url }) =>
    textsOf(set).map((text) => ({
      what: `the query has ${short(text)}`,
      url: `${url}${url.includes('?') ? '&' : '?'}${text}`,
    })),
  method: (set, { route }) =>
    textsOf(set).map((method) => ({ what: `${method} ${route}`, method: method as HTTPMethods })),
};

/** Texts that are taken change things, so they come after everything else, place by place. */
export function freeTexts(set: CorpusSet, endpoint: Endpoint): Attempt[] {
  // Every text in the first field of a body, every fifth in the others, each time other ones.
  return (endpoint.free ?? []).flatMap((place, index) => {
    const texts = textsOf(set).filter((_, i) => index === 0 || i % 5 === index % 5);
    return textMutations(endpoint.body ?? null, [place], texts);
  });
}

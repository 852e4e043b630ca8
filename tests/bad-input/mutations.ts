/** Wrong bodies made from a right one, field by field. */
import { EXTRA_FIELDS, FORBIDDEN_KEYS, OTHER_TYPES } from './corpus/json.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

/** A wrong body as the text that is sent, with what is wrong about it. */
export interface Mutation {
  readonly what: string;
  readonly text: string;
}

/** Which fields of a body may lack or be null. */
export interface Shape {
  readonly optional?: readonly string[];
  readonly nullable?: readonly string[];
  /** Names of the corpus of unknown fields that this body knows. */
  readonly known?: readonly string[];
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Every place of a body by JSON pointer, the body itself first; of a list only the first member. */
export function placesOf(body: Json, pointer = ''): { pointer: string; value: Json }[] {
  const own = { pointer, value: body };
  if (Array.isArray(body)) {
    const [first] = body;
    return first === undefined ? [own] : [own, ...placesOf(first, `${pointer}/0`)];
  }
  if (!isObject(body)) return [own];
  return [
    own,
    ...Object.entries(body).flatMap(([key, value]) => placesOf(value, `${pointer}/${key}`)),
  ];
}

/** A copy of the body with another value at the place; `undefined` leaves the field out. */
export function withValue(body: Json, pointer: string, value: Json | undefined): Json {
  const [, key, ...rest] = pointer.split('/');
  if (key === undefined) return value ?? null;
  if (Array.isArray(body)) {
    return body.map((item, i) =>
      String(i) === key ? withValue(item, ['', ...rest].join('/'), value) : item,
    );
  }
  if (!isObject(body)) return body;
  const copy: JsonObject = { ...body };
  const inner = copy[key];
  if (rest.length > 0 && inner !== undefined) {
    copy[key] = withValue(inner, ['', ...rest].join('/'), value);
  } else if (value === undefined) delete copy[key];
  else copy[key] = value;
  return copy;
}

const MARK = '@@here@@';

/** The body as text with raw JSON text at a place, for what no JavaScript value can say. */
function withRaw(body: Json, pointer: string, raw: string): string {
  return JSON.stringify(withValue(body, pointer, MARK)).replace(`"${MARK}"`, () => raw);
}

function ofOtherType(body: Json, shape: Shape): Mutation[] {
  return placesOf(body).flatMap(({ pointer, value }) =>
    OTHER_TYPES.filter(
      (other) =>
        kindOf(other) !== kindOf(value) &&
        !(other === null && (shape.nullable?.includes(pointer) ?? false)) &&
        !(value === null && typeof other === 'string'),
    ).map((other) => ({
      what: `${pointer || 'the body'} is ${JSON.stringify(other)}`,
      text: JSON.stringify(withValue(body, pointer, other)),
    })),
  );
}

function kindOf(value: Json): string {
  if (Array.isArray(value)) return 'array';
  return value === null ? 'null' : typeof value;
}

function ofOtherFields(body: Json, shape: Shape): Mutation[] {
  const wrong: Mutation[] = [];
  for (const { pointer, value } of placesOf(body)) {
    if (!isObject(value)) continue;
    const members = JSON.stringify(value).slice(1, -1);
    const comma = members === '' ? '' : ',';
    for (const [key, extra] of Object.entries(EXTRA_FIELDS)) {
      if (key in value || (shape.known?.includes(key) ?? false)) continue;
      wrong.push({
        what: `${pointer} has the unknown field ${key}`,
        text: withRaw(body, pointer, `{"${key}":${JSON.stringify(extra)}${comma}${members}}`),
      });
    }
    for (const key of FORBIDDEN_KEYS) {
      wrong.push({
        what: `${pointer} has the key ${key}`,
        text: withRaw(body, pointer, `{${members}${comma}"${key}":{"status":"CONFIRMED"}}`),
      });
    }
    for (const [key, member] of Object.entries(value)) {
      const twice = `"${key}":${JSON.stringify(member)}`;
      wrong.push({
        what: `${pointer} has ${key} twice`,
        text: withRaw(body, pointer, `{${twice},${members}}`),
      });
      if (shape.optional?.includes(`${pointer}/${key}`) ?? false) continue;
      wrong.push({
        what: `${pointer} lacks ${key}`,
        text: JSON.stringify(withValue(body, `${pointer}/${key}`, undefined)),
      });
    }
  }
  return wrong;
}

/** Everything that must be 400: wrong types, unknown, forbidden, doubled and missing fields. */
export function structuralMutations(body: Json, shape: Shape): Mutation[] {
  return [...ofOtherType(body, shape), ...ofOtherFields(body, shape)];
}

/** The places of a body that hold text. */
export function textPlaces(body: Json): string[] {
  return placesOf(body)
    .filter(({ value }) => typeof value === 'string')
    .map(({ pointer }) => pointer);
}

/** One mutation per text place of a body, per text. */
export function textMutations(
  body: Json,
  pointers: readonly string[],
  texts: readonly string[],
): Mutation[] {
  return pointers.flatMap((pointer) =>
    texts.map((text) => ({
      what: `${pointer} is ${JSON.stringify(text.slice(0, 40))}`,
      text: JSON.stringify(withValue(body, pointer, text)),
    })),
  );
}

/** Wrong bodies made from a right one, field by field. */
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

/** The body with values of another type in place of each of its own. */
export function ofOtherType(body: Json, shape: Shape, others: readonly Json[]): Mutation[] {
  return placesOf(body).flatMap(({ pointer, value }) =>
    others
      .filter(
        (other) =>
          kindOf(other) !== kindOf(value) &&
          !(other === null && (shape.nullable?.includes(pointer) ?? false)) &&
          !(value === null && typeof other === 'string'),
      )
      .map((other) => ({
        what: `${pointer || 'the body'} is ${JSON.stringify(other)}`,
        text: JSON.stringify(withValue(body, pointer, other)),
      })),
  );
}

function kindOf(value: Json): string {
  if (Array.isArray(value)) return 'array';
  return value === null ? 'null' : typeof value;
}

/** The objects of a body, each with the text of its members. */
function objectsOf(body: Json): { pointer: string; value: JsonObject; members: string }[] {
  return placesOf(body).flatMap(({ pointer, value }) =>
    isObject(value) ? [{ pointer, value, members: JSON.stringify(value).slice(1, -1) }] : [],
  );
}

/** The body with a field more than it may have, first in each of its objects. */
export function ofField(
  body: Json,
  shape: Shape,
  fields: readonly { readonly name: string; readonly value: Json }[],
): Mutation[] {
  return objectsOf(body).flatMap(({ pointer, value, members }) =>
    fields
      .filter(({ name }) => !(name in value) && !(shape.known?.includes(name) ?? false))
      .map(({ name, value: extra }) => ({
        what: `${pointer} has the unknown field ${name}`,
        text: withRaw(
          body,
          pointer,
          `{"${name}":${JSON.stringify(extra)}${members === '' ? '' : ','}${members}}`,
        ),
      })),
  );
}

/** The body with keys as raw JSON text, with each key given twice, and without each it must have. */
export function ofKeys(body: Json, shape: Shape, keys: readonly string[]): Mutation[] {
  return objectsOf(body).flatMap(({ pointer, value, members }) => [
    ...keys.map((key) => ({
      what: `${pointer} has the key ${key}`,
      text: withRaw(
        body,
        pointer,
        `{${members}${members === '' ? '' : ','}"${key}":{"status":"CONFIRMED"}}`,
      ),
    })),
    ...Object.entries(value).map(([key, member]) => ({
      what: `${pointer} has ${key} twice`,
      text: withRaw(body, pointer, `{"${key}":${JSON.stringify(member)},${members}}`),
    })),
    ...Object.keys(value)
      .filter((key) => !(shape.optional?.includes(`${pointer}/${key}`) ?? false))
      .map((key) => ({
        what: `${pointer} lacks ${key}`,
        text: JSON.stringify(withValue(body, `${pointer}/${key}`, undefined)),
      })),
  ]);
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

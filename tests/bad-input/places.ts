/** The places of a right request that a bad input can be put into, by what the API document says of them. */
import type { Endpoint } from './endpoint.ts';
import { textPlaces } from './mutations.ts';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly pattern?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: Schema;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
  };
}

/** What is read of the API document. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

export type Kind = 'amount' | 'day' | 'instant' | 'choice' | 'text';

/** A place of a request: in the body by JSON pointer, or a parameter of the address by its name. */
export interface Place {
  readonly at: 'body' | 'path' | 'query';
  readonly name: string;
  readonly kind: Kind;
}

/** The operation of an endpoint. Throws when the document has none. */
export function operationOf(api: ApiDocument, { route }: Endpoint): Operation {
  const [method = '', path = ''] = route.split(' ');
  const operation = api.paths[path]?.[method.toLowerCase()];
  if (operation === undefined) throw new Error(`the API document has no ${route}`);
  return operation;
}

/** The schemas without unions that a value at this place may follow. */
function schemasAt(
  api: ApiDocument,
  schema: Schema | undefined,
  keys: readonly string[],
): Schema[] {
  if (schema === undefined) return [];
  if (schema.$ref !== undefined) {
    const named = api.components?.schemas?.[schema.$ref.split('/').at(-1) ?? ''];
    return schemasAt(api, named, keys);
  }
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap((one) => schemasAt(api, one, keys));
  const [key, ...rest] = keys;
  if (key === undefined) return [schema];
  return schemasAt(api, schema.items ?? schema.properties?.[key], rest);
}

// Fields of money and units are those whose form takes an amount and no word.
const isAmount = (pattern: string) =>
  ['12.34', '0.5', '1'].some((text) => new RegExp(pattern, 'u').test(text)) &&
  !['x', '000001', 'A1', '12:00'].some((text) => new RegExp(pattern, 'u').test(text));

function kindOf(schemas: readonly Schema[]): Kind {
  const some = (is: (schema: Schema) => boolean) => schemas.some(is);
  if (some(({ format }) => format === 'date')) return 'day';
  if (some(({ format }) => format === 'date-time')) return 'instant';
  if (some(({ pattern }) => pattern !== undefined && isAmount(pattern))) return 'amount';
  return some((one) => one.enum !== undefined || one.pattern !== undefined) ? 'choice' : 'text';
}

/** Every place of the right request that holds text. */
export function placesOfRequest(api: ApiDocument, endpoint: Endpoint): Place[] {
  const operation = operationOf(api, endpoint);
  const schema = operation.requestBody?.content['application/json']?.schema;
  const inBody = endpoint.body === undefined ? [] : textPlaces(endpoint.body);
  return [
    ...inBody.map((name): Place => {
      const keys = name.split('/').slice(1);
      return { at: 'body', name, kind: kindOf(schemasAt(api, schema, keys)) };
    }),
    ...(operation.parameters ?? []).flatMap((parameter): Place[] => {
      const { name, in: at } = parameter;
      if (at !== 'path' && at !== 'query') return [];
      const schemas = schemasAt(api, parameter.schema, []);
      const isText = schemas.some(({ type }) => type === 'string');
      return isText ? [{ at, name, kind: kindOf(schemas) }] : [];
    }),
  ];
}

/** The right address with another text in a parameter. */
export function urlWith({ route, url }: Endpoint, { at, name }: Place, text: string): string {
  const [path = '', query = ''] = url.split('?');
  const value = encodeURIComponent(text.toWellFormed());
  if (at === 'query') {
    const others = query.split('&').filter((one) => one !== '' && !one.startsWith(`${name}=`));
    return `${path}?${[...others, `${name}=${value}`].join('&')}`;
  }
  const template = (route.split(' ')[1] ?? '').split('/');
  const parts = path.split('/').map((part, n) => (template[n] === `{${name}}` ? value : part));
  return [parts.join('/'), ...(query === '' ? [] : [query])].join('?');
}

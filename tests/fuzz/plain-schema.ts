/** A second check of a body against the schema that the API document publishes for it. */

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly format?: string;
  readonly [limit: string]: unknown;
}

const FORMATS: Readonly<Record<string, (text: string) => boolean>> = {
  date: (text) => isDay(text),
  'date-time': (text) => {
    const [, day = '', rest = ''] = /^(\d{4}-\d\d-\d\d)(T.*)$/.exec(text) ?? [];
    const clock = /^T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/;
    return isDay(day) && clock.test(rest) && !Number.isNaN(Date.parse(text));
  },
};

function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** What a value lacks of its schema, with its place; nothing when it fits. */
export function misfitsOf(schema: Schema, value: unknown, place = ''): string[] {
  if (schema.anyOf !== undefined) {
    return schema.anyOf.some((one) => misfitsOf(one, value, place).length === 0)
      ? []
      : [`${place}: fits no branch`];
  }
  if (schema.enum !== undefined && !schema.enum.includes(value))
    return [`${place}: no such choice`];
  if (schema.type !== undefined && !isOfType(schema.type, value)) {
    return [`${place}: is no ${schema.type}`];
  }
  if (typeof value === 'string') return textMisfits(schema, value, place);
  if (typeof value === 'number') {
    const isWithin = limitOf(schema, 'minimum', -Infinity) <= value;
    return isWithin && value <= limitOf(schema, 'maximum', Infinity) ? [] : [`${place}: range`];
  }
  if (Array.isArray(value)) return listMisfits(schema, value, place);
  return typeof value === 'object' && value !== null
    ? objectMisfits(schema, value as Record<string, unknown>, place)
    : [];
}

const limitOf = (schema: Schema, name: string, otherwise: number): number =>
  typeof schema[name] === 'number' ? schema[name] : otherwise;

function isOfType(type: string, value: unknown): boolean {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object')
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}

function textMisfits(schema: Schema, value: string, place: string): string[] {
  // In characters, not in UTF-16 units.
  const length = Array.from(value).length;
  const isLong = length > limitOf(schema, 'maxLength', Infinity);
  if (isLong || length < limitOf(schema, 'minLength', 0)) return [`${place}: length ${length}`];
  if (schema.pattern !== undefined && !new RegExp(schema.pattern, 'u').test(value)) {
    return [`${place}: form`];
  }
  const isRight = schema.format === undefined || FORMATS[schema.format]?.(value) === true;
  return isRight ? [] : [`${place}: no ${schema.format}`];
}

function listMisfits(schema: Schema, value: readonly unknown[], place: string): string[] {
  const { length } = value;
  if (length < limitOf(schema, 'minItems', 0) || length > limitOf(schema, 'maxItems', Infinity)) {
    return [`${place}: ${length} items`];
  }
  const isTwice = new Set(value.map((item) => JSON.stringify(item))).size < length;
  if (schema['uniqueItems'] === true && isTwice) return [`${place}: an item twice`];
  return value.flatMap((item, i) => misfitsOf(schema.items ?? {}, item, `${place}/${i}`));
}

function objectMisfits(schema: Schema, value: Record<string, unknown>, place: string): string[] {
  const known = schema.properties ?? {};
  const misfits = (schema.required ?? [])
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => `${place}/${name}: is missing`);
  if (Object.keys(value).length < limitOf(schema, 'minProperties', 0))
    misfits.push(`${place}: empty`);
  for (const [name, member] of Object.entries(value)) {
    const own = Object.hasOwn(known, name) ? known[name] : schema.additionalProperties;
    if (typeof own === 'object') misfits.push(...misfitsOf(own, member, `${place}/${name}`));
    else if (own === false) misfits.push(`${place}/${name}: is unknown`);
  }
  return misfits;
}

/**
 * Validation of requests against TypeBox schemas, and what its faults answer. Bodies are taken as
 * they are; query and path texts are converted to what the schema asks for.
 *
 * Body: wrong type, unknown or missing field 400; pattern, format, length, range, choice 422.
 * Query: also range and choice 400. Path: an identifier of impossible form 422, as in the body.
 */
import { AppError, parseInstant, parseLocalDate } from '@cairn/kernel';
import { registerAjvFormats } from '@fastify/type-provider-typebox';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Format } from 'typebox/format';
import { Settings } from 'typebox/system';
import { type Fault, settleChoices, STRUCTURAL } from './choices.ts';
import type { FieldError } from './problem.ts';

registerAjvFormats();
// Enough for every branch of every choice of one body; the default of 8 ends in the first branches,
// and the field that is wrong would not be named.
const FAULTS_MAX = 256;
Settings.Set({ maxErrors: FAULTS_MAX });
// One rule for days and instants everywhere: the kernel's.
Format.Set('date', (text) => parseLocalDate(text) !== undefined);
Format.Set('date-time', (text) => parseInstant(text) !== undefined);

type Part = 'body' | 'querystring' | 'params' | 'headers';

/** Carries the AppError of a failed validation through the framework. */
export class ValidationError extends Error {
  readonly appError: AppError;

  constructor(appError: AppError) {
    super(appError.code);
    this.name = 'ValidationError';
    this.appError = appError;
  }
}

/** Builds the check of one part of one route. */
export function compileCheck(
  context: Record<string, TSchema>,
  schema: TSchema,
  part: Part,
): (value: unknown) => { value: unknown } | { error: Error } {
  const check = Compile(context, schema);
  const read = part === 'body' ? (value: unknown) => value : readerOf(schema);
  return (value) => {
    const converted = read(value);
    if (check.Check(converted)) return { value: converted };
    const faults = check.Errors(converted) as unknown as readonly Fault[];
    return { error: new ValidationError(refusalOf(faults, converted, part)) };
  };
}

/**
 * Converts the texts of a query or path to what the schema asks for: whole numbers, numbers and
 * true or false in their one plain form. Anything else stays text and fails the check; the general
 * converters would read 1.5 as 1 and the empty text as 0.
 */
function readerOf(schema: TSchema): (value: unknown) => unknown {
  const properties = 'properties' in schema ? (schema.properties as Record<string, Json>) : {};
  const typed = Object.entries(properties).flatMap(([name, { type }]) =>
    type === 'integer' || type === 'number' || type === 'boolean' ? [{ name, type } as const] : [],
  );
  if (typed.length === 0) return (value) => value;
  return (value) => {
    if (typeof value !== 'object' || value === null) return value;
    const converted: Record<string, unknown> = { ...value };
    for (const { name, type } of typed) {
      if (name in converted) converted[name] = plainValue(converted[name], type);
    }
    return converted;
  };
}

function plainValue(text: unknown, type: 'integer' | 'number' | 'boolean'): unknown {
  if (typeof text !== 'string') return text;
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  const form = type === 'integer' ? /^-?(0|[1-9]\d{0,14})$/ : /^-?(0|[1-9]\d{0,9})(\.\d{1,5})?$/;
  return form.test(text) ? +text : text;
}

const QUERY_STRUCTURAL = new Set([
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'enum',
  'const',
  'anyOf',
]);

/** The error of a failed check: REQUEST_INVALID (400) or VALUE_REFUSED (422), naming every field. */
export function refusalOf(faults: readonly Fault[], value: unknown, part: Part): AppError {
  const settled = settleChoices(faults, FAULTS_MAX);
  const isStructural = settled.some((fault) => isStructuralFault(fault, value, part));
  // An unknown field is reported twice: with its name, and as a value that nothing may be.
  const errors = settled.filter(({ keyword }) => keyword !== 'boolean').flatMap(describeFault);
  return new AppError(isStructural ? 'REQUEST_INVALID' : 'VALUE_REFUSED', { errors });
}

function isStructuralFault(fault: Fault, value: unknown, part: Part): boolean {
  if (STRUCTURAL.has(fault.keyword)) return true;
  if (part === 'querystring' && QUERY_STRUCTURAL.has(fault.keyword)) return true;
  const allowed = allowedValues(fault);
  if (allowed === undefined) return false;
  const given = typeof valueAt(value, fault.instancePath);
  return !allowed.some((item) => typeof item === given);
}

function allowedValues(fault: Fault): readonly unknown[] | undefined {
  if (fault.keyword === 'const') return [fault.params['allowedValue']];
  if (fault.keyword === 'enum') return fault.params['allowedValues'] as readonly unknown[];
  return undefined;
}

function valueAt(value: unknown, pointer: string): unknown {
  let current = value;
  for (const part of pointer.split('/').slice(1)) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = (current as Record<string, unknown>)[
      part.replaceAll('~1', '/').replaceAll('~0', '~')
    ];
  }
  return current;
}

/** The members of a list parameter of a fault, as texts short enough to show. */
function names(value: unknown): string[] {
  return Array.isArray(value) ? value.map((item) => String(item).slice(0, 64)) : [];
}

/** What is wrong, without the value: it may be personal. */
function describeFault(fault: Fault): FieldError[] {
  const { params, instancePath: path } = fault;
  if (fault.keyword === 'additionalProperties') {
    return names(params['additionalProperties']).map((name) => ({
      path: `${path}/${name}`.toWellFormed(),
      message: 'is not a known field',
      messageZh: '不是已知字段',
    }));
  }
  if (fault.keyword === 'required') {
    return names(params['requiredProperties']).map((name) => ({
      path: `${path}/${name}`,
      message: 'is required',
      messageZh: '必须填写',
    }));
  }
  const [message, messageZh] = sentenceOf(fault);
  return [{ path, message, messageZh }];
}

function sentenceOf({ keyword, params }: Fault): readonly [string, string] {
  const limit = String(params['limit']);
  switch (keyword) {
    case 'type': {
      const type = String(params['type']);
      return [`must be of the type ${type}`, `类型必须为 ${type}`];
    }
    case 'enum': {
      const list = names(params['allowedValues']).join(', ');
      return [`must be one of ${list}`, `必须是以下之一：${list}`];
    }
    case 'const':
      return [
        `must be ${String(params['allowedValue'])}`,
        `必须为 ${String(params['allowedValue'])}`,
      ];
    case 'format':
      return [
        `must be a valid ${String(params['format'])}`,
        `必须是有效的 ${String(params['format'])}`,
      ];
    case 'minLength':
      return [`must have at least ${limit} characters`, `至少 ${limit} 个字符`];
    case 'maxLength':
      return [`must have at most ${limit} characters`, `最多 ${limit} 个字符`];
    case 'minItems':
      return [`must have at least ${limit} items`, `至少 ${limit} 项`];
    case 'maxItems':
      return [`must have at most ${limit} items`, `最多 ${limit} 项`];
    case 'minimum':
    case 'exclusiveMinimum':
    case 'maximum':
    case 'exclusiveMaximum': {
      const bound = `${String(params['comparison'])} ${limit}`;
      return [`must be ${bound}`, `必须 ${bound}`];
    }
    case 'uniqueItems':
      return ['must not hold an item twice', '不得有重复项'];
    default:
      return ['does not have the required form', '格式不符合要求'];
  }
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Refuses a schema that would let something through unseen: an object that allows unknown fields, or
 * a format nobody checks. Thrown at start, with the place.
 */
export function assertClosedSchema(schema: unknown, place: string): void {
  if (typeof schema !== 'object' || schema === null) return;
  const node = schema as Json;
  const isOpen =
    node['type'] === 'object' &&
    node['patternProperties'] === undefined &&
    node['additionalProperties'] === undefined;
  if (isOpen) throw new Error(`${place}: an object must say additionalProperties: false`);
  const format = node['format'];
  if (typeof format === 'string' && !Format.Has(format)) {
    throw new Error(`${place}: nothing checks the format ${format}`);
  }
  for (const [key, member] of Object.entries(node)) {
    if (key === 'enum' || key === 'default' || key === 'examples' || key === 'const') continue;
    assertClosedSchema(member, `${place}/${key}`);
  }
}

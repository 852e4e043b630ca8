/** What keeps the content of rules or of a questionnaire from being used, in both languages. */
import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';

/** One fault of a content, with the JSON pointer of what it is about. */
export interface ContentFault {
  readonly path: string;
  readonly message: string;
  readonly messageZh: string;
}

/** A fault at a place. */
export function fault(path: string, message: string, messageZh: string): ContentFault {
  return { path, message, messageZh };
}

/** Every place at which a content is not of the shape, each once. */
export function shapeFaults(schema: TSchema, content: unknown): ContentFault[] {
  const paths = new Set(Value.Errors(schema, content).map(({ instancePath }) => instancePath));
  return [...paths].map((path) => fault(path, 'does not have the required form', '格式不符合要求'));
}

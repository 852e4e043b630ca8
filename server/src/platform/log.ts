/**
 * The log: one JSON object a line, and no personal data by construction. A field that is not on the
 * list below is dropped, whatever a caller passes; texts lose their control characters, so no input
 * can forge a line or steer a terminal; of an error only its name, code and stack frames are kept,
 * because its message may quote input.
 */
import pino from 'pino';
import type { LogLevel } from './config.ts';

/** The fields a line may carry; each is an id, a count, a name of ours or a time. */
const FIELDS = new Set([
  'action',
  'actor',
  'approvalId',
  'batch',
  'bucket',
  'businessDate',
  'bytes',
  'code',
  'constraint',
  'count',
  'databaseKind',
  'digest',
  'durationMs',
  'errorCode',
  'errorName',
  'event',
  'fileId',
  'from',
  'idempotencyKeyDigest',
  'job',
  'jobId',
  'method',
  'module',
  'pid',
  'port',
  'queueDepth',
  'reqId',
  'requestId',
  'route',
  'stack',
  'state',
  'status',
  'step',
  'table',
  'topic',
  'version',
]);

/** What a caller may pass; fields not on the list are dropped, an `err` is reduced. */
export type LogFields = Readonly<Record<string, unknown>>;

/** A log that writes events: constant English text, and listed fields. */
export interface Log {
  debug(fields: LogFields, event: string): void;
  info(fields: LogFields, event: string): void;
  warn(fields: LogFields, event: string): void;
  error(fields: LogFields, event: string): void;
}

const TEXT_MAX = 512;
// C0 and C1 controls, DEL, line separators and the bidirectional overrides.
// oxlint-disable-next-line no-control-regex -- these characters are what is looked for
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;
// Runs that look like a certificate, card or phone number, and mail addresses.
const NUMBERS = /\d{11,}[\dXx]?/g;
const MAIL = /[^\s@"]+@[^\s@"]+/g;

// Nearly every text of ours is short, printable and holds none of what is cut: one look is enough.
const SUSPECT = /[^ -~]|\d{11}|@/;

/** A text made safe for one line of a log: no controls, no long digit runs, at most 512 characters. */
export function safeText(text: string): string {
  if (text.length <= TEXT_MAX && !SUSPECT.test(text)) return text;
  return text
    .slice(0, TEXT_MAX)
    .replace(CONTROLS, '?')
    .replace(NUMBERS, '[number]')
    .replace(MAIL, '[mail]')
    .toWellFormed();
}

function safeValue(value: unknown): unknown {
  if (typeof value === 'string') return safeText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  return undefined;
}

/** What may be said of an error: its class, its code and where it was thrown. */
export function errorFields(error: unknown): Record<string, string> {
  if (!(error instanceof Error)) return { errorName: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const fields: Record<string, string> = {
    errorName: error.name,
    stack: frames
      .slice(0, 12)
      .map((line) => line.trim().slice(0, 200))
      .join(' | ')
      .slice(0, 2_000),
  };
  const { code, constraint, table } = error as {
    code?: unknown;
    constraint?: unknown;
    table?: unknown;
  };
  if (typeof code === 'string') fields['errorCode'] = code;
  if (typeof constraint === 'string') fields['constraint'] = constraint;
  if (typeof table === 'string') fields['table'] = table;
  if (error.cause !== undefined) {
    const cause = errorFields(error.cause);
    fields['stack'] += ` || caused by ${cause['errorName']} ${cause['errorCode'] ?? ''}`;
  }
  return fields;
}

/** The listed, cleaned part of what was passed. */
export function allowedFields(fields: LogFields): Record<string, unknown> {
  const allowed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (name === 'err' || name === 'error') {
      for (const [part, text] of Object.entries(errorFields(value))) {
        allowed[part] = part === 'stack' ? text.replace(CONTROLS, '?') : safeText(text);
      }
    } else if (FIELDS.has(name)) {
      const safe = safeValue(value);
      if (safe !== undefined) allowed[name] = safe;
    }
  }
  return allowed;
}

/** Where lines go; a test collects them, the server writes to standard output. */
export interface LogSink {
  write(line: string): void;
}

/** The log of a process. Without a sink lines go to standard output, gathered for a moment. */
export function createLog(level: LogLevel, sink?: LogSink): pino.Logger {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    // Errors and requests come as they are and are reduced by the list.
    serializers: { err: (error: unknown) => error, req: () => undefined, res: () => undefined },
    formatters: {
      level: (label) => ({ level: label }),
      log: (fields) => allowedFields(fields),
    },
    hooks: {
      // The text is ours, but the framework's own may quote; so it is cleaned like a field.
      logMethod(args, method) {
        const cleaned = args.map((item: unknown) =>
          typeof item === 'string' ? safeText(item) : item,
        );
        method.apply(this, cleaned as Parameters<typeof method>);
      },
    },
  };
  const log = pino(
    options,
    sink ?? pino.destination({ dest: 1, sync: false, minLength: 8_192, periodicFlush: 250 }),
  );
  // The library formats bindings of the first log only, so those of children are reduced here.
  const child = log.child;
  log.child = function reduced(this: pino.Logger, bindings, childOptions) {
    return Reflect.apply(child, this, [allowedFields(bindings), childOptions]) as ReturnType<
      typeof child
    >;
  } as typeof child;
  return log;
}

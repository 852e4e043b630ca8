import type { FastifySchema, RouteOptions } from 'fastify';
import { ROLES, type Role } from '../actor.ts';
import type { SessionStage } from '../auth/sessions.ts';
import { assertClosedSchema } from './validation.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call: any one of these roles. Required unless `public`. */
    roles?: readonly Role[];
    /** Anyone may call, without a session or key. */
    public?: true;
    /** The name of the act in logs, such as 'orders.place'. */
    action?: string;
    /** The stages of a session that may call it; an open one when absent. */
    stages?: readonly SessionStage[];
    /** The caller must have proved not long ago that it is he. */
    stepUp?: true;
    /** It concerns the whole firm: staff of a branch may not. */
    firmWide?: true;
    /** The header Idempotency-Key is required. */
    idempotent?: true;
    /** It refuses by a limit of its own, so it does not count among the requests in hand. */
    ownLimit?: true;
    /** Media types of the body when it is not JSON; the handler gets the bytes as a Buffer. */
    consumes?: readonly string[];
  }
}

/**
 * Refuses at start a route that does not say who may call it, names a role that does not exist, or
 * takes objects with unknown fields. Nothing is open by omission.
 */
export function assertRouteDeclared(route: RouteOptions): void {
  const place = `${String(route.method)} ${route.url}`;
  const config = route.config ?? {};
  if (config.public === true) {
    if (config.roles !== undefined) throw new Error(`${place} is both public and for roles`);
  } else if (config.roles === undefined || config.roles.length === 0) {
    throw new Error(`${place} does not declare config.roles or config.public`);
  }
  for (const role of config.roles ?? []) {
    if (!ROLES.includes(role)) throw new Error(`${place} names the unknown role ${role}`);
  }
  const schema: FastifySchema = route.schema ?? {};
  const isRaw = config.consumes !== undefined;
  if (isRaw && schema.body !== undefined)
    throw new Error(`${place} takes bytes: it has no body schema`);
  assertClosedSchema(schema.body, `${place} body`);
  assertClosedSchema(schema.querystring, `${place} query`);
  assertClosedSchema(schema.params, `${place} path`);
}

/** The routes by path pattern, to answer 405 with the methods a path does have. */
export class MethodTable {
  private readonly patterns = new Map<string, { regex: RegExp; methods: Set<string> }>();

  add(route: RouteOptions): void {
    const known = this.patterns.get(route.url) ?? { regex: regexOf(route.url), methods: new Set() };
    this.patterns.set(route.url, known);
    for (const method of [route.method].flat()) known.methods.add(method);
  }

  /** The methods of every route that matches the path, sorted; empty when none does. */
  methodsFor(path: string): string[] {
    const methods = new Set<string>();
    for (const { regex, methods: own } of this.patterns.values()) {
      if (regex.test(path)) for (const method of own) methods.add(method);
    }
    return [...methods].sort();
  }
}

function regexOf(url: string): RegExp {
  const parts = url.split('/').map((part) => {
    if (part.startsWith(':')) return '[^/]+';
    if (part === '*') return '.*';
    return part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  });
  return new RegExp(`^${parts.join('/')}$`);
}

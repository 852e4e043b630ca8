/**
 * The HTTP shell. `createApp` is the one way to an application: it joins the error tables, closes
 * what frameworks leave open (lenient JSON, coercion, unknown fields, open routes), knows who acts,
 * and gives every module a scope to register its routes in.
 */
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { Finding } from '@cairn/kernel';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  LogController,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from 'fastify';
import { type TSchema, Type } from 'typebox';
import type { Actor } from '../actor.ts';
import { AuthService } from '../auth/service.ts';
import { authRoutes } from '../auth/routes.ts';
import type { BodyDigest } from '../auth/signatures.ts';
import type { SessionFacts } from '../auth/sessions.ts';
import { type Clock, systemClock } from '../clock.ts';
import { loadSettings, type Settings } from '../config.ts';
import { createLog } from '../log.ts';
import { createMetrics, type Metrics } from '../metrics.ts';
import type { CairnModule } from '../module.ts';
import type { World } from '../world.ts';
import { approvalRoutes } from './approval-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import { composeCatalog, type Catalog, renderFindings, type WireFinding } from './catalog.ts';
import { installBodies } from './bodies.ts';
import { answerClientError, answerError, installErrors } from './error-handler.ts';
import { installGate } from './gate.ts';
import { describeApi } from './openapi.ts';
import { LiveStreams } from './live.ts';
import { operationRoutes } from './operations.ts';
import { pageRoutes } from './pages.ts';
import { parseQuery } from './query.ts';
import { assertRouteDeclared, MethodTable } from './routes.ts';
import { todoRoutes } from './todo-routes.ts';
import { traceIdOf } from './trace.ts';
import { compileCheck } from './validation.ts';

/** A Fastify instance whose schemas are TypeBox: what a module registers its routes on. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

declare module 'fastify' {
  interface FastifyRequest {
    /** Who acts. Set on every route but public ones, where a valid token still sets it. */
    actor: Actor;
    /** The session of the caller; partner keys have none. */
    session: SessionFacts | undefined;
    /** The token the caller came with. */
    token: string;
    /** The header Idempotency-Key, on routes that declare `idempotent`. */
    idempotencyKey: string;
    /** The digest that the body must have, of a signed request. */
    bodyDigest: BodyDigest | undefined;
  }
  interface FastifyInstance {
    /** Every error code and finding text of the program. */
    catalog: Catalog;
    metrics: Metrics;
    auth: AuthService;
    /** Whether the application is being stopped. */
    shutdown: { isDraining: boolean };
    /** The open streams of live answers. */
    live: LiveStreams;
    /** Whether the console's pages are served. */
    hasConsole: boolean;
    /** Findings with their texts, as answers carry them. */
    wireFindings(findings: readonly Finding[]): WireFinding[];
  }
}

/** What the surroundings give to the application. */
export interface AppOptions {
  /** Default: the built-in settings. */
  readonly settings?: Settings;
  /** Default: a log at the level of the settings when given, else none. */
  readonly log?: FastifyBaseLogger;
  /** The clock of sessions, locks and codes; the machine's, whatever the business clock plays. */
  readonly securityClock?: Clock;
  /** The folder of the console's built pages; without it the API stands alone. */
  readonly pagesDir?: string;
}

/**
 * Builds the application over a world and its modules, ready to `listen` or `inject`. Throws when
 * a route does not say who may call it, an error code stands twice, or a schema lets unknown
 * fields pass. `close()` drains: new requests get 503, those in hand finish.
 */
export async function createApp(
  world: World,
  modules: readonly CairnModule<App>[],
  options: AppOptions = {},
): Promise<App> {
  const settings = options.settings ?? loadSettings({});
  const catalog = composeCatalog(modules);
  const logger =
    options.log ?? createLog(options.settings === undefined ? 'silent' : settings.logLevel);
  const app = fastify(settings, catalog, logger);
  const auth = new AuthService(world, settings, options.securityClock ?? systemClock);
  app.decorate('catalog', catalog);
  app.decorate('metrics', createMetrics(world.db));
  app.decorate('auth', auth);
  app.decorate('shutdown', { isDraining: false });
  app.decorate('live', new LiveStreams());
  app.decorate('hasConsole', false);
  app.decorate('wireFindings', (findings: readonly Finding[]) => renderFindings(catalog, findings));
  app.addHook('preClose', async () => {
    app.shutdown.isDraining = true;
    app.live.stop();
  });
  installErrors(app, installRouteRules(app));
  installBodies(app);
  installGate(app);
  await describeApi(app);
  app.hasConsole = pageRoutes(app, options.pagesDir);
  await app.register(async (scope) => operationRoutes(scope as App, world));
  await app.register(async (scope) => authRoutes(scope as App));
  await app.register(async (scope) => auditRoutes(scope as App, world, settings.dataDir));
  await app.register(async (scope) => approvalRoutes(scope as App, world));
  await app.register(async (scope) => todoRoutes(scope as App, world));
  for (const module of modules) {
    await app.register(async (scope) => module.routes?.(scope as App, world));
  }
  await app.ready();
  return app;
}

function fastify(settings: Settings, catalog: Catalog, logger: FastifyBaseLogger): App {
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    childLoggerFactory: (parent) => parent,
    bodyLimit: settings.bodyBytesMax,
    // An empty list trusts nobody: the caller is who is connected.
    trustProxy: settings.trustedProxies.length === 0 ? false : [...settings.trustedProxies],
    genReqId: traceIdOf,
    requestIdHeader: false,
    // Ours answer in the error form; the framework's own 503 does not.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    requestTimeout: 30_000,
    keepAliveTimeout: 72_000,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    http: { maxHeaderSize: 16_384 },
    routerOptions: { querystringParser: parseQuery, maxParamLength: 200 },
    frameworkErrors: (error, request, reply) => void answerError(catalog, error, request, reply),
    clientErrorHandler: (error, socket) => answerClientError(catalog, error, socket),
  });
  const typed = app.withTypeProvider<TypeBoxTypeProvider>();
  typed.setValidatorCompiler(({ schema, httpPart }) => {
    const part =
      httpPart === 'body' || httpPart === 'params' || httpPart === 'headers'
        ? httpPart
        : 'querystring';
    return compileCheck(typed.getSchemas() as Record<string, TSchema>, schema as TSchema, part);
  });
  return typed;
}

// The documentation's own plugin cannot say it for its routes.
const DOCUMENTATION = new Set(['/docs', '/docs/', '/docs/js/scalar.js']);

const NO_PARAMETERS = Type.Object({}, { additionalProperties: false });

/** Watches every registration from now on, and keeps the methods of each path. */
function installRouteRules(app: App): MethodTable {
  const methods = new MethodTable();
  app.addHook('onRoute', (route) => {
    if (DOCUMENTATION.has(route.url)) route.config = { ...route.config, public: true };
    // An operation that names no parameters takes none, rather than any in silence.
    if (route.schema !== undefined && route.schema.hide !== true) {
      route.schema = { querystring: NO_PARAMETERS, ...route.schema };
    }
    assertRouteDeclared(route);
    methods.add(route);
  });
  return methods;
}

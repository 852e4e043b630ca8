import swagger from '@fastify/swagger';
import reference from '@scalar/fastify-api-reference';
import { Type } from 'typebox';
import type { App } from './app.ts';

/** The schema of problem details, with every code of the program. */
function problemSchema(codes: readonly string[]) {
  const finding = Type.Object({
    code: Type.String(),
    severity: Type.String(),
    message: Type.String(),
    messageZh: Type.String(),
    remedy: Type.Optional(Type.String()),
    remedyZh: Type.Optional(Type.String()),
    details: Type.Record(Type.String(), Type.Unknown()),
  });
  const field = Type.Object({
    path: Type.String(),
    message: Type.String(),
    messageZh: Type.String(),
  });
  return Type.Object(
    {
      type: Type.String(),
      title: Type.String(),
      status: Type.Integer({ minimum: 400, maximum: 599 }),
      code: Type.Unsafe<string>({ type: 'string', enum: [...codes].sort() }),
      detail: Type.String(),
      detailZh: Type.String(),
      traceId: Type.String(),
      errors: Type.Optional(Type.Array(field)),
      reasons: Type.Optional(Type.Array(finding)),
      details: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    },
    { $id: 'Problem', description: 'Problem details (RFC 9457); codes are stable, texts are not' },
  );
}

const PROBLEM_RESPONSE = {
  description: 'The request was refused / 请求被拒绝',
  content: { 'application/problem+json': { schema: { $ref: 'Problem#' } } },
};

const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * OpenAPI 3.1 at /openapi.json from the very schemas that validate, and interactive documentation
 * at /docs that asks nothing of the outside: its policy header forbids it to the browser.
 */
export async function describeApi(app: App): Promise<void> {
  app.addSchema(problemSchema([...app.catalog.errors.keys()]));
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Cairn 聚石',
        description:
          'An open wealth-management platform for securities firms. 面向证券公司的开放财富管理平台。',
        version: '0.1.0',
      },
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer' },
          browser: {
            type: 'apiKey',
            in: 'cookie',
            name: '__Host-cairn',
            description:
              'The session of a browser; unsafe methods also need its text in X-CSRF-Token. 浏览器会话；非只读请求还需在 X-CSRF-Token 中携带会话文本。',
          },
        },
      },
      security: [{ bearer: [] }, { browser: [] }],
    },
    refResolver: {
      buildLocalReference: (json, _base, _fragment, index) =>
        typeof json['$id'] === 'string' ? json['$id'] : `schema-${index}`,
    },
    transform: ({ schema, url, route }) => {
      const config = route.config ?? {};
      const described = {
        ...schema,
        response: {
          ...((schema?.response as object | undefined) ?? {
            200: { description: 'Done', type: 'null' },
          }),
          '4XX': PROBLEM_RESPONSE,
          '5XX': PROBLEM_RESPONSE,
        },
        ...(config.public === true ? { security: [] } : { 'x-roles': config.roles }),
        ...(config.stages === undefined ? {} : { 'x-stages': config.stages }),
        ...(config.stepUp === undefined ? {} : { 'x-step-up': true }),
        ...(config.firmWide === undefined ? {} : { 'x-firm-wide': true }),
      };
      return { schema: described, url };
    },
  });
  app.get('/openapi.json', { config: { public: true }, schema: { hide: true } }, async () =>
    app.swagger(),
  );
  await showReference(app);
}

async function showReference(app: App): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('onRequest', async (_request, reply) => {
      reply.header('content-security-policy', POLICY);
      reply.header('referrer-policy', 'no-referrer');
    });
    await scope.register(reference, {
      routePrefix: '/docs',
      configuration: {
        url: '/openapi.json',
        withDefaultFonts: false,
        telemetry: false,
        agent: { disabled: true },
        showDeveloperTools: 'never',
      },
      hooks: {},
    });
  });
}

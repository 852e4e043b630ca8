import { Type } from 'typebox';
import { type Approval, decideApproval, listApprovals } from '../approvals.ts';
import type { World } from '../world.ts';
import type { App } from './app.ts';

const closed = { additionalProperties: false } as const;
const LIMIT_DEFAULT = 50;
const STATES = ['waiting', 'approved', 'rejected', 'expired'] as const;

const ApprovalState = Type.Unsafe<Approval['state']>({ type: 'string', enum: [...STATES] });

/** An approval on the wire, with exactly the payload that would be carried out. */
const ApprovalView = Type.Object(
  {
    approvalId: Type.String(),
    kind: Type.String(),
    subject: Type.String(),
    payload: Type.Record(Type.String(), Type.Unknown()),
    maker: Type.String(),
    requestedAt: Type.String({ format: 'date-time' }),
    expiresAt: Type.String({ format: 'date-time' }),
    state: ApprovalState,
    checker: Type.Union([Type.String(), Type.Null()]),
    reason: Type.Union([Type.String(), Type.Null()]),
  },
  closed,
);

const ListQuery = Type.Object(
  {
    state: Type.Optional(ApprovalState),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  },
  closed,
);
const Path = Type.Object({ approvalId: Type.String({ minLength: 1, maxLength: 64 }) }, closed);
const Decision = Type.Object({ reason: Type.String({ minLength: 1, maxLength: 500 }) }, closed);

/** Four eyes: what waits, and deciding it. Who may decide which kind, the kind itself says. */
export function approvalRoutes(app: App, world: World): void {
  const tags = ['approvals'];
  app.get(
    '/approvals',
    {
      config: {
        roles: ['reviewer', 'compliance', 'productManager', 'operations', 'auditor'],
        action: 'approvals.list',
      },
      schema: {
        tags,
        querystring: ListQuery,
        response: { 200: Type.Object({ approvals: Type.Array(ApprovalView) }, closed) },
      },
    },
    async ({ actor, query: { state, limit } }) => ({
      approvals: await listApprovals(
        world.db,
        state ?? 'waiting',
        limit ?? LIMIT_DEFAULT,
        actor.branchCode,
      ),
    }),
  );
  for (const decision of ['approve', 'reject'] as const) {
    app.post(
      `/approvals/:approvalId/${decision}`,
      {
        config: {
          roles: ['reviewer', 'compliance', 'productManager', 'operations'],
          action: `approvals.${decision}`,
          stepUp: true,
        },
        schema: { tags, params: Path, body: Decision, response: { 200: ApprovalView } },
      },
      async ({ actor, params, body }) =>
        decideApproval(world, actor, params.approvalId, decision, body.reason),
    );
  }
}

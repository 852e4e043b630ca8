import { Type } from 'typebox';
import { ROLES } from '../actor.ts';
import {
  type Approval,
  decideApproval,
  getApproval,
  listApprovals,
  signedOutBy,
} from '../approvals.ts';
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
    title: Type.String({ title: 'what it is called / 名称' }),
    titleZh: Type.String({ title: 'what it is called in Chinese / 中文名称' }),
    subject: Type.String(),
    payload: Type.Record(Type.String(), Type.Unknown()),
    maker: Type.String(),
    requestedAt: Type.String({ format: 'date-time' }),
    expiresAt: Type.String({ format: 'date-time' }),
    state: ApprovalState,
    checker: Type.Union([Type.String(), Type.Null()]),
    reason: Type.Union([Type.String(), Type.Null()]),
    decidedAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
    roles: Type.Array(Type.Enum([...ROLES]), { title: 'who may decide / 可审批角色' }),
    before: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()], {
      title: 'what stood there when it was asked for / 申请时的原值',
    }),
  },
  closed,
);

/** One approval, and what stands in its place now while it waits. */
const ApprovalDetail = Type.Object(
  {
    approval: ApprovalView,
    now: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()], {
      title: 'what stands there now / 当前值',
    }),
    hasMoved: Type.Boolean({
      title: 'it has changed since it was asked for / 申请后原值已变化',
    }),
  },
  closed,
);

const ListQuery = Type.Object(
  {
    state: Type.Optional(ApprovalState),
    kind: Type.Optional(Type.String({ pattern: '^[a-z]+\\.[a-z-]+$', maxLength: 60 })),
    subject: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z-]{1,40}:[0-9A-Za-z._-]{1,60}$',
        title: "what it is about, such as 'fund:000001' / 针对什么",
      }),
    ),
    cursor: Type.Optional(Type.String({ pattern: '^[0-9A-Za-z_-]{1,160}$' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  },
  closed,
);
const Path = Type.Object({ approvalId: Type.String({ minLength: 1, maxLength: 64 }) }, closed);
const Decision = Type.Object({ reason: Type.String({ minLength: 1, maxLength: 500 }) }, closed);

/** A page of approvals. */
const ApprovalPage = Type.Object(
  { approvals: Type.Array(ApprovalView), nextCursor: Type.Optional(Type.String()) },
  closed,
);

function viewApproval({ title: [title, titleZh], ...approval }: Approval) {
  return { ...approval, title, titleZh, roles: [...approval.roles] };
}

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
        response: { 200: ApprovalPage },
      },
    },
    async ({ actor, query: { state, limit, kind, subject, cursor } }) => {
      const page = await listApprovals(world.db, {
        state: state ?? 'waiting',
        limit: limit ?? LIMIT_DEFAULT,
        kind,
        subject,
        cursor,
        branchCode: actor.branchCode,
      });
      return { ...page, approvals: page.approvals.map(viewApproval) };
    },
  );
  app.get(
    '/approvals/:approvalId',
    {
      config: {
        roles: ['reviewer', 'compliance', 'productManager', 'operations', 'auditor'],
        action: 'approvals.get',
      },
      schema: { tags, params: Path, response: { 200: ApprovalDetail } },
    },
    async ({ actor, params }) => {
      const { approval, now } = await getApproval(world.db, actor, params.approvalId);
      const hasMoved = now !== null && JSON.stringify(now) !== JSON.stringify(approval.before);
      return { approval: viewApproval(approval), now, hasMoved };
    },
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
      async ({ actor, params: { approvalId }, body: { reason } }) => {
        const approval = await decideApproval(world, actor, approvalId, decision, reason);
        const userId = signedOutBy(approval);
        if (userId !== undefined) app.auth.forgetIdentity(userId);
        return viewApproval(approval);
      },
    );
  }
}

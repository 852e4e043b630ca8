/** The wire of the audit. */
import { Type } from 'typebox';

const closed = { additionalProperties: false } as const;
const At = Type.String({ format: 'date-time' });
export const AuditQuery = Type.Object(
  {
    subject: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    actor: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    action: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    result: Type.Optional(Type.Enum(['done', 'refused'])),
    requestId: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
    from: Type.Optional(At),
    to: Type.Optional(At),
    /** The `next` of the page before. */
    after: Type.Optional(Type.String({ maxLength: 80 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  },
  closed,
);
export const AuditPage = Type.Object({
  entries: Type.Array(
    Type.Object({
      at: At,
      bucket: Type.Integer(),
      seq: Type.String(),
      actor: Type.String(),
      requestId: Type.String(),
      source: Type.String(),
      action: Type.String(),
      subject: Type.String(),
      result: Type.String(),
      detail: Type.Unknown(),
      hash: Type.String(),
    }),
  ),
  next: Type.Optional(Type.String()),
});
export const VerificationReply = Type.Object({
  verifiedAt: At,
  isIntact: Type.Boolean(),
  entries: Type.String(),
  anchors: Type.Integer(),
  faults: Type.Array(
    Type.Object({ bucket: Type.Integer(), seq: Type.String(), fault: Type.String() }),
  ),
});

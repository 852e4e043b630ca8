import { Type } from 'typebox';
import { type Actor, ROLES, type Role, STAFF_ROLES } from '../actor.ts';
import { PASSWORD_LENGTH_MAX } from './passwords.ts';
import { type Channel, SESSION_STAGES, type SessionStage } from './sessions.ts';

const closed = { additionalProperties: false } as const;

/** Roles a program may hold: none that checks, audits or administrates. */
const KEY_ROLES: readonly Role[] = ['partner', 'operations', 'adviser'];

const roleIn = (roles: readonly Role[]) => Type.Unsafe<Role>({ type: 'string', enum: [...roles] });

/** A user name; kept and compared in lower case. */
export const UserName = Type.String({ pattern: '^[A-Za-z][A-Za-z0-9._-]{2,31}$' });
const Password = Type.String({ minLength: 1, maxLength: PASSWORD_LENGTH_MAX });
const OneTimeCode = Type.String({ minLength: 1, maxLength: 64 });
export const BranchCode = Type.String({ pattern: '^[A-Za-z0-9]{1,9}$' });
const At = Type.String({ format: 'date-time' });

/** A staff user on the wire. */
export const Staff = Type.Object(
  {
    staffId: Type.String(),
    userName: Type.String(),
    state: Type.Unsafe<'pending' | 'active' | 'disabled'>({
      type: 'string',
      enum: ['pending', 'active', 'disabled'],
    }),
    roles: Type.Array(roleIn(ROLES)),
    branchCode: Type.Optional(Type.String()),
    createdAt: At,
    hasSecondFactor: Type.Boolean(),
    lastLoginAt: Type.Optional(At),
  },
  closed,
);

/** Who is who: names behind the ids of records, for staff. */
export const Directory = Type.Object(
  {
    people: Type.Array(
      Type.Object(
        {
          actor: Type.String({ title: "as records name them, such as 'staff:S…' / 记录中的标识" }),
          userName: Type.String({ title: 'user name / 用户名' }),
          roles: Type.Array(roleIn(ROLES)),
          branchCode: Type.Optional(Type.String()),
          state: Type.Enum(['pending', 'active', 'disabled']),
        },
        closed,
      ),
    ),
  },
  closed,
);

export const StaffList = Type.Object({ staff: Type.Array(Staff) }, closed);
export const StaffWithCode = Type.Object({ staff: Staff, activationCode: Type.String() }, closed);

export const BootstrapBody = Type.Object(
  { bootstrapKey: OneTimeCode, userName: UserName, password: Password },
  closed,
);
export const CreateStaffBody = Type.Object(
  {
    userName: UserName,
    roles: Type.Array(roleIn(STAFF_ROLES), { minItems: 1, maxItems: 8, uniqueItems: true }),
    branchCode: Type.Optional(BranchCode),
  },
  closed,
);
export const RolesBody = Type.Object(
  { roles: Type.Array(roleIn(STAFF_ROLES), { minItems: 1, maxItems: 8, uniqueItems: true }) },
  closed,
);
export const ActivateBody = Type.Object(
  { userName: UserName, activationCode: OneTimeCode, password: Password },
  closed,
);
const Code = Type.String({ pattern: '^[0-9]{6}$' });
export const LoginBody = Type.Object(
  { userName: UserName, password: Password, code: Type.Optional(Code) },
  closed,
);
export const CodeBody = Type.Object({ code: Code }, closed);
export const EnrolmentBody = Type.Object({ recoveryCode: Type.Optional(OneTimeCode) }, closed);
/** The second factor to enter into a phone app; shown once. */
export const Enrolment = Type.Object({ secret: Type.String(), uri: Type.String() }, closed);
export const StepUpBody = Type.Object(
  { code: Type.Optional(Code), password: Type.Optional(Password) },
  closed,
);
export const Proof = Type.Object({ provenUntil: At }, closed);
export const PasswordBody = Type.Object(
  { currentPassword: Password, newPassword: Password },
  closed,
);
export const SessionPath = Type.Object(
  { sessionId: Type.String({ pattern: '^Z[0-9A-F]{20}$' }) },
  closed,
);
export const StaffWithRecovery = Type.Object({ staff: Staff, recoveryCode: Type.String() }, closed);

const approvalId = Type.String({
  title:
    'what it waits for: compliance agrees to acts upon an auditor / 待合规审批：针对审计员账户',
});
/** An act upon an auditor's account, which waits; nothing has changed yet. */
export const HeldAct = Type.Object({ approvalId }, closed);
/** It waits, and its one-time code is worth nothing until it was approved. */
export const HeldWithCode = Type.Object({ approvalId, activationCode: Type.String() }, closed);
export const HeldWithRecovery = Type.Object({ approvalId, recoveryCode: Type.String() }, closed);
export const StaffPath = Type.Object(
  { staffId: Type.String({ pattern: '^S[0-9A-F]{20}$' }) },
  closed,
);
export const KeyPath = Type.Object({ keyId: Type.String({ pattern: '^K[0-9A-F]{20}$' }) }, closed);

const Stage = Type.Unsafe<SessionStage>({ type: 'string', enum: [...SESSION_STAGES] });
const ChannelName = Type.Unsafe<Channel>({ type: 'string', enum: ['api', 'browser'] });

/**
 * A session just opened or moved on. A program gets the token; a browser gets it as a cookie, and
 * here the text for the header `X-CSRF-Token`.
 */
export const Session = Type.Object(
  {
    token: Type.Optional(Type.String()),
    csrfToken: Type.Optional(Type.String()),
    stage: Stage,
    expiresAt: At,
    idleMinutes: Type.Integer(),
    userId: Type.String(),
    staffId: Type.Optional(Type.String()),
    roles: Type.Array(roleIn(ROLES)),
  },
  closed,
);

/** Who the caller is. */
export const Me = Type.Object(
  {
    kind: Type.Unsafe<Actor['kind']>({
      type: 'string',
      enum: ['staff', 'investor', 'partner', 'system'],
    }),
    id: Type.String(),
    roles: Type.Array(roleIn(ROLES)),
    branchCode: Type.Optional(Type.String()),
    customerId: Type.Optional(Type.String()),
  },
  closed,
);

/** The caller's own session: what a page asks for when it is loaded. */
export const CurrentSession = Type.Object(
  {
    sessionId: Type.String(),
    channel: ChannelName,
    stage: Stage,
    csrfToken: Type.Optional(Type.String()),
    idleMinutes: Type.Integer(),
    provenUntil: At,
    hasSecondFactor: Type.Boolean(),
    needsRecoveryCode: Type.Boolean(),
    userName: Type.String(),
    user: Me,
  },
  closed,
);

export const SessionList = Type.Object(
  {
    sessions: Type.Array(
      Type.Object(
        {
          sessionId: Type.String(),
          channel: ChannelName,
          stage: Stage,
          createdAt: At,
          lastSeenAt: At,
          expiresAt: At,
          from: Type.String(),
          userAgent: Type.String(),
          isCurrent: Type.Boolean(),
        },
        closed,
      ),
    ),
  },
  closed,
);

export const CreateKeyBody = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 64 }),
    roles: Type.Array(roleIn(KEY_ROLES), { minItems: 1, maxItems: 3, uniqueItems: true }),
    branchCode: Type.Optional(BranchCode),
    isSigned: Type.Optional(
      Type.Boolean({ title: 'its holder signs each request / 持有者须对每个请求签名' }),
    ),
  },
  closed,
);
const Key = Type.Object(
  {
    keyId: Type.String(),
    name: Type.String(),
    roles: Type.Array(roleIn(ROLES)),
    branchCode: Type.Optional(Type.String()),
    createdAt: At,
    revokedAt: Type.Optional(At),
    signingAlgorithm: Type.Optional(Type.Enum(['hmac-sha256', 'hmac-sm3'])),
  },
  closed,
);
export const KeyList = Type.Object({ partnerKeys: Type.Array(Key) }, closed);
/** A key just issued; `signingSecret` when its holder signs. Both secrets are shown here only. */
export const KeyWithSecret = Type.Object(
  { partnerKey: Key, key: Type.String(), signingSecret: Type.Optional(Type.String()) },
  closed,
);

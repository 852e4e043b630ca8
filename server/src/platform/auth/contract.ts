import { Type } from 'typebox';
import { ROLES, type Role } from '../actor.ts';
import { PASSWORD_LENGTH_MAX } from './passwords.ts';

const closed = { additionalProperties: false } as const;

const STAFF_ROLES = ROLES.filter((role) => role !== 'partner');
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
export const LoginBody = Type.Object({ userName: UserName, password: Password }, closed);
export const StaffPath = Type.Object(
  { staffId: Type.String({ pattern: '^S[0-9A-F]{20}$' }) },
  closed,
);
export const KeyPath = Type.Object({ keyId: Type.String({ pattern: '^K[0-9A-F]{20}$' }) }, closed);

export const Session = Type.Object(
  {
    token: Type.String(),
    expiresAt: At,
    idleMinutes: Type.Integer(),
    staffId: Type.String(),
    roles: Type.Array(roleIn(ROLES)),
  },
  closed,
);

/** Who the caller is. */
export const Me = Type.Object(
  {
    kind: Type.Unsafe<'staff' | 'partner' | 'system'>({
      type: 'string',
      enum: ['staff', 'partner', 'system'],
    }),
    id: Type.String(),
    roles: Type.Array(roleIn(ROLES)),
    branchCode: Type.Optional(Type.String()),
  },
  closed,
);

export const CreateKeyBody = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 64 }),
    roles: Type.Array(roleIn(KEY_ROLES), { minItems: 1, maxItems: 3, uniqueItems: true }),
    branchCode: Type.Optional(BranchCode),
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
  },
  closed,
);
export const KeyList = Type.Object({ partnerKeys: Type.Array(Key) }, closed);
export const KeyWithSecret = Type.Object({ partnerKey: Key, key: Type.String() }, closed);

import { Type } from 'typebox';
import { STAFF_ROLES } from '../actor.ts';
import type { App } from '../http/app.ts';
import { bootstrap } from './bootstrap.ts';
import {
  ActivateBody,
  BootstrapBody,
  CreateKeyBody,
  CreateStaffBody,
  Directory,
  KeyList,
  KeyPath,
  KeyWithSecret,
  RolesBody,
  Staff,
  StaffList,
  StaffPath,
  StaffWithCode,
  StaffWithRecovery,
} from './contract.ts';
import { createPartnerKey, listPartnerKeys, revokePartnerKey } from './partner-keys.ts';
import { secondFactorRoutes, sessionRoutes, sourceOf } from './session-routes.ts';
import {
  activateStaff,
  changeRoles,
  createStaff,
  disableStaff,
  getStaff,
  listDirectory,
  listStaff,
  resetSecondFactor,
  resetStaff,
} from './staff.ts';

const Nothing = Type.Null();

/** Logging in and out, staff users and partner keys. */
export function authRoutes(app: App): void {
  firstRoutes(app);
  sessionRoutes(app);
  secondFactorRoutes(app);
  staffRoutes(app);
  partnerKeyRoutes(app);
}

function firstRoutes(app: App): void {
  const { auth } = app;
  const tags = ['auth'];
  app.post(
    '/auth/bootstrap',
    {
      config: { public: true, action: 'auth.bootstrap' },
      schema: { tags, body: BootstrapBody, response: { 201: Staff } },
    },
    async (request, reply) =>
      reply.code(201).send(await bootstrap(auth, request.body, sourceOf(request))),
  );
  app.post(
    '/auth/activate',
    {
      config: { public: true, action: 'auth.activate' },
      schema: { tags, body: ActivateBody, response: { 204: Nothing } },
    },
    async (request, reply) => {
      await activateStaff(auth, request.body, sourceOf(request));
      return reply.code(204).send(null);
    },
  );
}

function staffRoutes(app: App): void {
  const { auth } = app;
  const tags = ['staff'];
  const config = { roles: ['administrator'], firmWide: true, stepUp: true } as const;
  app.get(
    '/staff',
    {
      config: { roles: ['administrator', 'auditor'], action: 'staff.list', firmWide: true },
      schema: { tags, response: { 200: StaffList } },
    },
    async () => ({ staff: await listStaff(auth) }),
  );
  app.get(
    '/directory',
    {
      config: { roles: STAFF_ROLES, action: 'staff.directory' },
      schema: { tags, response: { 200: Directory } },
    },
    async () => ({ people: await listDirectory(auth) }),
  );
  app.get(
    '/staff/:staffId',
    {
      config: { roles: ['administrator', 'auditor'], action: 'staff.get', firmWide: true },
      schema: { tags, params: StaffPath, response: { 200: Staff } },
    },
    async (request) => getStaff(auth, request.params.staffId),
  );
  app.post(
    '/staff',
    {
      config: { ...config, action: 'staff.create' },
      schema: { tags, body: CreateStaffBody, response: { 201: StaffWithCode } },
    },
    async (request, reply) =>
      reply.code(201).send(await createStaff(auth, request.actor, request.body)),
  );
  app.post(
    '/staff/:staffId/roles',
    {
      config: { ...config, action: 'staff.roles' },
      schema: { tags, params: StaffPath, body: RolesBody, response: { 200: Staff } },
    },
    async (request) => changeRoles(auth, request.actor, request.params.staffId, request.body.roles),
  );
  app.post(
    '/staff/:staffId/disable',
    {
      config: { ...config, action: 'staff.disable' },
      schema: { tags, params: StaffPath, response: { 200: Staff } },
    },
    async (request) => disableStaff(auth, request.actor, request.params.staffId),
  );
  app.post(
    '/staff/:staffId/reset',
    {
      config: { ...config, action: 'staff.reset' },
      schema: { tags, params: StaffPath, response: { 200: StaffWithCode } },
    },
    async (request) => resetStaff(auth, request.actor, request.params.staffId),
  );
  app.post(
    '/staff/:staffId/second-factor-reset',
    {
      config: { ...config, action: 'staff.second-factor-reset' },
      schema: { tags, params: StaffPath, response: { 200: StaffWithRecovery } },
    },
    async (request) => resetSecondFactor(auth, request.actor, request.params.staffId),
  );
}

function partnerKeyRoutes(app: App): void {
  const { auth } = app;
  const tags = ['partner keys'];
  app.get(
    '/partner-keys',
    {
      config: { roles: ['administrator', 'auditor'], action: 'partnerKeys.list', firmWide: true },
      schema: { tags, response: { 200: KeyList } },
    },
    async () => ({ partnerKeys: await listPartnerKeys(auth) }),
  );
  app.post(
    '/partner-keys',
    {
      config: {
        roles: ['administrator'],
        action: 'partnerKeys.create',
        firmWide: true,
        stepUp: true,
      },
      schema: { tags, body: CreateKeyBody, response: { 201: KeyWithSecret } },
    },
    async (request, reply) =>
      reply.code(201).send(await createPartnerKey(auth, request.actor, request.body)),
  );
  app.delete(
    '/partner-keys/:keyId',
    {
      config: {
        roles: ['administrator'],
        action: 'partnerKeys.revoke',
        firmWide: true,
        stepUp: true,
      },
      schema: { tags, params: KeyPath, response: { 204: Nothing } },
    },
    async (request, reply) => {
      await revokePartnerKey(auth, request.actor, request.params.keyId);
      return reply.code(204).send(null);
    },
  );
}

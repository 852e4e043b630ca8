import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { App } from '../http/app.ts';
import {
  ActivateBody,
  BootstrapBody,
  CreateKeyBody,
  CreateStaffBody,
  KeyList,
  KeyPath,
  KeyWithSecret,
  LoginBody,
  Me,
  RolesBody,
  Session,
  Staff,
  StaffList,
  StaffPath,
  StaffWithCode,
} from './contract.ts';
import { login, logout } from './login.ts';
import { createPartnerKey, listPartnerKeys, revokePartnerKey } from './partner-keys.ts';
import {
  activateStaff,
  bootstrap,
  changeRoles,
  createStaff,
  disableStaff,
  getStaff,
  listStaff,
  resetStaff,
} from './staff.ts';
import { ROLES } from '../actor.ts';

const Nothing = Type.Null();

function sourceOf(request: FastifyRequest): { requestId: string; from: string } {
  return { requestId: request.id, from: request.ip };
}

/** Logging in and out, staff users and partner keys. */
export function authRoutes(app: App): void {
  sessionRoutes(app);
  staffRoutes(app);
  partnerKeyRoutes(app);
}

function sessionRoutes(app: App): void {
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
  app.post(
    '/auth/login',
    {
      config: { public: true, action: 'auth.login' },
      schema: { tags, body: LoginBody, response: { 200: Session } },
    },
    async (request) => login(auth, request.body, sourceOf(request)),
  );
  app.post(
    '/auth/logout',
    {
      config: { roles: ROLES, action: 'auth.logout' },
      schema: { tags, response: { 204: Nothing } },
    },
    async (request, reply) => {
      const token = (request.headers.authorization ?? '').slice('bearer '.length);
      await logout(auth, request.actor, token);
      return reply.code(204).send(null);
    },
  );
  app.get(
    '/auth/me',
    { config: { roles: ROLES, action: 'auth.me' }, schema: { tags, response: { 200: Me } } },
    async ({ actor: { kind, id, roles, branchCode } }) => ({
      kind,
      id,
      roles: [...roles],
      ...(branchCode === undefined ? {} : { branchCode }),
    }),
  );
}

function staffRoutes(app: App): void {
  const { auth } = app;
  const tags = ['staff'];
  app.get(
    '/staff',
    {
      config: { roles: ['administrator', 'auditor'], action: 'staff.list' },
      schema: { tags, response: { 200: StaffList } },
    },
    async () => ({ staff: await listStaff(auth) }),
  );
  app.get(
    '/staff/:staffId',
    {
      config: { roles: ['administrator', 'auditor'], action: 'staff.get' },
      schema: { tags, params: StaffPath, response: { 200: Staff } },
    },
    async (request) => getStaff(auth, request.params.staffId),
  );
  app.post(
    '/staff',
    {
      config: { roles: ['administrator'], action: 'staff.create' },
      schema: { tags, body: CreateStaffBody, response: { 201: StaffWithCode } },
    },
    async (request, reply) =>
      reply.code(201).send(await createStaff(auth, request.actor, request.body)),
  );
  app.post(
    '/staff/:staffId/roles',
    {
      config: { roles: ['administrator'], action: 'staff.roles' },
      schema: { tags, params: StaffPath, body: RolesBody, response: { 200: Staff } },
    },
    async (request) => changeRoles(auth, request.actor, request.params.staffId, request.body.roles),
  );
  app.post(
    '/staff/:staffId/disable',
    {
      config: { roles: ['administrator'], action: 'staff.disable' },
      schema: { tags, params: StaffPath, response: { 200: Staff } },
    },
    async (request) => disableStaff(auth, request.actor, request.params.staffId),
  );
  app.post(
    '/staff/:staffId/reset',
    {
      config: { roles: ['administrator'], action: 'staff.reset' },
      schema: { tags, params: StaffPath, response: { 200: StaffWithCode } },
    },
    async (request) => resetStaff(auth, request.actor, request.params.staffId),
  );
}

function partnerKeyRoutes(app: App): void {
  const { auth } = app;
  const tags = ['partner keys'];
  app.get(
    '/partner-keys',
    {
      config: { roles: ['administrator', 'auditor'], action: 'partnerKeys.list' },
      schema: { tags, response: { 200: KeyList } },
    },
    async () => ({ partnerKeys: await listPartnerKeys(auth) }),
  );
  app.post(
    '/partner-keys',
    {
      config: { roles: ['administrator'], action: 'partnerKeys.create' },
      schema: { tags, body: CreateKeyBody, response: { 201: KeyWithSecret } },
    },
    async (request, reply) =>
      reply.code(201).send(await createPartnerKey(auth, request.actor, request.body)),
  );
  app.delete(
    '/partner-keys/:keyId',
    {
      config: { roles: ['administrator'], action: 'partnerKeys.revoke' },
      schema: { tags, params: KeyPath, response: { 204: Nothing } },
    },
    async (request, reply) => {
      await revokePartnerKey(auth, request.actor, request.params.keyId);
      return reply.code(204).send(null);
    },
  );
}

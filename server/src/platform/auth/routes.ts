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
  HeldAct,
  HeldWithCode,
  HeldWithRecovery,
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
import { activateStaff, createStaff, getStaff, listDirectory, listStaff } from './staff.ts';
import { changeRoles, disableStaff, resetSecondFactor, resetStaff } from './staff-acts.ts';

const Nothing = Type.Null();

/** Logging in and out, staff users and partner keys. */
export function authRoutes(app: App): void {
  firstRoutes(app);
  sessionRoutes(app);
  secondFactorRoutes(app);
  staffRoutes(app);
  staffActRoutes(app);
  partnerKeyRoutes(app);
}

/** What administrators do: seen by nobody of a branch, and after a fresh proof. */
const WEIGHTY = { roles: ['administrator'], firmWide: true, stepUp: true } as const;

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
      config: { ...WEIGHTY, action: 'staff.create' },
      schema: { tags, body: CreateStaffBody, response: { 201: StaffWithCode } },
    },
    async (request, reply) =>
      reply.code(201).send(await createStaff(auth, request.actor, request.body)),
  );
}

/** Acts upon those who are there; upon an auditor they wait, which 202 says. */
function staffActRoutes(app: App): void {
  const { auth } = app;
  const tags = ['staff'];
  app.post(
    '/staff/:staffId/roles',
    {
      config: { ...WEIGHTY, action: 'staff.roles' },
      schema: { tags, params: StaffPath, body: RolesBody, response: { 200: Staff, 202: HeldAct } },
    },
    async ({ actor, params, body }, reply) => {
      const outcome = await changeRoles(auth, actor, params.staffId, body.roles);
      return 'staff' in outcome ? outcome.staff : reply.code(202).send(outcome);
    },
  );
  app.post(
    '/staff/:staffId/disable',
    {
      config: { ...WEIGHTY, action: 'staff.disable' },
      schema: { tags, params: StaffPath, response: { 200: Staff, 202: HeldAct } },
    },
    async ({ actor, params }, reply) => {
      const outcome = await disableStaff(auth, actor, params.staffId);
      return 'staff' in outcome ? outcome.staff : reply.code(202).send(outcome);
    },
  );
  app.post(
    '/staff/:staffId/reset',
    {
      config: { ...WEIGHTY, action: 'staff.reset' },
      schema: { tags, params: StaffPath, response: { 200: StaffWithCode, 202: HeldWithCode } },
    },
    async ({ actor, params }, reply) => {
      const outcome = await resetStaff(auth, actor, params.staffId);
      return 'staff' in outcome ? outcome : reply.code(202).send(outcome);
    },
  );
  app.post(
    '/staff/:staffId/second-factor-reset',
    {
      config: { ...WEIGHTY, action: 'staff.second-factor-reset' },
      schema: {
        tags,
        params: StaffPath,
        response: { 200: StaffWithRecovery, 202: HeldWithRecovery },
      },
    },
    async ({ actor, params }, reply) => {
      const outcome = await resetSecondFactor(auth, actor, params.staffId);
      return 'staff' in outcome ? outcome : reply.code(202).send(outcome);
    },
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
      config: { ...WEIGHTY, action: 'partnerKeys.create' },
      schema: { tags, body: CreateKeyBody, response: { 201: KeyWithSecret } },
    },
    async (request, reply) =>
      reply.code(201).send(await createPartnerKey(auth, request.actor, request.body)),
  );
  app.delete(
    '/partner-keys/:keyId',
    {
      config: { ...WEIGHTY, action: 'partnerKeys.revoke' },
      schema: { tags, params: KeyPath, response: { 204: Nothing } },
    },
    async (request, reply) => {
      await revokePartnerKey(auth, request.actor, request.params.keyId);
      return reply.code(204).send(null);
    },
  );
}

/** Right requests of signing in and of those who do. */
import { type Endpoint, NOBODY, of, posts } from './endpoint.ts';

const password = 'correct horse battery staple';

/** Signing in, staff users and partner keys. */
export function accessEndpoints(): Endpoint[] {
  return [...loginEndpoints(), ...ownSessionEndpoints(), ...staffEndpoints()];
}

function loginEndpoints(): Endpoint[] {
  return [
    of('GET /health', 'auditor', '/health'),
    of('GET /ready', 'auditor', '/ready'),
    posts('/auth/bootstrap', 'auditor', {
      body: { bootstrapKey: 'a-key', userName: 'first.user', password },
      free: ['/bootstrapKey'],
      secret: ['/password'],
      answer: 403,
    }),
    posts('/auth/activate', 'auditor', {
      body: { userName: 'nobody', activationCode: 'a-code', password },
      free: ['/activationCode'],
      secret: ['/password'],
      answer: 403,
    }),
    posts('/auth/login', 'auditor', {
      body: { userName: 'nobody', password, code: '123456' },
      optional: ['/code'],
      secret: ['/password'],
      answer: 401,
    }),
    posts('/auth/browser-login', 'auditor', {
      body: { userName: 'nobody', password, code: '123456' },
      optional: ['/code'],
      secret: ['/password'],
      answer: 401,
    }),
  ];
}

function ownSessionEndpoints(): Endpoint[] {
  const { sessionId } = NOBODY;
  return [
    of('GET /auth/me', 'auditor', '/auth/me'),
    of('GET /auth/session', 'auditor', '/auth/session'),
    of('GET /auth/sessions', 'auditor', '/auth/sessions'),
    of('DELETE /auth/sessions/{sessionId}', 'auditor', `/auth/sessions/${sessionId}`, {
      answer: 404,
    }),
    posts('/auth/password', 'auditor', {
      body: { currentPassword: password, newPassword: `${password} 2` },
      secret: ['/currentPassword', '/newPassword'],
      answer: 403,
    }),
    posts('/auth/second-factor/enrolment', 'adviser', {
      body: { recoveryCode: 'a-code' },
      optional: ['/recoveryCode'],
      free: ['/recoveryCode'],
    }),
    posts('/auth/second-factor/confirmation', 'auditor', {
      body: { code: '123456' },
      answer: 403,
    }),
    posts('/auth/second-factor/verification', 'auditor', {
      body: { code: '123456' },
      answer: 403,
    }),
    posts('/auth/step-up', 'auditor', {
      body: { code: '123456', password },
      optional: ['/code', '/password'],
      secret: ['/password'],
      answer: 403,
    }),
  ];
}

function staffEndpoints(): Endpoint[] {
  const { staffId, keyId } = NOBODY;
  const roles = ['adviser'];
  return [
    of('GET /todo', 'operations', '/todo'),
    of('GET /directory', 'auditor', '/directory'),
    of('GET /staff', 'auditor', '/staff'),
    posts('/staff', 'administrator', {
      body: { userName: 'new.user', roles, branchCode: 'B01' },
      optional: ['/branchCode'],
      answer: 201,
    }),
    of('GET /staff/{staffId}', 'auditor', `/staff/${staffId}`, { answer: 404 }),
    posts('/staff/{staffId}/roles', 'administrator', {
      url: `/staff/${staffId}/roles`,
      body: { roles },
      answer: 404,
    }),
    posts('/staff/{staffId}/disable', 'administrator', {
      url: `/staff/${staffId}/disable`,
      answer: 404,
    }),
    posts('/staff/{staffId}/reset', 'administrator', {
      url: `/staff/${staffId}/reset`,
      answer: 404,
    }),
    posts('/staff/{staffId}/second-factor-reset', 'administrator', {
      url: `/staff/${staffId}/second-factor-reset`,
      answer: 404,
    }),
    of('GET /partner-keys', 'auditor', '/partner-keys'),
    posts('/partner-keys', 'administrator', {
      body: { name: 'terminal', roles: ['partner'], branchCode: 'B01', isSigned: true },
      optional: ['/branchCode', '/isSigned'],
      free: ['/name'],
      answer: 201,
    }),
    of('DELETE /partner-keys/{keyId}', 'administrator', `/partner-keys/${keyId}`, { answer: 404 }),
  ];
}

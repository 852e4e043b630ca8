/** Right requests of the business day, its files and exceptions, and of the audit. */
import { type Endpoint, NOBODY, of, posts, reason } from './endpoint.ts';
import type { House } from './house.ts';

const DAY = '2026-03-03';

function boardEndpoints(day: string): Endpoint[] {
  return [
    of('GET /business-days/due/board', 'operations', '/business-days/due/board'),
    of('GET /business-days/{businessDate}/board', 'operations', `${day}/board`),
    // The day is closed: the stream says so and ends.
    of('GET /business-days/{businessDate}/live', 'operations', `${day}/live`),
    posts('/business-days/{businessDate}/background-runs', 'operations', {
      url: `${day}/background-runs`,
      body: { until: 'open' },
      optional: ['/until'],
      answer: 409,
    }),
    posts('/business-days/{businessDate}/pause', 'operations', {
      url: `${day}/pause`,
      answer: 409,
    }),
  ];
}

function fileEndpoints(fileId: bigint): Endpoint[] {
  const file = `/files/${fileId}`;
  return [
    of('GET /files/{fileId}/text', 'operations', `${file}/text`),
    of('GET /files/{fileId}/records', 'operations', `${file}/records?from=0&limit=5`),
    posts('/files/{fileId}/records/unmask', 'operations', {
      url: `${file}/records/unmask`,
      body: { from: 0, limit: 5, purpose: reason },
      optional: ['/from', '/limit'],
      free: ['/purpose'],
    }),
  ];
}

function exceptionEndpoints(): Endpoint[] {
  const exception = (act: string) => `/exceptions/${NOBODY.exceptionId}/${act}`;
  return [
    of('GET /exceptions', 'operations', `/exceptions?businessDate=${DAY}`),
    of('GET /exceptions/search', 'operations', `/exceptions/search?businessDate=${DAY}&limit=5`),
    of('GET /exceptions/{exceptionId}', 'operations', `/exceptions/${NOBODY.exceptionId}`, {
      answer: 404,
    }),
    posts('/exceptions/{exceptionId}/actions', 'operations', {
      url: exception('actions'),
      body: { kind: 'note', note: 'asked the registrar' },
      free: ['/note'],
      answer: 404,
    }),
    posts('/exceptions/{exceptionId}/retry', 'operations', {
      url: exception('retry'),
      answer: 409,
    }),
    posts('/exceptions/{exceptionId}/void-requests', 'operations', {
      url: exception('void-requests'),
      body: { reason },
      free: ['/reason'],
      answer: 404,
    }),
    posts('/exceptions/{exceptionId}/book-requests', 'operations', {
      url: exception('book-requests'),
      body: { reason },
      free: ['/reason'],
      answer: 404,
    }),
  ];
}

function refusalCodeEndpoints(): Endpoint[] {
  const code = { returnCode: '7001', message: 'too late in the day', messageZh: '超过受理时间' };
  return [
    of('GET /registrar-refusal-codes', 'operations', '/registrar-refusal-codes'),
    posts('/registrar-refusal-codes', 'operations', {
      body: { registrarCode: '01', effectiveDate: '2026-03-01', codes: [code] },
      free: ['/codes/0/message', '/codes/0/messageZh'],
      answer: 202,
    }),
  ];
}

/** The business day, its files and exceptions, the audit, and the end of a session. */
export async function dayEndpoints({ world }: House): Promise<Endpoint[]> {
  const day = `/business-days/${DAY}`;
  const [file] = await world.db.query<{ file_id: bigint }>(
    `select file_id from clearing.files order by file_id limit 1`,
  );
  return [
    of('GET /business-days', 'operations', '/business-days?limit=5'),
    of('GET /business-days/{businessDate}', 'operations', day),
    posts('/business-days/{businessDate}/runs', 'operations', {
      url: `${day}/runs`,
      body: { until: 'open' },
      optional: ['/until'],
      answer: 409,
    }),
    posts('/business-days/{businessDate}/waivers', 'operations', {
      url: `${day}/waivers`,
      body: { package: '01/market', reason },
      free: ['/reason'],
      answer: 202,
    }),
    posts('/business-days/{businessDate}/acceptances', 'operations', {
      url: `${day}/acceptances`,
      body: { reason },
      free: ['/reason'],
      answer: 409,
    }),
    of('GET /audit', 'auditor', '/audit?limit=5'),
    posts('/audit/verification', 'auditor', {}),
    of('GET /business-days/{businessDate}/reconciliation', 'operations', `${day}/reconciliation`),
    of(
      'GET /business-days/{businessDate}/reconciliation/columns',
      'operations',
      `${day}/reconciliation/columns?limit=5`,
    ),
    of('GET /business-days/{businessDate}/differences', 'operations', `${day}/differences`),
    of('GET /business-days/{businessDate}/files', 'operations', `${day}/files`),
    ...exceptionEndpoints(),
    ...refusalCodeEndpoints(),
    ...boardEndpoints(day),
    ...fileEndpoints(file?.file_id ?? 0n),
    posts('/auth/logout', 'partner', { answer: 204 }),
  ];
}

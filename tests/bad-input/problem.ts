/** What every refusal must look like, whatever was sent. */
import type { LightMyRequestResponse } from 'fastify';
import type { Problem } from '../../server/src/platform/http/problem.ts';

const CODE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;
const HAN = /\p{Script=Han}/u;
const ENGLISH = /[a-z]+ [a-z]+ [a-z]+/i;
// A stack line, a source file, a path of the machine, or the words of the database.
const LEAK =
  /\n\s+at |node_modules|\.ts:\d|file:\/\/|SQLSTATE|violates|relation "|syntax error at|pg_catalog/;
// A sentence must not show a hole of its own template; a warning text has one that it must have.
const HOLE = /\{(?!mismatches\})[a-zA-Z]+\}|\bundefined\b|\[object Object\]/;

/** What is judged of an answer, from the network or without one. */
export type Reply = Pick<LightMyRequestResponse, 'statusCode' | 'headers' | 'body'>;

/** What is wrong with an answer that must be a refusal of this status and, where given, this code. */
export function faultsOfStatus(
  reply: LightMyRequestResponse,
  status: number,
  code?: string,
): string[] {
  const faults = faultsOfRefusal(reply);
  if (faults.length > 0) return faults;
  const given = reply.json<Problem>().code;
  const isIt = reply.statusCode === status && (code ?? given) === given;
  return isIt ? [] : [`answered ${reply.statusCode} ${given}, not ${status} ${code ?? ''}`];
}

/** What is wrong with a refusal of the text that was sent; nothing when it is as it must be. */
export function faultsOfRefusal(reply: Reply, sent = ''): string[] {
  const { statusCode, headers, body } = reply;
  const type = String(headers['content-type']);
  if (statusCode < 400) return [`answered ${statusCode}, which is no refusal`];
  if (statusCode === 500) return [`answered 500: ${body.slice(0, 300)}`];
  if (!type.startsWith('application/problem+json')) return [`came as ${type}`];
  const problem = JSON.parse(body) as Problem;
  const faults: string[] = [];
  const must = (holds: boolean, fault: string) =>
    holds || faults.push(`${fault}: ${body.slice(0, 300)}`);
  must(CODE.test(problem.code), 'the code is not stable');
  must(problem.type === `urn:cairn:error:${problem.code}`, 'type and code disagree');
  must(problem.status === statusCode, 'status and answer disagree');
  must(problem.traceId === headers['x-request-id'], 'no trace id');
  const texts = [
    [problem.detail, problem.detailZh],
    ...(problem.errors ?? []).map((error) => [error.message, error.messageZh]),
    ...(problem.reasons ?? []).map((reason) => [reason.message, reason.messageZh]),
  ];
  for (const [en = '', zh = ''] of texts) {
    must(en !== '' && HAN.test(zh), 'a sentence lacks in one language');
    must(!ENGLISH.test(zh) || ENGLISH.test(sent), 'the Chinese sentence speaks English');
    const hasHole = HOLE.test(en) || HOLE.test(zh);
    // A value may be shown, so that a hole that was sent is none of ours.
    must(!hasHole || HOLE.test(sent), 'a sentence has a hole');
  }
  must(!LEAK.test(body), 'the answer shows the inside');
  if (statusCode === 503) must(headers['retry-after'] !== undefined, 'no Retry-After');
  return faults;
}

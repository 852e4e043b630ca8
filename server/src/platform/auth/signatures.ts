/**
 * Signed requests: HTTP Message Signatures (RFC 9421) with a shared secret, and the digest of the
 * body (RFC 9530). A subset: one signature, over whole header fields and four parts of the request
 * line. Pure: the request and the key come in, the digest that the body must have goes out.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { AppError, epochMsOf, type Instant } from '@cairn/kernel';

/** HMAC-SHA-256 as RFC 9421 names it, and its twin with SM3, which has no registered name. */
export type SigningAlgorithm = 'hmac-sha256' | 'hmac-sm3';

/** What a key signs with: the secret is the text that was handed over. */
export interface SigningKey {
  readonly keyId: string;
  readonly algorithm: SigningAlgorithm;
  readonly secret: string;
}

/** A request as far as a signature covers it. */
export interface SignedMessage {
  readonly method: string;
  /** Path and query as they stand in the request line. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly hasBody: boolean;
}

/** The digest that a body must have. */
export interface BodyDigest {
  readonly hash: 'sha256' | 'sm3';
  readonly digest: Buffer;
}

/** What a good signature says: its nonce is to be taken once, until the signature is too old. */
export interface Accepted {
  readonly nonce: string;
  readonly expiresAtMs: number;
  readonly bodyDigest: BodyDigest | undefined;
}

/** How far the time of a signature may be from ours, either way. */
export const SIGNATURE_MS_MAX = 300_000;

const REASONS = {
  form: ['the headers are not one signature of RFC 9421', '请求头不是一个 RFC 9421 签名'],
  parameters: [
    'it needs created, nonce (16 to 64 letters, digits, - and _) and the keyid of this key',
    '须含 created、nonce（16 至 64 个字母、数字、- 或 _）和本密钥的 keyid',
  ],
  algorithm: ['alg is not that of this key', 'alg 与本密钥的算法不符'],
  time: [
    'it was made more than five minutes before or after now',
    '签名时间与当前时间相差超过五分钟',
  ],
  components: [
    'it must cover @method, @path and @query, and content-digest and idempotency-key where they are sent',
    '须覆盖 @method、@path、@query，以及所发送的 content-digest 和 idempotency-key',
  ],
  unknown: ['it covers something that is not in the request', '其覆盖的内容不在请求中'],
  digest: ['Content-Digest is not that of the body', 'Content-Digest 与请求体不符'],
  signature: ['it is not the signature of this request', '签名与该请求不符'],
} as const;

/** AppError SIGNATURE_REFUSED with its reason in both languages. */
export function signatureRefused(of: keyof typeof REASONS): AppError {
  const [reason, reasonZh] = REASONS[of];
  return new AppError('SIGNATURE_REFUSED', { reason, reasonZh });
}

/** The hash of bodies and of signatures by algorithm, and the name of the digest in its header. */
const HASHES = {
  'hmac-sha256': { hash: 'sha256', digest: 'sha-256' },
  'hmac-sm3': { hash: 'sm3', digest: 'sm3' },
} as const;

// One member, written as RFC 8941 writes it, so that what was sent is what was signed.
const INPUT =
  /^([a-z*][a-z0-9_.*-]{0,31})=(\(((?:"[a-z0-9@-]{1,64}"(?: "[a-z0-9@-]{1,64}"){0,31})?)\)((?:;[a-z]{1,16}=(?:[0-9]{1,15}|"[\x20\x21\x23-\x5b\x5d-\x7e]{0,128}")){0,8}))$/;
const PARAMETER = /;([a-z]+)=(?:([0-9]+)|"([^"]*)")/g;
const SIGNATURE = /^([a-z*][a-z0-9_.*-]{0,31})=:([A-Za-z0-9+/]{43}=):$/;
const DIGEST = /^([a-z0-9-]{1,16})=:([A-Za-z0-9+/]{43}=):$/;
const NONCE = /^[A-Za-z0-9_-]{16,64}$/;

interface Input {
  readonly label: string;
  /** The covered components and the parameters as they were written. */
  readonly written: string;
  readonly components: readonly string[];
  readonly parameters: ReadonlyMap<string, string>;
}

function readInput(text: unknown): Input {
  const found = typeof text === 'string' ? INPUT.exec(text) : null;
  if (found === null) throw signatureRefused('form');
  const [, label = '', written = '', list = '', tail = ''] = found;
  const components = list === '' ? [] : list.split(' ').map((name) => name.slice(1, -1));
  const pairs = [...tail.matchAll(PARAMETER)].map(([, name = '', number, quoted]) => {
    return [name, number ?? quoted ?? ''] as const;
  });
  const parameters = new Map(pairs);
  const isTwice = parameters.size < pairs.length || new Set(components).size < components.length;
  if (isTwice) throw signatureRefused('form');
  return { label, written, components, parameters };
}

function valueOf(message: SignedMessage, component: string): string {
  const { method, url, headers } = message;
  const at = url.indexOf('?');
  switch (component) {
    case '@method':
      return method;
    case '@path':
      return at < 0 ? url : url.slice(0, at);
    case '@query':
      return at < 0 ? '?' : url.slice(at);
    case '@authority':
      return String(headers['host'] ?? '').toLowerCase();
    default: {
      const value = component.startsWith('@') ? undefined : headers[component];
      if (value === undefined) throw signatureRefused('unknown');
      return (typeof value === 'string' ? value : value.join(', ')).trim();
    }
  }
}

/** The text that is signed: a line for each covered component, and what was said of them. */
export function signatureBase(
  message: SignedMessage,
  components: readonly string[],
  written: string,
): string {
  const lines = components.map((name) => `"${name}": ${valueOf(message, name)}`);
  return [...lines, `"@signature-params": ${written}`].join('\n');
}

/** The signature of a text under a key, in base64. */
export function sign(
  key: { readonly algorithm: SigningAlgorithm; readonly secret: string | Uint8Array },
  base: string,
): string {
  const { hash } = HASHES[key.algorithm];
  return createHmac(hash, key.secret).update(base, 'utf8').digest('base64');
}

function readDigest(key: SigningKey, text: unknown): BodyDigest {
  const [, name, digest = ''] = (typeof text === 'string' ? DIGEST.exec(text) : null) ?? [];
  const { hash, digest: expected } = HASHES[key.algorithm];
  if (name !== expected) throw signatureRefused('digest');
  return { hash, digest: Buffer.from(digest, 'base64') };
}

/**
 * Checks the signature of a request by a key. AppError SIGNATURE_REQUIRED when there is none,
 * SIGNATURE_REFUSED when it does not hold. Whether the nonce was taken before, and whether the body
 * has the digest that is given back, is still to be asked.
 */
export function checkSignature(key: SigningKey, message: SignedMessage, now: Instant): Accepted {
  const { headers } = message;
  if (headers['signature-input'] === undefined && headers['signature'] === undefined) {
    throw new AppError('SIGNATURE_REQUIRED');
  }
  const { label, written, components, parameters } = readInput(headers['signature-input']);
  const { signature } = headers;
  const found = typeof signature === 'string' ? SIGNATURE.exec(signature) : null;
  if (found === null || found[1] !== label) throw signatureRefused('form');
  const nonce = parameters.get('nonce') ?? '';
  const createdMs = Number.parseInt(parameters.get('created') ?? '', 10) * 1_000;
  if (!NONCE.test(nonce) || Number.isNaN(createdMs) || parameters.get('keyid') !== key.keyId) {
    throw signatureRefused('parameters');
  }
  if ((parameters.get('alg') ?? key.algorithm) !== key.algorithm)
    throw signatureRefused('algorithm');
  const nowMs = epochMsOf(now);
  const expiresMs = Number.parseInt(parameters.get('expires') ?? '0', 10) * 1_000;
  const isOver = expiresMs !== 0 && expiresMs <= nowMs;
  if (Math.abs(nowMs - createdMs) > SIGNATURE_MS_MAX || isOver) throw signatureRefused('time');
  const covers = (name: string) => components.includes(name);
  const isWhole =
    ['@method', '@path', '@query'].every(covers) &&
    covers('content-digest') === message.hasBody &&
    covers('idempotency-key') === (headers['idempotency-key'] !== undefined);
  if (!isWhole) throw signatureRefused('components');
  const right = Buffer.from(sign(key, signatureBase(message, components, written)));
  const given = Buffer.from(found[2] ?? '');
  if (right.length !== given.length || !timingSafeEqual(right, given)) {
    throw signatureRefused('signature');
  }
  return {
    nonce,
    // Beyond it the time refuses the signature, whatever its nonce.
    expiresAtMs: createdMs + SIGNATURE_MS_MAX,
    bodyDigest: message.hasBody ? readDigest(key, headers['content-digest']) : undefined,
  };
}

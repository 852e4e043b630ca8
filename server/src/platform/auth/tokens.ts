import { hash, randomBytes } from 'node:crypto';

const PARTNER_PREFIX = 'cairn_';
const SESSION = /^[A-Za-z0-9_-]{43}$/;
const PARTNER = /^cairn_[A-Za-z0-9_-]{43}$/;

/** A token of 256 random bits as 43 characters, for a session or a one-time key. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** A partner key: a prefix that secret scanners know, and 256 random bits. */
export function newPartnerKey(): string {
  return PARTNER_PREFIX + newToken();
}

/** What kind of token a text is by its form; undefined when it can be none. */
export function tokenKind(token: string): 'session' | 'partner' | undefined {
  if (PARTNER.test(token)) return 'partner';
  return SESSION.test(token) ? 'session' : undefined;
}

/** The SHA-256 of a token: what is stored and compared. 256 random bits need no slow hash. */
export function tokenDigest(token: string): Uint8Array {
  return hash('sha256', token, 'buffer');
}

/** The digest as text, the key of in-memory tables. */
export function tokenDigestText(token: string): string {
  return hash('sha256', token, 'base64');
}

/** An id for a staff user, an investor or a partner key: a letter and 80 random bits; never given twice. */
export function newId(letter: 'S' | 'I' | 'K'): string {
  return letter + randomBytes(10).toString('hex').toUpperCase();
}

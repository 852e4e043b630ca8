import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { AppError } from '@cairn/kernel';

/** Field encryption and blind index under keys derived from one master key. */
export interface Secrets {
  /**
   * Encrypts one field. `context` names table, row and column; the same bytes moved to another
   * row do not decrypt. Layout: version 1, 12 bytes nonce, ciphertext, 16 bytes tag.
   */
  encrypt(plain: string, context: string): Uint8Array;
  /** The reverse; SECRET_UNREADABLE when bytes, key or context do not belong together. */
  decrypt(bytes: Uint8Array, context: string): string;
  /** HMAC-SHA-256 of a normalised value, for equality search without keeping the value. */
  digest(value: string): Uint8Array;
}

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Derives the keys from a master key of at least 32 bytes. */
export function secretsFrom(master: Uint8Array): Secrets {
  if (master.byteLength < 32) throw new AppError('MASTER_KEY_SHORT', { bytes: master.byteLength });
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', master, 'cairn', purpose, 32));
  const fieldKey = derive('field-encryption-1');
  const indexKey = derive('blind-index-1');
  return {
    encrypt(plain, context) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', fieldKey, nonce).setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([Uint8Array.of(VERSION), nonce, body, cipher.getAuthTag()]);
    },
    decrypt(bytes, context) {
      const all = Buffer.from(bytes);
      try {
        if (all[0] !== VERSION) throw new Error(`unknown version ${all[0]}`);
        const nonce = all.subarray(1, 1 + NONCE_BYTES);
        const body = all.subarray(1 + NONCE_BYTES, -TAG_BYTES);
        const decipher = createDecipheriv('aes-256-gcm', fieldKey, nonce);
        decipher.setAAD(Buffer.from(context)).setAuthTag(all.subarray(-TAG_BYTES));
        return decipher.update(body, undefined, 'utf8') + decipher.final('utf8');
      } catch (error) {
        throw new AppError('SECRET_UNREADABLE', { context }, { cause: error });
      }
    },
    digest: (value) => createHmac('sha256', indexKey).update(value, 'utf8').digest(),
  };
}

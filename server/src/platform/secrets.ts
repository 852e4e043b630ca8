/**
 * Field encryption under master keys that can be changed while the house runs, and the keyed digests
 * by which encrypted values are found again.
 *
 * A ciphertext says by its first byte how it was made and, from version 2 on, under which key:
 *
 *   1  AES-256-GCM                 nonce 12, body, tag 16; from before keys had names
 *   2  AES-256-GCM                 key name 4, nonce 12, body, tag 16
 *   3  SM4-CTR, then HMAC-SM3      key name 4, counter 16, body, tag 32
 *
 * SM4 stands with HMAC-SM3 because the engine has no SM4-GCM. The digests keep the key of the first
 * day: the identity digest names the customer, so it may never change.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { AppError } from '@cairn/kernel';

/** Which algorithms are written: AES and SHA-256, or the Chinese SM4 and SM3. Both are read. */
export type Algorithms = 'international' | 'chinese';
export const ALGORITHMS: readonly Algorithms[] = ['international', 'chinese'];

/** The master keys of a house: the first one encrypts, all decrypt. */
export interface KeyRing {
  readonly masters: readonly Uint8Array[];
  /** The key of the digests; made from the only master as long as there was no other. */
  readonly index?: Uint8Array;
}

/** Field encryption and blind index. */
export interface Secrets {
  /** What is written, for the chain of the audit too. */
  readonly algorithms: Algorithms;
  /**
   * Encrypts one field. `context` names table, row and column; the same bytes moved to another
   * row do not decrypt.
   */
  encrypt(plain: string, context: string): Uint8Array;
  /** The reverse; SECRET_UNREADABLE when bytes, key or context do not belong together. */
  decrypt(bytes: Uint8Array, context: string): string;
  /** The same of bytes that are no text. */
  seal(plain: Uint8Array, context: string): Uint8Array;
  open(bytes: Uint8Array, context: string): Buffer;
  /** What every ciphertext made now begins with: its version and the name of the present key. */
  prefix(): Uint8Array;
  /** HMAC-SHA-256 of a normalised value, for equality search without keeping the value. */
  digest(value: string): Uint8Array;
  /** Takes other keys from now on, in the place of those it had. */
  use(ring: KeyRing): void;
  /** The key of the digests. */
  indexKey(): Uint8Array;
}

const KEY_BYTES_MIN = 32;
const NAME_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const COUNTER_BYTES = 16;
const MAC_BYTES = 32;
const UNNAMED = 1;
const AES = 2;
const SM4 = 3;

/** The keys that come from one master key. */
interface Keys {
  readonly name: Buffer;
  readonly aes: Buffer;
  readonly sm4: Buffer;
  readonly sm3: Buffer;
}

const derive = (hash: string, master: Uint8Array, purpose: string, bytes: number): Buffer =>
  Buffer.from(hkdfSync(hash, master, 'cairn', purpose, bytes));

function keysOf(master: Uint8Array): Keys {
  if (master.byteLength < KEY_BYTES_MIN) {
    throw new AppError('MASTER_KEY_SHORT', { bytes: master.byteLength });
  }
  return {
    name: createHash('sha256')
      .update('cairn key name')
      .update(master)
      .digest()
      .subarray(0, NAME_BYTES),
    aes: derive('sha256', master, 'field-encryption-1', 32),
    sm4: derive('sm3', master, 'field-encryption-sm4', 16),
    sm3: derive('sm3', master, 'field-authentication-sm3', 32),
  };
}

/** The key of the digests that belongs to a master key. */
export function indexKeyOf(master: Uint8Array): Buffer {
  return derive('sha256', master, 'blind-index-1', 32);
}

function sealAes(keys: Keys, plain: Uint8Array, context: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const head = Buffer.concat([Uint8Array.of(AES), keys.name]);
  const cipher = createCipheriv('aes-256-gcm', keys.aes, nonce);
  cipher.setAAD(Buffer.concat([head, Buffer.from(context)]));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([head, nonce, body, cipher.getAuthTag()]);
}

function openAes(key: Buffer, sealed: Buffer, bound: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(bound).setAuthTag(sealed.subarray(-TAG_BYTES));
  const body = sealed.subarray(NONCE_BYTES, -TAG_BYTES);
  return Buffer.concat([decipher.update(body), decipher.final()]);
}

/** The tag binds everything that stands before it, and the context, whose length it says. */
function macOf(keys: Keys, written: Buffer, context: string): Buffer {
  const bound = Buffer.from(context);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bound.length);
  return createHmac('sm3', keys.sm3).update(length).update(bound).update(written).digest();
}

function sealSm4(keys: Keys, plain: Uint8Array, context: string): Buffer {
  const counter = randomBytes(COUNTER_BYTES);
  const cipher = createCipheriv('sm4-ctr', keys.sm4, counter);
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  const written = Buffer.concat([Uint8Array.of(SM4), keys.name, counter, body]);
  return Buffer.concat([written, macOf(keys, written, context)]);
}

function openSm4(keys: Keys, bytes: Buffer, context: string): Buffer {
  const written = bytes.subarray(0, -MAC_BYTES);
  if (!timingSafeEqual(macOf(keys, written, context), bytes.subarray(-MAC_BYTES))) {
    throw new Error('the tag is another');
  }
  const at = 1 + NAME_BYTES;
  const counter = written.subarray(at, at + COUNTER_BYTES);
  const decipher = createDecipheriv('sm4-ctr', keys.sm4, counter);
  const body = written.subarray(at + COUNTER_BYTES);
  return Buffer.concat([decipher.update(body), decipher.final()]);
}

class Ring implements Secrets {
  readonly algorithms: Algorithms;
  private readonly reload: (() => KeyRing) | undefined;
  private keys: readonly Keys[] = [];
  private index: Buffer = Buffer.alloc(0);

  constructor(ring: KeyRing, algorithms: Algorithms, reload?: () => KeyRing) {
    this.algorithms = algorithms;
    this.reload = reload;
    this.use(ring);
  }

  use({ masters, index }: KeyRing): void {
    const oldest = masters.at(-1);
    if (oldest === undefined) throw new AppError('MASTER_KEY_SHORT', { bytes: 0 });
    this.keys = masters.map(keysOf);
    this.index = index === undefined ? indexKeyOf(oldest) : Buffer.from(index);
  }

  encrypt(plain: string, context: string): Uint8Array {
    return this.seal(Buffer.from(plain, 'utf8'), context);
  }

  decrypt(bytes: Uint8Array, context: string): string {
    return this.open(bytes, context).toString('utf8');
  }

  seal(plain: Uint8Array, context: string): Uint8Array {
    const seal = this.algorithms === 'chinese' ? sealSm4 : sealAes;
    return seal(this.first, plain, context);
  }

  open(bytes: Uint8Array, context: string): Buffer {
    const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    try {
      return all[0] === UNNAMED ? this.openUnnamed(all, context) : this.openNamed(all, context);
    } catch (error) {
      throw new AppError('SECRET_UNREADABLE', { context }, { cause: error });
    }
  }

  prefix(): Uint8Array {
    return Buffer.concat([
      Uint8Array.of(this.algorithms === 'chinese' ? SM4 : AES),
      this.first.name,
    ]);
  }

  digest(value: string): Uint8Array {
    return createHmac('sha256', this.index).update(value, 'utf8').digest();
  }

  indexKey(): Uint8Array {
    return Uint8Array.from(this.index);
  }

  private get first(): Keys {
    const [first] = this.keys;
    if (first === undefined) throw new Error('a ring has a key');
    return first;
  }

  private openNamed(all: Buffer, context: string): Buffer {
    const head = all.subarray(0, 1 + NAME_BYTES);
    const keys = this.find(head.subarray(1));
    if (keys === undefined) throw new Error('a key that is not here');
    if (all[0] === SM4) return openSm4(keys, all, context);
    if (all[0] !== AES) throw new Error(`unknown version ${all[0]}`);
    return openAes(
      keys.aes,
      all.subarray(head.length),
      Buffer.concat([head, Buffer.from(context)]),
    );
  }

  /** The key of a name; another process may have drawn it, so the ring is read again once. */
  private find(wanted: Buffer): Keys | undefined {
    const found = this.keys.find(({ name }) => name.equals(wanted));
    if (found !== undefined || this.reload === undefined) return found;
    this.use(this.reload());
    return this.keys.find(({ name }) => name.equals(wanted));
  }

  /** Which key it was is not said: the right one is the one that opens it. */
  private openUnnamed(all: Buffer, context: string): Buffer {
    let last: unknown;
    for (const { aes } of this.keys) {
      try {
        return openAes(aes, all.subarray(1), Buffer.from(context));
      } catch (error) {
        last = error;
      }
    }
    throw last;
  }
}

/**
 * Secrets under a ring of master keys of at least 32 bytes each. `reload` gives the ring as it is
 * now, when a ciphertext names a key that is not here. MASTER_KEY_SHORT.
 */
export function secretsOf(
  ring: KeyRing,
  algorithms: Algorithms = 'international',
  reload?: () => KeyRing,
): Secrets {
  return new Ring(ring, algorithms, reload);
}

/** Secrets under one master key. MASTER_KEY_SHORT. */
export function secretsFrom(master: Uint8Array, algorithms?: Algorithms): Secrets {
  return secretsOf({ masters: [master] }, algorithms);
}

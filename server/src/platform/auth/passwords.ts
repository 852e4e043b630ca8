import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { hash, verify } from '@node-rs/argon2';
import { AppError } from '@cairn/kernel';
import { DENIED_WORDS } from './denied-passwords.ts';

/** The longest password in characters. */
export const PASSWORD_LENGTH_MAX = 128;

// The ten thousand most used of leaked passwords, and the long ones among fifty thousand, in lower
// case: a list of zxcvbn-ts under the licence beside it.
const COMMON: ReadonlySet<string> = new Set(
  gunzipSync(readFileSync(new URL('./leaked-passwords.txt.gz', import.meta.url)))
    .toString('utf8')
    .split('\n'),
);

// The library's default algorithm is argon2id; OWASP's second choice: 19 MiB, two passes, one lane.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

// A hash of a random text nobody knows: an unknown account costs the same time as a known one.
const NOBODY = await hash(crypto.randomUUID(), COST);

const RUNNING_MAX = 2;
const WAITING_MAX = 32;

/** Lets few hashes run at once: each takes 19 MiB and some 60 ms of a core. */
class Turns {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  async take<T>(body: () => Promise<T>): Promise<T> {
    if (this.running >= RUNNING_MAX) await this.wait();
    this.running += 1;
    try {
      return await body();
    } finally {
      this.running -= 1;
      this.waiting.shift()?.();
    }
  }

  private wait(): Promise<void> {
    if (this.waiting.length >= WAITING_MAX)
      throw new AppError('OVERLOADED', { retryAfterSeconds: 2 });
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}

const turns = new Turns();

/** Hashes a password for storage. OVERLOADED when too many wait. */
export function hashPassword(password: string): Promise<string> {
  return turns.take(() => hash(password.normalize('NFC'), COST));
}

/** Whether the password is the one of the hash; without a hash false, after the same work. */
export function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  return turns.take(async () => {
    const isRight = await verify(stored ?? NOBODY, password.normalize('NFC'));
    return stored !== null && isRight;
  });
}

/** PASSWORD_WEAK with the reason in both languages when a password breaks a rule. */
export function assertPasswordRules(password: string, userName: string, lengthMin: number): void {
  const refuse = (reason: string, reasonZh: string) => {
    throw new AppError('PASSWORD_WEAK', { reason, reasonZh });
  };
  const characters = Array.from(password.normalize('NFC'));
  if (characters.length < lengthMin) {
    refuse(`it has fewer than ${lengthMin} characters`, `少于 ${lengthMin} 个字符`);
  }
  const lower = password.toLowerCase();
  if (lower.includes(userName.toLowerCase())) {
    refuse('it contains the user name', '包含用户名');
  }
  if (new Set(characters).size < 5) {
    refuse('it has fewer than 5 different characters', '不同的字符少于 5 个');
  }
  const letters = lower.replaceAll(/[^\p{L}]/gu, '');
  const core = readDisguise(lower.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, ''));
  const isKnown = (text: string) => DENIED_WORDS.has(text) || COMMON.has(text);
  if (letters === '' || isKnown(lower) || isKnown(letters) || isKnown(core)) {
    refuse('it is among the passwords tried first', '属于最常被猜测的密码');
  }
}

/** The letters a word is written for with digits and signs: p@ssw0rd is password. */
function readDisguise(text: string): string {
  const signs: Readonly<Record<string, string>> = {
    '@': 'a',
    '4': 'a',
    '3': 'e',
    '1': 'i',
    '!': 'i',
    '0': 'o',
    $: 's',
    '5': 's',
  };
  return Array.from(text, (sign) => signs[sign] ?? sign)
    .join('')
    .replaceAll(/[^\p{L}]/gu, '');
}

/** A demonstration broker that is served, and people who work in it. */
import { spawnSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Broker, type Parts } from '../journeys/broker.ts';
import { ROOT, Running } from '../journeys/served.ts';
import { codeNow } from './totp.ts';

const HALF_MINUTE_MS = 30_000;
const PROOF_MS = 5 * 60_000;

/** Every password of these people; drawn anew for each run. */
export const PASSWORD = `Stones-${randomBytes(9).toString('base64url')}`;

/** The journeys in a house are called this and its parts; others run them by that name. */
export const CONSOLE_OF = 'the console of';

/** Someone who can log in: a phone is bound to the account at the first login. */
export interface Person {
  readonly userName: string;
}

/** The console as `npm start` builds it, when its sources changed. */
export function buildConsole(): void {
  const args = [join(ROOT, 'scripts/build-web.mjs'), '--if-stale'];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

/** A broker that is served, with the people who work in it. */
export class House {
  readonly url: string;
  readonly bootstrapKey: string;
  readonly close: () => Promise<void>;
  private admin: { userName: string; secret: string; token: string; provenAt: number } | undefined;
  private hired = 0;

  private constructor(parts: { url: string; bootstrapKey: string; close: () => Promise<void> }) {
    this.url = parts.url;
    this.bootstrapKey = parts.bootstrapKey;
    this.close = parts.close;
  }

  /** The demonstration in an empty installation of its own. */
  static async open(parts: Parts): Promise<House> {
    const broker = await Broker.open(parts);
    try {
      await broker.serve();
    } catch (error) {
      await broker.close();
      throw error;
    }
    const { url, bootstrapKey } = broker;
    return new House({ url, bootstrapKey, close: () => broker.close() });
  }

  /** The program over a database that is there, without the demonstration; nothing is dropped. */
  static async over(dataDir: string, settings: Readonly<Record<string, string>>): Promise<House> {
    const server = new Running(dataDir, ['serve'], settings);
    const url = (await server.prints(/open (http:\S+?)(\/\w*)? \/ /))[1] ?? '';
    const bootstrapKey = (await server.prints(/One-time[^\n]*: (\S+)/))[1] ?? '';
    const close = async () => void (await server.stop('SIGTERM'));
    return new House({ url, bootstrapKey, close });
  }

  /** The first administrator by the API alone; he hires from here on. */
  async found(): Promise<void> {
    const userName = 'house.admin';
    const { bootstrapKey } = this;
    await this.call('POST', '/auth/bootstrap', { bootstrapKey, userName, password: PASSWORD });
    const { token, secret } = await this.bind({ userName, password: PASSWORD });
    this.admin = { userName, secret, token, provenAt: Date.now() };
  }

  /** Calls the API as a program does; refuses anything but success. */
  async call<T>(method: string, path: string, body?: object, token?: string): Promise<T> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  /** Logs a person in by the API, binding a phone to the account that has none; gives the token. */
  async logIn({ userName }: Person): Promise<string> {
    return (await this.bind({ userName, password: PASSWORD })).token;
  }

  private async bind(login: object): Promise<{ token: string; secret: string }> {
    const { token } = await this.call<{ token: string }>('POST', '/auth/login', login);
    const enrolment = await this.call<{ secret: string }>(
      'POST',
      '/auth/second-factor/enrolment',
      {},
      token,
    );
    const { secret } = enrolment;
    const confirmed = await this.call<{ token: string }>(
      'POST',
      '/auth/second-factor/confirmation',
      { code: codeNow(secret) },
      token,
    );
    return { token: confirmed.token, secret };
  }

  /**
   * The administrator hires from here on. His code of this half minute was used when the phone was
   * bound; that of the next one is taken already, for phones whose clock is ahead.
   */
  async employ({ userName }: Person, secret: string, aheadMs = HALF_MINUTE_MS): Promise<void> {
    const body = { userName, password: PASSWORD, code: codeNow(secret, aheadMs) };
    const { token } = await this.call<{ token: string }>('POST', '/auth/login', body);
    this.admin = { userName, secret, token, provenAt: Date.now() };
  }

  /** The administrator's token; who hires must have proved himself within ten minutes. */
  private async adminToken(): Promise<string> {
    const { admin } = this;
    if (admin === undefined) throw new Error('there is no administrator yet');
    if (Date.now() - admin.provenAt > PROOF_MS) await this.employ(admin, admin.secret, 0);
    return this.admin?.token ?? '';
  }

  /** A new member of staff, active and without a phone bound. */
  async hire(role: string): Promise<Person> {
    this.hired += 1;
    const userName = `${role.toLowerCase()}.${this.hired}`;
    const made = await this.call<{ activationCode: string }>(
      'POST',
      '/staff',
      { userName, roles: [role] },
      await this.adminToken(),
    );
    const { activationCode } = made;
    await this.call('POST', '/auth/activate', { userName, activationCode, password: PASSWORD });
    return { userName };
  }
}

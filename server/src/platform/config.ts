/**
 * Settings come from the environment, are read once at start and never change while the process
 * runs. Every fault is reported at once, in both languages; an unknown CAIRN_ variable is a fault,
 * because a misspelt setting that is silently ignored is worse than a refused start.
 */
import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { type Algorithms, ALGORITHMS } from './secrets.ts';

// A batch in flight keeps about one core busy, here or in the database: more lanes than cores only
// make batches smaller.
const LANES_DEFAULT = Math.min(Math.max(availableParallelism(), 2), 16);

/** The parts of the program one process may play. */
export type ProcessRole = 'api' | 'jobs' | 'stream';

/** Log levels, from most to least. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** Everything an operator can set. Units stand last in the names. */
export interface Settings {
  /** PostgreSQL connection string (DATABASE_URL); the embedded database without it. */
  readonly databaseUrl?: string;
  /**
   * PostgreSQL address of the role that owns the tables (CAIRN_OWNER_DATABASE_URL), used at start to
   * bring the schema up and to give the role of `databaseUrl` no more than it needs.
   */
  readonly ownerDatabaseUrl?: string;
  /** NATS servers with JetStream (NATS_URL) for the stream of events; in this process without it. */
  readonly natsUrl?: string;
  /** The name of the stream on NATS, for brokers that several installations share. */
  readonly streamName: string;
  /** Absolute folder of the embedded database, files and the key file. */
  readonly dataDir: string;
  /** Absolute folder exchanged with registrars and the bank. */
  readonly exchangeDir: string;
  /** Our DistributorCode at the registrars: 1 to 9 letters and digits. */
  readonly distributorCode: string;
  readonly port: number;
  /** Where probes come in beside the port, before any crowd there; 0: nowhere. */
  readonly probePort: number;
  readonly host: string;
  readonly roles: readonly ProcessRole[];
  readonly poolSize: number;
  /** How far the clock of this machine may be from that of PostgreSQL at start. */
  readonly clockSecondsMax: number;
  /** Lanes of the batch executor: batches in flight at once. */
  readonly lanes: number;
  readonly batchSizeMax: number;
  readonly batchWaitMs: number;
  /** Commands waiting in all lanes before new ones are refused with 503. */
  readonly queueMax: number;
  /** Requests in hand, beside those with a limit of their own, before new ones are refused with 503. */
  readonly requestsMax: number;
  /** How long a statement of a request that reads may take in PostgreSQL; 0: as long as it takes. */
  readonly readingSecondsMax: number;
  /** Requests of one person, and of one partner key, a minute; evenly filled, a minute's worth at once. */
  readonly personRequestsPerMinute: number;
  readonly keyRequestsPerMinute: number;
  /** Answers 401, 403 and 404 to one caller in a minute before it is told as signs of attack. */
  readonly refusalsPerMinute: number;
  /** Largest JSON body in bytes. */
  readonly bodyBytesMax: number;
  /**
   * Master keys given in the environment, 32 bytes each, the present one first. Instead of them the
   * absolute path of a file that holds them, or a command that prints them, such as the client of a
   * key management system; without all three the key file in the data folder.
   */
  readonly masterKeys?: readonly Uint8Array[];
  readonly masterKeyFile?: string;
  readonly masterKeyCommand?: string;
  /** What is encrypted and chained with; both kinds are read. */
  readonly algorithms: Algorithms;
  readonly passwordLengthMin: number;
  readonly sessionIdleMinutes: number;
  readonly sessionHoursMax: number;
  /** Failed logins from one address on one account before it is slowed down. */
  readonly lockoutFailures: number;
  readonly activationHours: number;
  /** How long a proof of who sits there holds before acts that ask for it. */
  readonly stepUpMinutes: number;
  /** Days after which a password must be changed; 0 never asks. */
  readonly passwordDaysMax: number;
  /** Days without a login after which a staff account is disabled; 0 never. */
  readonly unusedDaysMax: number;
  /** From this value on, an investor's redemption asks for a fresh proof; in yuan. */
  readonly investorProofYuan: number;
  /** Networks of the proxies before this server: whom they name is taken for the caller. */
  readonly trustedProxies: readonly string[];
  /** Networks from which administrators work; anywhere when empty. */
  readonly adminNetworks: readonly string[];
  /** Networks that are shown numbers of operation and the documentation; all when empty. */
  readonly operationsNetworks: readonly string[];
  /** Whether a partner key may be used without signing what is sent. */
  readonly partnerSignatures: 'optional' | 'required';
  /** The origin that browsers see, behind a proxy that changes the host name. */
  readonly publicOrigin?: string;
  readonly logLevel: LogLevel;
}

/** One fault of the environment, with its variable and both texts. */
export interface SettingFault {
  readonly variable: string;
  readonly message: string;
  readonly messageZh: string;
}

/** Thrown by `loadSettings`; lists every fault, never a value that may be a secret. */
export class SettingsError extends Error {
  readonly faults: readonly SettingFault[];

  constructor(faults: readonly SettingFault[]) {
    super(['Settings refused / 配置被拒绝:', ...faults.map(describeFault)].join('\n'));
    this.name = 'SettingsError';
    this.faults = faults;
  }
}

function describeFault(fault: SettingFault): string {
  return `  ${fault.variable}: ${fault.message} / ${fault.messageZh}`;
}

const LOG_LEVELS: readonly LogLevel[] = ['trace', 'debug', 'info', 'warn', 'error', 'silent'];
const PROCESS_ROLES: readonly ProcessRole[] = ['api', 'jobs', 'stream'];

const SIGNATURES = ['optional', 'required'] as const;

const OWNER_URL = 'CAIRN_OWNER_DATABASE_URL';

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads variables, remembers which were asked for, and collects faults. */
class Reader {
  readonly known = new Set<string>();
  readonly faults: SettingFault[] = [];
  private readonly env: Environment;

  constructor(env: Environment) {
    this.env = env;
  }

  find(variable: string): string | undefined {
    this.known.add(variable);
    const value = this.env[variable];
    return value === undefined || value === '' ? undefined : value;
  }

  fault(variable: string, message: string, messageZh: string): void {
    this.faults.push({ variable, message, messageZh });
  }

  text(variable: string, fallback: string): string {
    return this.find(variable) ?? fallback;
  }

  integer(variable: string, fallback: number, min: number, max: number): number {
    const text = this.find(variable);
    if (text === undefined) return fallback;
    const value = /^(0|[1-9]\d{0,9})$/.test(text) ? Number.parseInt(text, 10) : Number.NaN;
    if (value >= min && value <= max) return value;
    this.fault(
      variable,
      `must be a whole number from ${min} to ${max}`,
      `必须是 ${min} 到 ${max} 之间的整数`,
    );
    return fallback;
  }

  oneOf<T extends string>(variable: string, fallback: T, allowed: readonly T[]): T {
    const text = this.find(variable);
    if (text === undefined) return fallback;
    const found = allowed.find((item) => item === text);
    if (found !== undefined) return found;
    const list = allowed.join(', ');
    this.fault(variable, `must be one of ${list}`, `必须是以下之一：${list}`);
    return fallback;
  }

  listOf<T extends string>(variable: string, allowed: readonly T[]): readonly T[] {
    const text = this.find(variable);
    if (text === undefined) return allowed;
    const parts = text.split(',').map((part) => part.trim());
    const found = allowed.filter((item) => parts.includes(item));
    if (found.length === parts.length) return found;
    const list = allowed.join(', ');
    this.fault(variable, `must list some of ${list}, each once`, `必须列出 ${list}，每项一次`);
    return allowed;
  }
}

function readDatabaseUrl(reader: Reader, variable: string): string | undefined {
  const text = reader.find(variable);
  if (text === undefined) return undefined;
  const protocol = URL.canParse(text) ? new URL(text).protocol : '';
  if (protocol === 'postgres:' || protocol === 'postgresql:') return text;
  reader.fault(
    variable,
    'must be a PostgreSQL address such as postgres://user:password@host:5432/name',
    '必须是 PostgreSQL 地址，例如 postgres://user:password@host:5432/name',
  );
  return undefined;
}

function readOwnerUrl(reader: Reader, databaseUrl: string | undefined): string | undefined {
  const text = readDatabaseUrl(reader, OWNER_URL);
  if (text !== undefined && databaseUrl === undefined) {
    reader.fault(OWNER_URL, 'needs DATABASE_URL beside it', '须同时设置 DATABASE_URL');
  }
  return text;
}

function readNatsUrl(reader: Reader): string | undefined {
  const text = reader.find('NATS_URL');
  if (text === undefined) return undefined;
  const isAddress = (one: string) =>
    URL.canParse(one) && /^(nats|tls):$/.test(new URL(one).protocol);
  if (text.split(',').every(isAddress)) return text;
  reader.fault(
    'NATS_URL',
    'must be NATS addresses such as nats://host:4222, separated by commas',
    '必须是以逗号分隔的 NATS 地址，例如 nats://host:4222',
  );
  return undefined;
}

function readStreamName(reader: Reader): string {
  const text = reader.text('CAIRN_STREAM', 'CAIRN');
  if (/^[A-Z][A-Z0-9_]{0,30}$/.test(text)) return text;
  reader.fault(
    'CAIRN_STREAM',
    'must be 1 to 31 capital letters, digits and underscores',
    '必须是 1 到 31 位大写字母、数字或下划线',
  );
  return 'CAIRN';
}

function readMasterKeys(reader: Reader): readonly Uint8Array[] | undefined {
  const text = reader.find('CAIRN_MASTER_KEY');
  if (text === undefined) return undefined;
  if (/^[0-9a-f]{64}(,[0-9a-f]{64})*$/i.test(text)) {
    return text.split(',').map((key) => Buffer.from(key, 'hex'));
  }
  reader.fault(
    'CAIRN_MASTER_KEY',
    'must be 64 hexadecimal digits (32 random bytes); older keys may follow, separated by commas',
    '必须是 64 个十六进制数字（32 个随机字节）；其后可用逗号列出旧密钥',
  );
  return undefined;
}

const MASTER_KEY_SOURCES = [
  'CAIRN_MASTER_KEY',
  'CAIRN_MASTER_KEY_FILE',
  'CAIRN_MASTER_KEY_COMMAND',
] as const;

/** Where master keys come from; the file and the command are read when the keys are needed. */
function readKeySource(
  reader: Reader,
): Pick<Settings, 'masterKeys' | 'masterKeyFile' | 'masterKeyCommand'> {
  const given = MASTER_KEY_SOURCES.filter((variable) => reader.find(variable) !== undefined);
  for (const variable of given.slice(1)) {
    reader.fault(variable, `not beside ${given[0]}`, `不能与 ${given[0]} 同时设置`);
  }
  const masterKeys = readMasterKeys(reader);
  const file = reader.find('CAIRN_MASTER_KEY_FILE');
  const command = reader.find('CAIRN_MASTER_KEY_COMMAND');
  return {
    ...(masterKeys === undefined ? {} : { masterKeys }),
    ...(file === undefined ? {} : { masterKeyFile: resolve(file) }),
    ...(command === undefined ? {} : { masterKeyCommand: command }),
  };
}

function readHost(reader: Reader): string {
  const text = reader.text('CAIRN_HOST', '127.0.0.1');
  if (/^[A-Za-z0-9.:_-]{1,255}$/.test(text)) return text;
  reader.fault('CAIRN_HOST', 'must be a host name or an address', '必须是主机名或地址');
  return '127.0.0.1';
}

function readDistributorCode(reader: Reader): string {
  const text = reader.text('CAIRN_DISTRIBUTOR_CODE', '305');
  if (/^[0-9A-Z]{1,9}$/.test(text)) return text;
  reader.fault(
    'CAIRN_DISTRIBUTOR_CODE',
    'must be 1 to 9 capital letters and digits',
    '必须是 1 到 9 位大写字母或数字',
  );
  return '305';
}

function readPublicOrigin(reader: Reader): string | undefined {
  const text = reader.find('CAIRN_PUBLIC_ORIGIN');
  if (text === undefined) return undefined;
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) {
    if (new URL(text).origin === text) return text;
  }
  reader.fault(
    'CAIRN_PUBLIC_ORIGIN',
    'must be an origin such as https://wealth.example.com',
    '必须是来源地址，例如 https://wealth.example.com',
  );
  return undefined;
}

/** Addresses and networks such as 10.0.0.0/8, separated by commas. */
function readNetworks(reader: Reader, variable: string): readonly string[] {
  const networks = (reader.find(variable) ?? '').split(',').map((part) => part.trim());
  const isNetwork = (text: string) => {
    const [, address = '', bits = '0'] = /^([0-9a-fA-F.:]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
    const kind = isIP(address);
    return kind !== 0 && Number.parseInt(bits, 10) <= (kind === 4 ? 32 : 128);
  };
  if (networks.join('') === '') return [];
  if (networks.every(isNetwork)) return networks;
  reader.fault(
    variable,
    'must be addresses or networks such as 10.0.0.0/8, separated by commas',
    '必须是以逗号分隔的地址或网段，例如 10.0.0.0/8',
  );
  return [];
}

function refuseUnknown(reader: Reader, env: Environment): void {
  for (const variable of Object.keys(env).sort()) {
    if (!variable.startsWith('CAIRN_') || reader.known.has(variable)) continue;
    reader.fault(variable, 'is not a setting of Cairn', '不是聚石的配置项');
  }
}

/**
 * Reads and checks the settings. SettingsError with every fault at once. `CAIRN_DATA` (a folder of
 * real data for tests and the real run) is known here but belongs to those commands.
 */
export function loadSettings(env: Environment): Settings {
  const reader = new Reader(env);
  reader.find('CAIRN_DATA');
  const databaseUrl = readDatabaseUrl(reader, 'DATABASE_URL');
  const ownerDatabaseUrl = readOwnerUrl(reader, databaseUrl);
  const natsUrl = readNatsUrl(reader);
  const keySource = readKeySource(reader);
  const publicOrigin = readPublicOrigin(reader);
  const dataDir = resolve(reader.text('CAIRN_DATA_DIR', '.cairn'));
  const settings: Settings = {
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(ownerDatabaseUrl === undefined ? {} : { ownerDatabaseUrl }),
    ...keySource,
    ...(natsUrl === undefined ? {} : { natsUrl }),
    streamName: readStreamName(reader),
    ...(publicOrigin === undefined ? {} : { publicOrigin }),
    dataDir,
    exchangeDir: resolve(reader.text('CAIRN_EXCHANGE_DIR', join(dataDir, 'exchange'))),
    distributorCode: readDistributorCode(reader),
    port: reader.integer('CAIRN_PORT', 8080, 0, 65_535),
    probePort: reader.integer('CAIRN_PROBE_PORT', 0, 0, 65_535),
    host: readHost(reader),
    roles: reader.listOf('CAIRN_ROLES', PROCESS_ROLES),
    poolSize: reader.integer('CAIRN_POOL_SIZE', 8, 2, 200),
    clockSecondsMax: reader.integer('CAIRN_CLOCK_SECONDS_MAX', 30, 1, 86_400),
    lanes: reader.integer('CAIRN_LANES', LANES_DEFAULT, 1, 64),
    batchSizeMax: reader.integer('CAIRN_BATCH_SIZE_MAX', 500, 1, 5_000),
    batchWaitMs: reader.integer('CAIRN_BATCH_WAIT_MS', 2, 0, 100),
    queueMax: reader.integer('CAIRN_QUEUE_MAX', 2_000, 1, 1_000_000),
    requestsMax: reader.integer('CAIRN_REQUESTS_MAX', 500, 1, 100_000),
    readingSecondsMax: reader.integer('CAIRN_READING_SECONDS_MAX', 5, 0, 600),
    personRequestsPerMinute: reader.integer(
      'CAIRN_PERSON_REQUESTS_PER_MINUTE',
      3_000,
      60,
      100_000_000,
    ),
    keyRequestsPerMinute: reader.integer('CAIRN_KEY_REQUESTS_PER_MINUTE', 600_000, 60, 100_000_000),
    refusalsPerMinute: reader.integer('CAIRN_REFUSALS_PER_MINUTE', 60, 1, 1_000_000),
    bodyBytesMax: reader.integer('CAIRN_BODY_BYTES_MAX', 1_048_576, 1_024, 67_108_864),
    passwordLengthMin: reader.integer('CAIRN_PASSWORD_LENGTH_MIN', 12, 8, 64),
    sessionIdleMinutes: reader.integer('CAIRN_SESSION_IDLE_MINUTES', 15, 1, 480),
    sessionHoursMax: reader.integer('CAIRN_SESSION_HOURS_MAX', 12, 1, 72),
    lockoutFailures: reader.integer('CAIRN_LOCKOUT_FAILURES', 5, 3, 20),
    activationHours: reader.integer('CAIRN_ACTIVATION_HOURS', 24, 1, 168),
    stepUpMinutes: reader.integer('CAIRN_STEP_UP_MINUTES', 10, 1, 60),
    passwordDaysMax: reader.integer('CAIRN_PASSWORD_DAYS_MAX', 0, 0, 3_650),
    unusedDaysMax: reader.integer('CAIRN_UNUSED_DAYS_MAX', 90, 0, 3_650),
    investorProofYuan: reader.integer('CAIRN_INVESTOR_PROOF_YUAN', 50_000, 0, 1_000_000_000),
    algorithms: reader.oneOf('CAIRN_ALGORITHMS', 'international', ALGORITHMS),
    trustedProxies: readNetworks(reader, 'CAIRN_TRUSTED_PROXIES'),
    adminNetworks: readNetworks(reader, 'CAIRN_ADMIN_NETWORKS'),
    operationsNetworks: readNetworks(reader, 'CAIRN_OPERATIONS_NETWORKS'),
    partnerSignatures: reader.oneOf('CAIRN_PARTNER_SIGNATURES', 'optional', SIGNATURES),
    logLevel: reader.oneOf('CAIRN_LOG_LEVEL', 'info', LOG_LEVELS),
  };
  refuseUnknown(reader, env);
  if (reader.faults.length > 0) throw new SettingsError(reader.faults);
  return settings;
}

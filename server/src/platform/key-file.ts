/**
 * The master keys of an installation: given in the environment, in a file or by a command that
 * somebody else keeps them with, or in `master.key` of the data folder. That file has the present
 * key in its first line and, after a change, the older ones below it and the key of the digests,
 * which stays for ever.
 */
import { execSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { AppError } from '@cairn/kernel';
import { type Settings, SettingsError } from './config.ts';
import { indexKeyOf, type KeyRing } from './secrets.ts';

const KEY = /^[0-9a-f]{64}$/;
const INDEX = /^index [0-9a-f]{64}$/;

/** Where the keys are, as the settings say. */
export type Place = Pick<Settings, 'dataDir' | 'masterKeys' | 'masterKeyFile' | 'masterKeyCommand'>;

const pathOf = (dataDir: string): string => join(dataDir, 'master.key');
const textOf = (key: Uint8Array): string => Buffer.from(key).toString('hex');

/** The variable that somebody else gives the keys by; undefined when they are in our own file. */
export function givenBy(place: Place): string | undefined {
  if (place.masterKeys !== undefined) return 'CAIRN_MASTER_KEY';
  if (place.masterKeyFile !== undefined) return 'CAIRN_MASTER_KEY_FILE';
  return place.masterKeyCommand === undefined ? undefined : 'CAIRN_MASTER_KEY_COMMAND';
}

const COMMAND_MS_MAX = 30_000;

// What was read is never said: it may be a key with one digit too many.
const refuse = (variable: string, message: string, messageZh: string): never => {
  throw new SettingsError([{ variable, message, messageZh }]);
};

function readGiven({ masterKeyFile, masterKeyCommand }: Place): string | undefined {
  if (masterKeyFile !== undefined) {
    const variable = 'CAIRN_MASTER_KEY_FILE';
    if (!existsSync(masterKeyFile)) refuse(variable, 'is not there', '文件不存在');
    if (process.platform !== 'win32' && (statSync(masterKeyFile).mode & 0o007) !== 0) {
      refuse(variable, 'must not be readable by everybody', '不得对所有用户可读');
    }
    return readFileSync(masterKeyFile, 'utf8');
  }
  if (masterKeyCommand === undefined) return undefined;
  try {
    return execSync(masterKeyCommand, {
      encoding: 'utf8',
      timeout: COMMAND_MS_MAX,
      maxBuffer: 65_536,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  } catch (error) {
    const { status } = error as { status?: unknown };
    const ended = typeof status === 'number' ? `ended with status ${status}` : 'did not end well';
    return refuse(
      'CAIRN_MASTER_KEY_COMMAND',
      `${ended}; it has 30 s to print the keys`,
      '未成功结束；命令须在 30 秒内输出密钥',
    );
  }
}

/** Keys that somebody else keeps: the present one first, separated by commas or line ends. */
function givenRing(place: Place): KeyRing | undefined {
  if (place.masterKeys !== undefined) return { masters: place.masterKeys };
  const keys = readGiven(place)
    ?.trim()
    .toLowerCase()
    .split(/\s*[,\n]\s*/);
  if (keys === undefined || keys.every((key) => KEY.test(key))) {
    return keys === undefined ? undefined : { masters: keys.map((key) => Buffer.from(key, 'hex')) };
  }
  return refuse(
    givenBy(place) ?? '',
    'must give 64 hexadecimal digits; older keys may follow, separated by commas or line ends',
    '必须给出 64 个十六进制数字；其后可用逗号或换行列出旧密钥',
  );
}

/**
 * The keys: from where the settings say, else from our own file. An absent file is created with
 * random bytes and mode 0600 for a new installation; for one that has written under a key before it
 * is MASTER_KEY_MISSING. SettingsError when it is readable by others or damaged: losing or leaking
 * it is losing the personal data it protects.
 */
export function loadKeyRing(
  place: Place,
  { isNew }: { readonly isNew: boolean } = { isNew: false },
): KeyRing {
  const given = givenRing(place);
  if (given !== undefined) return given;
  const { dataDir } = place;
  mkdirSync(dataDir, { recursive: true });
  const path = pathOf(dataDir);
  if (!isNew && !existsSync(path)) throw new AppError('MASTER_KEY_MISSING', { path });
  try {
    writeFileSync(path, `${textOf(randomBytes(32))}\n`, { flag: 'wx', mode: 0o600 });
    chmodSync(path, 0o600);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const lines = readFileSync(path, 'utf8').trim().split('\n');
  const isPrivate = process.platform === 'win32' || (statSync(path).mode & 0o077) === 0;
  const keys = lines.filter((line) => KEY.test(line));
  const indexes = lines.filter((line) => INDEX.test(line));
  const isWhole = keys.length + indexes.length === lines.length && indexes.length <= 1;
  // With several keys the one of the digests must be said: it is that of none of them, or of one gone.
  if (isPrivate && isWhole && keys.length > 0 && (keys.length === 1 || indexes.length === 1)) {
    const [index] = indexes;
    return {
      masters: keys.map((key) => Buffer.from(key, 'hex')),
      ...(index === undefined ? {} : { index: Buffer.from(index.slice(6), 'hex') }),
    };
  }
  throw new SettingsError([
    {
      variable: 'CAIRN_DATA_DIR/master.key',
      message: 'must hold 64 hexadecimal digits and be readable by its owner only (mode 0600)',
      messageZh: '必须包含 64 个十六进制数字，且只有所有者可读（权限 0600）',
    },
  ]);
}

/** Writes the file anew: whole or not at all, on the disk before it takes the place of the old. */
function write(dataDir: string, masters: readonly Uint8Array[], index: Uint8Array): KeyRing {
  const path = pathOf(dataDir);
  const file = openSync(`${path}.new`, 'w', 0o600);
  try {
    writeSync(file, `${[...masters.map(textOf), `index ${textOf(index)}`].join('\n')}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  chmodSync(`${path}.new`, 0o600);
  renameSync(`${path}.new`, path);
  return { masters, index };
}

/** The key of the digests of a ring. */
function indexOf({ masters, index }: KeyRing): Uint8Array {
  return index ?? indexKeyOf(masters.at(-1) ?? Buffer.of());
}

/** Draws a key and puts it before the others of the file. */
export function drawKey(place: Place): KeyRing {
  const ring = loadKeyRing(place);
  return write(place.dataDir, [randomBytes(32), ...ring.masters], indexOf(ring));
}

/** Takes every key but the present one out of the file. */
export function dropOlderKeys(place: Place): KeyRing {
  const ring = loadKeyRing(place);
  return write(place.dataDir, ring.masters.slice(0, 1), indexOf(ring));
}

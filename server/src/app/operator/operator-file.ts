/**
 * The operator file: how commands on the same machine find the running server. It stands in the
 * data folder, readable by its owner only, holds a key that lives as long as the process, and goes
 * when the server stops.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the running server is and the key that its operator route asks for. */
export interface OperatorAccess {
  readonly url: string;
  readonly key: string;
  readonly pid: number;
}

const pathIn = (dataDir: string): string => join(dataDir, 'operator.json');

/** A new key: 256 random bits. */
export function newOperatorKey(): string {
  return randomBytes(32).toString('hex');
}

/** Writes the file whole, mode 0600. */
export function writeOperatorFile(dataDir: string, access: OperatorAccess): void {
  const path = pathIn(dataDir);
  const aside = `${path}.${access.pid}.tmp`;
  rmSync(aside, { force: true });
  writeFileSync(aside, `${JSON.stringify(access)}\n`, { flag: 'wx', mode: 0o600 });
  renameSync(aside, path);
}

/** What the file says; undefined when there is none that can be read. */
export function findOperatorAccess(dataDir: string): OperatorAccess | undefined {
  try {
    const read = JSON.parse(readFileSync(pathIn(dataDir), 'utf8')) as Partial<OperatorAccess>;
    const { url, key, pid } = read;
    if (typeof url !== 'string' || typeof key !== 'string' || typeof pid !== 'number') {
      return undefined;
    }
    return { url, key, pid };
  } catch {
    return undefined;
  }
}

/** Takes the file away if it is still the one of this key. */
export function removeOperatorFile(dataDir: string, key: string): void {
  if (findOperatorAccess(dataDir)?.key === key) rmSync(pathIn(dataDir), { force: true });
}

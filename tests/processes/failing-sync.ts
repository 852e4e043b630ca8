/** A disk that answers every flush with an error, on demand: a library that the database loads first. */
import { execFileSync } from 'node:child_process';
import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = fileURLToPath(new URL('./failing-sync.c', import.meta.url));

export class FailingSync {
  readonly #flag: string;
  /** The environment of the process that is to have such a disk. */
  readonly env: Readonly<Record<string, string>>;

  private constructor(library: string, flag: string) {
    this.#flag = flag;
    this.env = { LD_PRELOAD: library, FAILING_SYNC_FILE: flag };
  }

  /** Compiles it into the folder; undefined where there is no compiler for Linux. */
  static build(folder: string): FailingSync | undefined {
    if (process.platform !== 'linux') return undefined;
    const library = join(folder, 'failing-sync.so');
    try {
      execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, SOURCE, '-ldl'], {
        stdio: 'ignore',
      });
    } catch {
      return undefined;
    }
    chmodSync(library, 0o755);
    return new FailingSync(library, join(folder, 'flushes-fail'));
  }

  set(isFailing: boolean): void {
    if (isFailing) writeFileSync(this.#flag, '');
    else rmSync(this.#flag, { force: true });
  }
}

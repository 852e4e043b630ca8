/** A server as its operator starts it: a child process over a data folder. */
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../server/src/app/main.ts', import.meta.url));
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The environment of every command over this folder; no setting of the caller gets in. */
export function environmentFor(dataDir: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('CAIRN_') && name !== 'DATABASE_URL' && name !== 'NODE_OPTIONS',
  );
  return {
    ...Object.fromEntries(inherited),
    CAIRN_DATA_DIR: dataDir,
    CAIRN_PORT: '0',
    CAIRN_LOG_LEVEL: 'warn',
  };
}

/** A command that runs, and what it has printed so far. */
export class Running {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  private printed = '';

  constructor(
    dataDir: string,
    args: readonly string[],
    extra: Readonly<Record<string, string>> = {},
  ) {
    this.child = spawn(process.execPath, ['--conditions=development', MAIN, ...args], {
      cwd: ROOT,
      env: { ...environmentFor(dataDir), ...extra },
    });
    const add = (part: Buffer) => {
      this.printed += part.toString('utf8');
    };
    this.child.stdout?.on('data', add);
    this.child.stderr?.on('data', add);
    this.ended = new Promise((resolve) => this.child.on('close', resolve));
  }

  get output(): string {
    return this.printed;
  }

  /** Resolves with the match when the output holds the pattern; rejects when the process ends first. */
  prints(pattern: RegExp): Promise<RegExpMatchArray> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = this.printed.match(pattern);
        if (found !== null) resolve(found);
        return found !== null;
      };
      if (look()) return;
      this.child.stdout?.on('data', look);
      void this.ended.then((code) => {
        if (!look()) reject(new Error(`ended with ${code} before ${pattern}:\n${this.printed}`));
      });
    });
  }

  /** Ends the process by a signal and waits for it. */
  stop(signal: NodeJS.Signals): Promise<number | null> {
    this.child.kill(signal);
    return this.ended;
  }
}

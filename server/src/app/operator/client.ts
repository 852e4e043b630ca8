/** Carries a command out where the installation is: in the running server, or here. */
import { loadSettings } from '../../platform/config.ts';
import { type InstalledName, runInstalled } from '../commands/installed.ts';
import { openInstallation } from '../installation.ts';
import { findOperatorAccess, type OperatorAccess } from './operator-file.ts';

interface Reply {
  readonly exitCode: number;
  readonly lines: readonly string[];
}

/** Asks the running server; undefined when none answers with this key. */
async function ask(
  { url, key }: OperatorAccess,
  command: InstalledName,
  args: readonly string[],
): Promise<Reply | undefined> {
  let response: Response;
  try {
    response = await fetch(`${url}/operator/commands`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ command, args }),
    });
  } catch (error) {
    // Nobody listens: the file was left behind by a server that is gone.
    if ((error as { cause?: { code?: string } }).cause?.code === 'ECONNREFUSED') return undefined;
    throw error;
  }
  if (response.status === 401 || response.status === 404) return undefined;
  if (response.status === 200) return (await response.json()) as Reply;
  throw new Error(`the server answered ${response.status}: ${await response.text()}`);
}

/**
 * Runs the command in the server that holds this installation when there is one, else opens the
 * installation here. Returns the exit code; lines go to standard output.
 */
export async function runCommand(name: InstalledName, args: readonly string[]): Promise<number> {
  const settings = loadSettings(process.env);
  const access = findOperatorAccess(settings.dataDir);
  const reply = access === undefined ? undefined : await ask(access, name, args);
  if (reply !== undefined) {
    for (const line of reply.lines) console.log(line);
    return reply.exitCode;
  }
  const installation = await openInstallation(settings, { worker: false });
  try {
    return await runInstalled(name, installation, args, (line) => console.log(line));
  } finally {
    await installation.close();
  }
}

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FigureFile } from './figures.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

/**
 * Measures again: the command of each file, one after the other in a shell at the root of the
 * clone, which writes its file anew. Gives the names whose command failed; the others are measured
 * all the same.
 */
export function measureAgain(
  files: readonly Pick<FigureFile, 'name' | 'command'>[],
  say: (line: string) => void,
): string[] {
  return files.flatMap(({ name, command }) => {
    say(`${name}: ${command}`);
    const { status } = spawnSync(command, { shell: true, cwd: ROOT, stdio: 'inherit' });
    return status === 0 ? [] : [name];
  });
}

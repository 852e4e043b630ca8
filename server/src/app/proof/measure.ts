import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type FigureFile, FIGURES_FOLDER } from './figures.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

/**
 * Measures again: the command of each file, one after the other in a shell at the root of the
 * clone, which writes its file in `folder` anew. Gives the names that were not measured, because
 * the command failed or, as a suite without its server, wrote nothing; the others are all the same.
 */
export function measureAgain(
  files: readonly Pick<FigureFile, 'name' | 'command'>[],
  say: (line: string) => void,
  folder: URL = FIGURES_FOLDER,
): string[] {
  const writtenAt = (name: string) =>
    statSync(new URL(`${name}.json`, folder), { throwIfNoEntry: false })?.mtimeMs;
  return files.flatMap(({ name, command }) => {
    say(`${name}: ${command}`);
    const before = writtenAt(name);
    const { status } = spawnSync(command, { shell: true, cwd: ROOT, stdio: 'inherit' });
    return status === 0 && writtenAt(name) !== before ? [] : [name];
  });
}

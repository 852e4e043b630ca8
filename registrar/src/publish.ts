import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file that is to appear in a folder. */
export interface OutFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Makes the files appear one after another, each whole: written aside, then renamed. */
export function publishFiles(folder: string, files: readonly OutFile[]): void {
  mkdirSync(folder, { recursive: true });
  for (const { name, bytes } of files) {
    const temporary = join(folder, `.${name}.part`);
    writeFileSync(temporary, bytes);
    renameSync(temporary, join(folder, name));
  }
}

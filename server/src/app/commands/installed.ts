/** The commands that work inside an open installation, by name. */
import { AppError } from '@cairn/kernel';
import { describeError } from '../describe-error.ts';
import type { Installation } from '../installation.ts';
import { CommandRefused, type InstalledCommand, type Print } from './command.ts';
import { checkInstalled } from './check-installed.ts';
import { dayInstalled } from './day-installed.ts';
import { dbInstalled } from './db-installed.ts';
import { demoInstalled } from './demo-installed.ts';
import { importInstalled } from './import-installed.ts';
import { rotateKeyInstalled } from './rotate-key-installed.ts';

const INSTALLED = {
  check: checkInstalled,
  day: dayInstalled,
  db: dbInstalled,
  demo: demoInstalled,
  import: importInstalled,
  'rotate-key': rotateKeyInstalled,
} as const satisfies Record<string, InstalledCommand>;

export type InstalledName = keyof typeof INSTALLED;
export const INSTALLED_NAMES = Object.keys(INSTALLED) as InstalledName[];

/** Runs one; what it refuses is printed in both languages and becomes its exit code. */
export async function runInstalled(
  name: InstalledName,
  installation: Installation,
  args: readonly string[],
  print: Print,
): Promise<number> {
  try {
    return await INSTALLED[name](installation, args, print);
  } catch (error) {
    if (error instanceof AppError) {
      print(describeError(error));
      return 1;
    }
    if (error instanceof CommandRefused) {
      print(error.message);
      return error.exitCode;
    }
    throw error;
  }
}

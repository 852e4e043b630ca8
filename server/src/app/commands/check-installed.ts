/** `cairn check` inside an installation: every invariant re-derived from facts. */
import { checksOf, formatCheck, formatChecksJson, runChecksOver } from '../checks.ts';
import { modulesOf } from '../modules.ts';
import { type InstalledCommand, parseArgs, usageError } from './command.ts';

export const CHECK_USAGE = 'check [--json]';

/** Prints each check with its result; exit code 1 when one does not hold. */
export const checkInstalled: InstalledCommand = async ({ settings, world }, args, print) => {
  const { words, flags } = parseArgs(args, { flags: ['json'] }, CHECK_USAGE);
  if (words.length > 0) throw usageError(CHECK_USAGE);
  const isJson = flags.has('json');
  const checks = checksOf(modulesOf(settings, world.exchange));
  const results = await runChecksOver(world.db, world, checks, (result) => {
    if (!isJson) print(formatCheck(result));
  });
  if (isJson) print(formatChecksJson(results));
  return results.every(({ violations }) => violations.length === 0) ? 0 : 1;
};

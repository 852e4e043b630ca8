/** The command line: `cairn <command>`. Each command is a file of its own in commands/. */
import { AppError, renderMessage } from '@cairn/kernel';
import { platformErrors } from '../platform/errors.ts';
import { loadErrorTables } from './error-tables.ts';

/** A command: takes its arguments, resolves with the exit code. */
export interface Command {
  readonly usage: string;
  readonly help: string;
  readonly helpZh: string;
  run(args: readonly string[]): Promise<number>;
}

const COMMANDS: Readonly<Record<string, () => Promise<{ command: Command }>>> = {
  serve: () => import('./commands/serve.ts'),
  day: () => import('./commands/day.ts'),
  demo: () => import('./commands/demo.ts'),
  import: () => import('./commands/import.ts'),
  check: () => import('./commands/check.ts'),
  ofd: () => import('./commands/ofd.ts'),
  'real-day': () => import('./commands/real-day.ts'),
};

async function printHelp(): Promise<number> {
  console.log('cairn <command>   聚石\n');
  for (const load of Object.values(COMMANDS)) {
    const { command } = await load();
    console.log(`  cairn ${command.usage}\n      ${command.help}\n      ${command.helpZh}`);
  }
  return 0;
}

/** An expected failure in both languages, without a stack. */
async function describe(error: AppError): Promise<string> {
  const sources = [{ errors: platformErrors }, ...loadErrorTables()];
  for (const { errors } of sources) {
    const row = (errors as Record<string, readonly [number, string, string, boolean]>)[error.code];
    if (row === undefined) continue;
    const [, en, zh] = row;
    return `${error.code}: ${renderMessage(en, error.details)}\n${renderMessage(zh, error.details)}`;
  }
  return `${error.code} ${JSON.stringify(error.details)}`;
}

async function main(argv: readonly string[]): Promise<number> {
  const [name, ...args] = argv;
  if (name === undefined || name === 'help' || name === '--help') return printHelp();
  const load = COMMANDS[name];
  if (load === undefined) {
    console.error(`cairn: no command '${name}'; 'cairn help' lists them / 没有此命令`);
    return 2;
  }
  const { command } = await load();
  return command.run(args);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof AppError) console.error(await describe(error));
  else
    console.error(error instanceof Error && error.name === 'SettingsError' ? error.message : error);
  process.exitCode = 1;
}

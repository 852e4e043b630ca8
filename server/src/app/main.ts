/** The command line: `cairn <command>`. Each command is a file of its own in commands/. */
import { AppError } from '@cairn/kernel';
import { type Command, CommandRefused } from './commands/command.ts';
import { SettingsError } from '../platform/config.ts';
import { describeError } from './describe-error.ts';

export type { Command } from './commands/command.ts';

const COMMANDS: Readonly<Record<string, () => Promise<{ command: Command }>>> = {
  serve: () => import('./commands/serve.ts'),
  day: () => import('./commands/day.ts'),
  demo: () => import('./commands/demo.ts'),
  import: () => import('./commands/import.ts'),
  check: () => import('./commands/check.ts'),
  db: () => import('./commands/db.ts'),
  'rotate-key': () => import('./commands/rotate-key.ts'),
  ofd: () => import('./commands/ofd.ts'),
  totp: () => import('./commands/totp.ts'),
  'real-day': () => import('./commands/real-day.ts'),
  simulate: () => import('./commands/simulate.ts'),
};

async function printHelp(): Promise<number> {
  console.log('cairn <command>   聚石\n');
  for (const load of Object.values(COMMANDS)) {
    const { command } = await load();
    console.log(`  cairn ${command.usage}\n      ${command.help}\n      ${command.helpZh}`);
  }
  return 0;
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
  if (error instanceof AppError) console.error(describeError(error));
  else if (error instanceof CommandRefused || error instanceof SettingsError) {
    console.error(error.message);
  } else console.error(error);
  process.exitCode = error instanceof CommandRefused ? error.exitCode : 1;
}

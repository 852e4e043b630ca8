/** What commands of the command line have in common. */
import type { Installation } from '../installation.ts';

/** A command: takes its arguments, resolves with the exit code. */
export interface Command {
  readonly usage: string;
  readonly help: string;
  readonly helpZh: string;
  run(args: readonly string[]): Promise<number>;
}

/** Where a command writes a line. */
export type Print = (line: string) => void;

/** A command that works inside an open installation, wherever that is. */
export type InstalledCommand = (
  installation: Installation,
  args: readonly string[],
  print: Print,
) => Promise<number>;

/** Something that was asked for in a way that cannot be done; shown in both languages. */
export class CommandRefused extends Error {
  readonly exitCode: number;

  constructor(english: string, chinese: string, exitCode = 1) {
    super(`${english}\n${chinese}`);
    this.name = 'CommandRefused';
    this.exitCode = exitCode;
  }
}

/** A misuse of a command, with how it is used; exit code 2. */
export function usageError(usage: string): CommandRefused {
  return new CommandRefused(`Usage: cairn ${usage}`, `用法：cairn ${usage}`, 2);
}

/** What stands after the words of a command: positional words and options of known names. */
export interface ParsedArgs {
  readonly words: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly values: Readonly<Record<string, string | undefined>>;
}

/** Reads arguments; an unknown option, a missing value or a repetition is a misuse. */
export function parseArgs(
  args: readonly string[],
  known: { readonly flags?: readonly string[]; readonly values?: readonly string[] },
  usage: string,
): ParsedArgs {
  const words: string[] = [];
  const flags = new Set<string>();
  const values: Record<string, string> = {};
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? '';
    if (!word.startsWith('--')) {
      words.push(word);
      continue;
    }
    const name = word.slice(2);
    if (known.flags?.includes(name) === true && !flags.has(name)) flags.add(name);
    else if (known.values?.includes(name) === true && values[name] === undefined) {
      const value = args[++i];
      if (value === undefined) throw usageError(usage);
      values[name] = value;
    } else throw usageError(usage);
  }
  return { words, flags, values };
}

/**
 * Figures that a command measured, kept as files: one per subject in docs/operations/figures, from
 * which `npm run proof` writes docs/operations/proof.md. The newest run replaces the one before it.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { systemClock } from '../../platform/clock.ts';

/** One measured figure, in both languages. */
export interface Figure {
  readonly zh: string;
  readonly en: string;
  readonly value: number | string;
  /** Such as 's', 'ms', 'MB', '1/s'; empty for a count. */
  readonly unit: string;
}

/** What one run of one command measured. */
export interface FigureFile {
  /** The subject in kebab-case, which is also the file's name: 'failover'. */
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  /** The day of the run, YYYY-MM-DD in UTC. */
  readonly date: string;
  /** The commit that ran; with ' + changes' when files of the clone differed from it. */
  readonly commit: string;
  /** What to type to see it again. */
  readonly command: string;
  /** Processor, cores, memory, Node; and the database where there is one. */
  readonly machine: string;
  readonly figures: readonly Figure[];
}

export const FIGURES_FOLDER = new URL('../../../../docs/operations/figures/', import.meta.url);

/** The output of git about this clone, or undefined where there is none. */
function git(...args: string[]): string | undefined {
  try {
    const out = execFileSync('git', args, {
      cwd: import.meta.dirname,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return out.toString().trim();
  } catch {
    return undefined;
  }
}

/** The commit of this clone, and whether its files differ from it. */
function commitOfRun(): string {
  const commit = git('rev-parse', '--short=12', 'HEAD');
  if (commit === undefined) return 'unknown';
  // The figures themselves and the page of them are what a run changes.
  const changed = git('status', '--porcelain', '--', ':/', ':!/docs/operations');
  return changed === '' ? commit : `${commit} + changes`;
}

function machineOfRun(database: string | undefined): string {
  const model = cpus()[0]?.model.trim() || process.arch;
  const memory = `${Math.round(totalmem() / 1_073_741_824)} GB`;
  const parts = [`${availableParallelism()} × ${model}`, memory, `Node ${process.version}`];
  return [...parts, ...(database === undefined ? [] : [database])].join(', ');
}

/**
 * Keeps what a run measured as docs/operations/figures/NAME.json. Call it only when the caller was
 * asked to (`--figures`, or CAIRN_FIGURES=1 for tests), never on every run.
 */
export function writeFigures(
  run: Pick<FigureFile, 'name' | 'zh' | 'en' | 'command' | 'figures'> & { database?: string },
): void {
  const { database, name, zh, en, command, figures } = run;
  const file: FigureFile = {
    name,
    zh,
    en,
    date: systemClock.now().slice(0, 10),
    commit: commitOfRun(),
    command,
    machine: machineOfRun(database),
    figures,
  };
  mkdirSync(FIGURES_FOLDER, { recursive: true });
  writeFileSync(new URL(`${name}.json`, FIGURES_FOLDER), `${JSON.stringify(file, null, 2)}\n`);
}

/** Every file of figures, in the order of their names. */
export function readFigures(): FigureFile[] {
  return readdirSync(FIGURES_FOLDER)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => JSON.parse(readFileSync(new URL(name, FIGURES_FOLDER), 'utf8')) as FigureFile);
}

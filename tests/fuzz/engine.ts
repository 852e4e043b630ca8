/**
 * The fuzzer: mutants of good inputs, guided by coverage. What gives a new kind of refusal becomes an
 * input to start from. A batch of mutants runs between two looks at the counters; where it reached
 * blocks that no new refusal explains, halves of it run again until it is known who reached them.
 */
import { seededRandom } from '@cairn/kernel';
import { Coverage } from './coverage.ts';
import { mutantOf } from './mutate.ts';
import type { Subject, Target, Verdict } from './target.ts';

/** A fault that a mutant showed, with what shows it again. */
export interface Finding {
  readonly target: string;
  readonly kind: 'crash' | 'hang' | 'silent acceptance';
  readonly message: string;
  /** The input in base64. */
  readonly input: string;
}

/** What one target showed. */
export interface Tally {
  readonly target: string;
  readonly mutants: number;
  readonly accepted: number;
  /** Refusals by their code. */
  readonly refusals: Readonly<Record<string, number>>;
  readonly blocks: number;
  readonly corpus: number;
  readonly slowestMs: number;
  readonly findings: readonly Finding[];
}

const HANG_MS = 1_000;
const BATCH = 64;
const FINDINGS_MAX = 10;
const CORPUS_MAX = 2_000;

/** Told before each run, so that a thread beside this one sees where it hangs. */
export type Watch = (input: Buffer) => void;

class Run {
  readonly target: Target;
  readonly subject: Subject;
  readonly watch: Watch;
  readonly refusals = new Map<string, number>();
  readonly findings: Finding[] = [];
  accepted = 0;
  slowestMs = 0;

  constructor(target: Target, subject: Subject, watch: Watch) {
    this.target = target;
    this.subject = subject;
    this.watch = watch;
  }

  /** Runs one input; answers whether its verdict is of a kind not seen before. */
  async one(input: Buffer, isCounted: boolean): Promise<boolean> {
    this.watch(input);
    const start = performance.now();
    let verdict: Verdict;
    try {
      const given = this.subject.run(input);
      verdict = given instanceof Promise ? await given : given;
    } catch (error) {
      this.find(error, input);
      return false;
    }
    if (!isCounted) return false;
    const took = performance.now() - start;
    this.slowestMs = Math.max(this.slowestMs, took);
    if (took > HANG_MS) await this.confirmHang(input);
    if (verdict.isAccepted) this.accepted += 1;
    const known = this.refusals.get(verdict.code) ?? 0;
    if (!verdict.isAccepted) this.refusals.set(verdict.code, known + 1);
    return !verdict.isAccepted && known === 0;
  }

  /** Slow by itself, not because the machine was busy: slow three times more. */
  private async confirmHang(input: Buffer): Promise<void> {
    for (let i = 0; i < 3; i += 1) {
      const start = performance.now();
      await this.subject.run(input);
      if (performance.now() - start <= HANG_MS) return;
    }
    this.add('hang', `took more than ${HANG_MS} ms four times`, input);
  }

  find(error: unknown, input: Buffer): void {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    const kind = name === 'SilentAcceptance' ? 'silent acceptance' : 'crash';
    const place = kind === 'crash' ? ` ${stack?.split('\n')[1]?.trim() ?? ''}` : '';
    this.add(kind, `${name}: ${message}${place}`, input);
  }

  private add(kind: Finding['kind'], message: string, input: Buffer): void {
    if (this.findings.some((one) => one.message === message)) return;
    this.findings.push({
      target: this.target.name,
      kind,
      message,
      input: input.toString('base64'),
    });
  }
}

/** The inputs that reach blocks, by running halves of a batch again. */
async function whoReached(
  run: Run,
  coverage: Coverage,
  of: { inputs: readonly Buffer[]; names: ReadonlySet<string> },
): Promise<Buffer[]> {
  const { inputs, names } = of;
  if (inputs.length <= 1) return [...inputs];
  const middle = inputs.length >> 1;
  const found: Buffer[] = [];
  for (const half of [inputs.slice(0, middle), inputs.slice(middle)]) {
    coverage.takeOf(names);
    for (const input of half) await run.one(input, false);
    const reached = coverage.takeOf(names);
    if (reached.size > 0) {
      found.push(...(await whoReached(run, coverage, { inputs: half, names: reached })));
    }
  }
  return found;
}

/** Fuzzes one target with so many mutants from a seed; ends early after ten
 * different findings, or after the first when a bug is planted. */
export async function fuzz(
  target: Target,
  options: {
    readonly mutants: number;
    readonly seed: string;
    readonly isPlanted?: boolean;
    readonly watch?: Watch;
    readonly onProgress?: (done: number) => void;
  },
): Promise<Tally> {
  const { mutants, watch = () => undefined, onProgress } = options;
  const subject = await target.open(options.isPlanted === true);
  const random = seededRandom(`${options.seed} ${target.name}`);
  const corpus = [...subject.seeds];
  const run = new Run(target, subject, watch);
  const coverage = new Coverage(target.covers);
  try {
    for (const seed of subject.seeds) await run.one(seed, false);
    coverage.takeNew();
    let done = 0;
    // Batches grow while they show nothing new: a look costs more than many mutants.
    let size = BATCH;
    const findingsMax = options.isPlanted === true ? 1 : FINDINGS_MAX;
    while (done < mutants && run.findings.length < findingsMax) {
      const batch = Array.from({ length: Math.min(size, mutants - done) }, () =>
        mutantOf(random, subject, random.pick(corpus), random.pick(corpus)),
      );
      const fresh: Buffer[] = [];
      for (const input of batch) if (await run.one(input, true)) fresh.push(input);
      done += batch.length;
      const reached = coverage.takeNew();
      size = reached.size > 0 ? BATCH : Math.min(size * 2, BATCH * 16);
      if (reached.size > 0 && fresh.length === 0) {
        fresh.push(...(await whoReached(run, coverage, { inputs: batch, names: reached })));
      }
      if (corpus.length < CORPUS_MAX) corpus.push(...new Set(fresh));
      await subject
        .settle?.()
        .catch((error: unknown) => run.find(error, batch.at(-1) ?? Buffer.of()));
      onProgress?.(done);
    }
    return {
      target: target.name,
      mutants: done,
      accepted: run.accepted,
      refusals: Object.fromEntries([...run.refusals].toSorted(([a], [b]) => (a < b ? -1 : 1))),
      blocks: coverage.size,
      corpus: corpus.length,
      slowestMs: run.slowestMs,
      findings: run.findings,
    };
  } finally {
    coverage.close();
    await subject.close?.();
  }
}

/** Which blocks of which sources ran, from the counters of the engine itself. */
import { type Profiler, Session } from 'node:inspector';

/** Counts blocks since the last look; for the thread that opens it. */
export class Coverage {
  private readonly session = new Session();
  private readonly seen = new Set<string>();
  private readonly covers: RegExp;

  constructor(covers: RegExp) {
    this.covers = covers;
    this.session.connect();
    this.session.post('Profiler.enable');
    this.session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    this.takeNew();
  }

  /** How many blocks were reached so far. */
  get size(): number {
    return this.seen.size;
  }

  /** The blocks that ran since the last look and had never run before; they count as seen now. */
  takeNew(): ReadonlySet<string> {
    const fresh = new Set<string>();
    for (const name of this.take()) if (!this.seen.has(name)) fresh.add(name);
    for (const name of fresh) this.seen.add(name);
    return fresh;
  }

  /** Which of these blocks ran since the last look. */
  takeOf(names: ReadonlySet<string>): ReadonlySet<string> {
    return new Set([...this.take()].filter((name) => names.has(name)));
  }

  close(): void {
    this.session.disconnect();
  }

  private *take(): Generator<string> {
    let scripts: readonly Profiler.ScriptCoverage[] = [];
    // The answer comes before `post` returns: session and engine share the thread.
    this.session.post('Profiler.takePreciseCoverage', (error, taken) => {
      if (error !== null) throw error;
      scripts = taken.result;
    });
    for (const { url, functions } of scripts) {
      if (!this.covers.test(url)) continue;
      for (const { ranges } of functions) {
        for (const { count, startOffset, endOffset } of ranges) {
          if (count > 0) yield `${url}:${startOffset}:${endOffset}`;
        }
      }
    }
  }
}

import { fsyncSync } from 'node:fs';
import { NodeFS } from '@electric-sql/pglite/nodefs';

interface Stream {
  nfd?: number;
}
interface Module {
  NODEFS: { stream_ops: { fsync?: (stream: Stream) => number } };
}
type Init = NodeFS['init'];

/** How many files were really flushed since the process started; a test watches it. */
export const flushes = { count: 0 };

/**
 * PGlite's file system with the fsync that its build leaves out.
 *
 * Without it the operating system is never asked to write through, so a power cut may lose
 * commits. File contents are flushed here; directory entries still are not, so the embedded
 * database keeps promising nothing on power loss.
 */
export class DurableNodeFs extends NodeFS {
  override async init(...[pg, options]: Parameters<Init>): ReturnType<Init> {
    const result = await super.init(pg, options);
    const emscripten = result.emscriptenOpts as { preRun?: ((module: Module) => void)[] };
    const before = emscripten.preRun ?? [];
    emscripten.preRun = [
      (module) => {
        module.NODEFS.stream_ops.fsync = (stream) => {
          if (stream.nfd !== undefined) {
            fsyncSync(stream.nfd);
            flushes.count++;
          }
          return 0;
        };
      },
      ...before,
    ];
    return result;
  }
}

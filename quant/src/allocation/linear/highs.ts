/**
 * HiGHS (MIT, WebAssembly), the solver of linear and mixed-integer programs. It is loaded once,
 * when first asked for; loading takes about 80 ms and solving blocks the thread.
 */
import highsLoader, { type Highs } from 'highs';

let loaded: Promise<Highs> | undefined;

/** The one instance of this thread. */
export function loadHighs(): Promise<Highs> {
  // The package's types describe its CommonJS file; an import gets the other one, whose default
  // export is the loader itself.
  const load = highsLoader as unknown as typeof highsLoader.default;
  loaded ??= load();
  return loaded;
}
